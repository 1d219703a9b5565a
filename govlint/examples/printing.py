"""A report tree → text in one of the layouts, and the slice of every named part."""

from __future__ import annotations

from html import escape

from govlint.examples.clean import Part
from govlint.model.source import Span

SUFFIXES = {"tabs": ".txt", "cells": ".txt", "pipes": ".txt", "html": ".html"}


class Printer:
    """Prints a tree; ``places`` are the spans of its named parts in ``text``."""

    def __init__(self, layout: str) -> None:
        self.layout = layout
        self.pieces: list[str] = []
        self.length = 0
        self.places: dict[str, Span] = {}

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    def write(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)

    def print(self, part: Part) -> None:
        """Print a part and all below it."""
        start = self.length
        if part.kind in ("paragraph", "heading"):
            tag = "h2" if part.kind == "heading" else "p"
            self._words(part, f"<{tag}>", f"</{tag}>\n", "\n")
        elif part.kind == "table":
            self._table(part)
        elif part.kind == "line":
            self._line(part)
        else:
            for inner in part.parts:
                self.print(inner)
        if part.name:
            self.places.setdefault(part.name, Span(start, max(start, self.length)))

    def _words(self, part: Part, before: str, after: str, end: str) -> None:
        self.write(before if self.layout == "html" else "")
        start = self.length
        self.write(escape(part.text, quote=False) if self.layout == "html" else part.text)
        if part.name:
            self.places.setdefault(part.name, Span(start, self.length))
        self.write(after if self.layout == "html" else end)

    def _table(self, table: Part) -> None:
        if table.style == "join":
            self.write("<p>" if self.layout == "html" else "")
            for part in table.walk():
                self.write(part.text)
            self.write("</p>\n" if self.layout == "html" else "\n")
            return
        self.write("<table>\n" if self.layout == "html" else "")
        if table.style == "apart":
            self._apart(table)
        else:
            for part in table.parts:
                self.print(part)
        self.write("</table>\n" if self.layout == "html" else "")

    def _apart(self, table: Part) -> None:
        lines = [part for part in table.walk() if part.kind == "line"]
        for kinds in (("label",), ("cell",)):
            for line in lines:
                parts = [part for part in line.parts if part.kind in kinds]
                if parts:
                    self._line(Part(line.name, "line", parts=parts))

    def _line(self, line: Part) -> None:
        if self.layout == "html":
            self.write("<tr>")
        for number, part in enumerate(line.parts):
            if self.layout == "html":
                self._words(part, "<td>", "</td>", "")
                continue
            if number:
                self.write({"tabs": "\t", "pipes": " | ", "cells": "\n"}[self.layout])
            self._words(part, "", "", "")
        self.write("</tr>\n" if self.layout == "html" else " |\n" if self.layout == "pipes" else "\n")

"""Markdown: plain text whose headings, emphasis, escapes, links and HTML tables are read as what they show."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from govlint.chinese import strip_slice
from govlint.model.document import Cell, Fixed, Line, Piece, Pieces, Role, Verbatim
from govlint.readers.comments import HIDDEN, between_words, hide_comments, is_comment
from govlint.readers.html import read_html
from govlint.readers.layout import MakeCell, lay_out, verbatim_cell
from govlint.readers.limits import check_lines

_TABLE_TAG = re.compile(r"<(/?)table\b[^>]*>?", re.I)
_EMPHASIS = re.compile(r"(?<![\\*_])(\*{1,3}|__)(?=[^\s*_])(?:(?!\n).)*?(?<=[^\s*_\\])\1(?![*_])")
_RULE = re.compile(r"[\s|:]*-[\s|:-]*")
"""The second row of a table, which draws the line under its header; elsewhere dashes are cells."""
_PREFIX = re.compile(r"\s{0,3}(?:(#{1,6})(?:\s+|(?=[^\s#]))|(?:>\s?)+|[-*+]\s+(?=[^\s\d-]))")
_WHOLE = re.compile(r"(\*{1,3}|__)(?=.*[^\s*_])(?:(?!\1).)+\1")
"""A line that is emphasised as a whole, also with blanks inside the marks, which is no emphasis to the letter."""
_INLINE = re.compile(
    rf"(?P<drop>`|{HIDDEN}+|(?<=\S)\s+#+\s*$|</?(?:b|i|u|strong|em|span|font|sup|sub|p|div|center)\b[^>]*>)"
    r"|\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<break><br\s*/?>)"
    r"|(?P<entity>&(?:[a-zA-Z]{2,8}|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});)"
    r"|!\[[^\]]*\]\([^)\s]*\)"
    r"|\[(?P<link>[^\]]*)\]\([^)\s]*\)"
)


def read_markdown(text: str) -> list[Line]:
    """The lines of a Markdown text, positions as in ``text``; embedded HTML tables by the HTML reader.

    Raises ReadError (``too_many_lines``, or what the HTML reader raises).
    """
    check_lines(text)
    lines: list[Line] = []
    at = 0
    shown = hide_comments(text)
    if "<table" in shown or "<TABLE" in shown:
        for start, end in _tables(shown):
            lines += _read_rows(shown, at, start)
            lines += read_html(text[start:end], start)
            at = end
    return lines + _read_rows(shown, at, len(text))


def _tables(text: str) -> Iterator[tuple[int, int]]:
    """The outermost HTML tables of a text; one that is not closed reaches to the end."""
    depth = start = 0
    for tag in _TABLE_TAG.finditer(text):
        if not tag[1]:
            start = tag.start() if depth == 0 else start
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                yield start, tag.end()
    if depth:
        yield start, len(text)


def _read_rows(text: str, at: int, end: int) -> list[Line]:
    lines = []
    table_row = 0
    for row in text[at:end].split("\n"):
        body = between_words(row.removesuffix("\r"))
        if is_comment(row):
            at += len(row) + 1
            continue
        table_row = table_row + 1 if "|" in body else 0
        if table_row == 2 and _RULE.fullmatch(body):
            at += len(row) + 1
            continue
        prefix = _PREFIX.match(body)
        role: Role = "heading" if prefix and prefix[1] else "body"
        start = prefix.end() if prefix else 0
        line = lay_out(body[start:], _inline_cell(body[start:], at + start), role)
        if line is not None:
            lines.append(line)
        at += len(row) + 1
    return lines


def _inline_cell(text: str, at: int) -> MakeCell:
    plain = verbatim_cell(text, at)
    if not any(pattern.search(text) for pattern in (_INLINE, _EMPHASIS, _WHOLE)):
        return plain

    def make(start: int, end: int) -> Cell:
        first, last = strip_slice(text, start, end)
        shown, parts = _render(text, first, last, at)
        if not shown.strip():
            return Cell("", Fixed(at + first, at + last) if shown else Fixed(at + start, at + start))
        lead, stop = strip_slice(shown, 0, len(shown))
        if not parts or (len(parts) == 1 and parts[0].length == parts[0].stop - parts[0].start):
            return Cell(shown[lead:stop], Verbatim(parts[0].start + lead))
        return Cell(shown[lead:stop], Pieces(tuple(part._replace(at=part.at - lead) for part in parts)))

    return make


def _render(text: str, start: int, end: int, at: int) -> tuple[str, list[Piece]]:
    """What ``text[start:end]`` shows, and the pieces that lead back."""
    shown: list[str] = []
    parts: list[Piece] = []
    length = 0

    def add(words: str, first: int, last: int) -> None:
        nonlocal length
        if words:
            shown.append(words)
            parts.append(Piece(length, len(words), at + first, at + last))
            length += len(words)

    position = start
    for first, last, words, place in _special(text, start, end):
        if first < position:
            continue
        add(text[position:first], position, first)
        add(words, *place)
        position = last
    add(text[position:end], position, end)
    return "".join(shown), parts


def _special(text: str, start: int, end: int) -> list[tuple[int, int, str, tuple[int, int]]]:
    """What is not shown as it stands, in order: its slice, what it shows instead, and the slice that shows it."""
    found: list[tuple[int, int, str, tuple[int, int]]] = []
    whole = _WHOLE.fullmatch(text, start, end)
    for match in [whole] if whole else _EMPHASIS.finditer(text, start, end):
        size = len(match[1])
        found.append((match.start(), match.start() + size, "", (0, 0)))
        found.append((match.end() - size, match.end(), "", (0, 0)))
    for match in _INLINE.finditer(text, start, end):
        place = match.span("link") if match["link"] else match.span()
        words = match["link"] or ""
        if match["escaped"]:
            words, place = match["escaped"], (match.end() - 1, match.end())
        elif match["break"]:
            words = "\n"
        elif match["entity"]:
            words = html.unescape(match["entity"])
        found.append((*match.span(), words, place))
    return sorted(found)

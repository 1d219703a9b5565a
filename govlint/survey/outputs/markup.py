"""Pieces of HTML that pages of figures are made of: tables, parts, counts and shares."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from govlint.writers.markup import Content, Html, esc


class Head(NamedTuple):
    """The header of a column: ``kind`` is its CSS class, ``n`` for numbers; ``sorted`` is its ``aria-sort``."""

    label: str
    kind: str = ""
    sorted: str = ""


def table(name: str, heads: Sequence[Head], rows: Iterable[Sequence[Content]], *, marks: str) -> Html:
    """A table; ``marks`` are further attributes. The first cell of each row is its header."""
    top = "".join(f'<th scope="col"{_class(head.kind)}{_sorted(head)}>{esc(head.label)}</th>' for head in heads)
    body = "\n".join(_row(heads, row) for row in rows)
    inside = f"<thead><tr>{top}</tr></thead><tbody>\n{body}\n</tbody>"
    return Html(f'<div class="scroll"><table id="{name}"{marks}>{inside}</table></div>')


def section(name: str, title: str, content: Html, count: int | None = None, note: str = "") -> Html:
    """A part of the page under a heading, with how many things it holds."""
    counted = "" if count is None else f'<span class="count">{count}</span>'
    said = f'<p class="note">{esc(note)}</p>' if note else ""
    return Html(f'<section id="part-{name}"><h2>{esc(title)}{counted}</h2>\n{said}{content}\n</section>')


def severity_count(number: int, severity: str) -> Html:
    """A number in the colour of a severity; zero is quiet."""
    return Html(f'<span class="{severity if number else "zero"}">{number}</span>')


def percent(part: int, whole: int) -> str:
    """A share with one decimal; nothing of nothing."""
    return f"{100 * part / whole:.1f}%" if whole else ""


def bar(share: float) -> Html:
    """A bar that shows a share from 0 to 1; drawn, since the page allows no styles of elements."""
    return Html(
        '<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect width="{100 * share:.1f}" height="10"/></svg>'
    )


def _row(heads: Sequence[Head], row: Sequence[Content]) -> str:
    cells = []
    for at, (head, value) in enumerate(zip(heads, row, strict=True)):
        tag, scope = ("th", ' scope="row"') if at == 0 else ("td", "")
        cells.append(f"<{tag}{scope}{_class(head.kind)}>{esc(value)}</{tag}>")
    return f"<tr>{''.join(cells)}</tr>"


def _class(kind: str) -> str:
    return f' class="{kind}"' if kind else ""


def _sorted(head: Head) -> str:
    return f' aria-sort="{head.sorted}"' if head.sorted else ""

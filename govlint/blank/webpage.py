"""A blank report as one web page: no script, nothing from elsewhere, printed on A4 as offices typeset."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govlint.blank.draft import Draft, FormTable, Paragraph, Words
from govlint.blank.grids import GridCell, lay_out
from govlint.blank.typesetting import Font, Layout, Typesetting
from govlint.writers.markup import Html, element, esc, joined

_TAGS = {"title": "h1", "heading": "h2", "subheading": "h3", "text": "p", "signature": "p"}
_SCOPES = {"head": "col", "caption": "colgroup", "group": "rowgroup", "label": "row"}
_STYLE = """\
@page {{ size: A4; margin: {top}mm {right}mm {bottom}mm {left}mm; }}
body {{ max-width: {width}mm; margin: 2em auto; padding: 0 1em; font: {text}pt/{line}pt {body}; }}
h1 {{ font: {title_size}pt/{title_line}pt {title}; text-align: center; margin: 1em 0 1.5em; }}
h2, h3 {{ font-size: inherit; font-weight: normal; margin: 0; text-indent: 2em; break-after: avoid; }}
h2 {{ font-family: {heading}; }}
h3 {{ font-family: {subheading}; }}
p {{ margin: 0; text-indent: 2em; text-align: justify; }}
p.signature {{ text-align: right; padding-right: 2em; }}
h3 + p.signature, p:not(.signature) + p.signature {{ margin-top: 2em; }}
table {{ width: 100%; border-collapse: collapse; table-layout: fixed; margin: .5em 0 1em; line-height: 1.3; }}
table, tr {{ break-inside: avoid; }}
th, td {{ border: .5pt solid #000; padding: .1em .2em; font-weight: normal; text-align: center; }}
th, td {{ overflow-wrap: anywhere; }}
td {{ height: 1.7em; }}
th[scope=row] {{ text-align: left; }}
mark {{ background: #{highlight}; color: inherit; }}
@media print {{ body {{ max-width: none; margin: 0; padding: 0; }} }}
"""


def write(draft: Draft, typesetting: Typesetting) -> bytes:
    """The page, in UTF-8."""
    head = (
        Html('<meta charset="utf-8">'),
        Html('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        element("title", draft.title),
        Html(f"<style>\n{_style(typesetting)}</style>"),
    )
    parts = [_part(part, typesetting) for part in draft.parts]
    page = (
        Html('<!DOCTYPE html>\n<html lang="zh-CN">'),
        _lines("head", head),
        _lines("body", parts),
        Html("</html>\n"),
    )
    return joined(page, _LINE).encode()


_LINE = "\n"


def _style(typesetting: Typesetting) -> str:
    page, sizes, lines = typesetting.page, typesetting.sizes, typesetting.lines
    return _STYLE.format(
        **{name: page[name] for name in ("top", "right", "bottom", "left")},
        **{use: _families(typesetting.fonts[use]) for use in ("title", "body", "heading", "subheading")},
        width=page["width"] - page["left"] - page["right"],
        text=sizes["text"],
        line=lines["text"],
        title_size=sizes["title"],
        title_line=lines["title"],
        highlight=typesetting.highlight,
    )


def _families(font: Font) -> str:
    return ", ".join([*(f'"{name}"' for name in (font.name, *font.instead)), font.generic])


def _part(part: Paragraph | FormTable, typesetting: Typesetting) -> Html:
    if isinstance(part, FormTable):
        return _table(part, typesetting.tables[part.form.id])
    return element(_TAGS[part.style], _words(part.words), class_=part.style if part.style == "signature" else None)


def _words(words: Iterable[Words]) -> Html:
    return joined(element("mark", each.text) if each.todo else _broken(each.text) for each in words)


def _broken(text: str) -> Html:
    return joined(map(esc, text.split("\n")), "<br>")


def _table(table: FormTable, layout: Layout) -> Html:
    grid = lay_out(table, layout)
    whole = sum(grid.widths)
    columns = joined(Html(f'<col style="width: {width / whole:.1%}">') for width in grid.widths)
    rows = [element("tr", joined(map(_cell, row))) for row in grid.rows]
    parts = [Html(f"<colgroup>{columns}</colgroup>")]
    if grid.heads:
        parts.append(_lines("thead", rows[: grid.heads]))
    parts.append(_lines("tbody", rows[grid.heads :]))
    return element("table", joined(["", *parts, ""], _LINE), style=f"font-size: {layout.size}pt")


def _lines(tag: str, rows: Iterable[Html]) -> Html:
    return element(tag, joined(_between(rows), _LINE))


def _between(rows: Iterable[Html]) -> Iterator[Html]:
    yield Html("")
    yield from rows
    yield Html("")


def _cell(cell: GridCell) -> Html:
    return element(
        "td" if cell.kind in ("value", "note") else "th",
        cell.text,
        scope=_SCOPES.get(cell.kind),
        rowspan=cell.rows if cell.rows > 1 else None,
        colspan=cell.columns if cell.columns > 1 else None,
    )

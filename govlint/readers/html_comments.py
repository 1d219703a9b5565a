"""The comments of a web page."""

from __future__ import annotations

import re

import turbohtml

from govlint.model.source import Span
from govlint.readers.html import one_line_end

_OPENS = "<!--"


def html_comments(markup: str) -> list[Span]:
    """The comments of a page as a browser knows them: none in scripts, styles, text areas and attributes."""
    markup = one_line_end(markup)
    starts = [0, *(match.end() for match in re.finditer("\n", markup))]
    found = []
    for token in turbohtml.tokenize(markup, capture_source=True, capture_attributes=False):
        source = token.source or ""
        if token.type is turbohtml.TokenType.COMMENT and source.startswith(_OPENS):
            start = starts[token.line - 1] + token.col
            found.append(Span(start, start + len(source)))
    return found

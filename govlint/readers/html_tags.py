"""Which elements of HTML begin a line of their own, and which are the cells of a table."""

from __future__ import annotations

BLOCK = frozenset(
    (
        "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset "
        "figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu "
        "nav ol option optgroup p pre section summary title textarea ul table thead tbody tfoot tr td th "
        "colgroup col br"
    ).split()
)
CELLS = frozenset(("td", "th", "caption"))

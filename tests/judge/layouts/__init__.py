"""The layouts real files come in, by name."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from ..plan import Plan
from ..words import Rendered
from . import (
    aligned,
    cell_per_line,
    markdown,
    minified,
    nested,
    pipes,
    portal,
    spaced,
    split,
    tabs,
    unclosed,
    word,
)

Layout = Callable[[Plan, Random], Rendered]

LAYOUTS: dict[str, Layout] = {
    "cell_per_line": cell_per_line.render,
    "tabs": tabs.render,
    "pipes": pipes.render,
    "aligned": aligned.render,
    "spaced": spaced.render,
    "markdown": markdown.render,
    "portal": portal.render,
    "word": word.render,
    "nested": nested.render,
    "unclosed": unclosed.render,
    "minified": minified.render,
    "split": split.render,
}

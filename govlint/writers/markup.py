"""Small pieces of HTML. Whatever is text goes through ``esc``; what is already HTML is an ``Html``."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from govlint.writers.places import escape_controls


class Html(str):
    """A string that is HTML and must not be escaped again."""

    __slots__ = ()


Content = str | int | None


def esc(value: Content) -> Html:
    """Any text as HTML, good in attributes too, its control characters visible; nothing for None."""
    if isinstance(value, Html):
        return value
    return Html("" if value is None else escape(escape_controls(str(value)), quote=True))


def esc_lines(text: str) -> Html:
    """Like ``esc`` for text whose line ends and tabs mean something; the style must keep them."""
    if text.isprintable():
        return Html(escape(text, quote=True))
    return Html("\n".join("\t".join(map(esc, line.split("\t"))) for line in text.split("\n")))


def joined(parts: Iterable[Content], between: str = "") -> Html:
    """The parts one after the other."""
    return Html(between.join(map(esc, parts)))


def element(tag: str, content: Content = "", **attributes: Content | bool) -> Html:
    """An element with its content.

    In names of attributes ``_`` stands for ``-``, and one at the end for nothing (``class_``). Those that are None or
    False are left out, those that are True have no value.
    """
    head = tag
    for name, value in attributes.items():
        if value is None or value is False:
            continue
        head += " " + name.rstrip("_").replace("_", "-")
        head += "" if value is True else f'="{esc(value)}"'
    return Html(f"<{head}>{esc(content)}</{tag}>")

"""Small pieces of WordprocessingML as text. Whatever is not an ``Xml`` is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PER_MILLIMETRE = 1440 / 25.4


class Xml(str):
    """A string that is XML and must not be escaped again."""

    __slots__ = ()


def w(tag: str, /, *content: str, **attributes: object) -> Xml:
    """An element of the main namespace with its content; attributes that are None are left out."""
    head = f"w:{tag}" + "".join(
        f' w:{key.rstrip("_")}="{escape(str(value))}"' for key, value in attributes.items() if value is not None
    )
    inner = joined(content)
    return Xml(f"<{head}>{inner}</w:{tag}>" if inner else f"<{head}/>")


def joined(parts: Iterable[str]) -> Xml:
    """The parts one after the other."""
    return Xml("".join(part if isinstance(part, Xml) else escape(part, quote=False) for part in parts))


def text_run(text: str, properties: Xml | None = None) -> Xml:
    """A run that shows a text, every blank and line end of it."""
    lines = (f'<w:t xml:space="preserve">{escape(line, quote=False)}</w:t>' for line in text.split("\n"))
    return w("r", properties or Xml(""), Xml("<w:br/>".join(lines)))


def part(root: str, /, *content: Xml, **namespaces: str) -> bytes:
    """A whole part: a root element of the main namespace; ``namespaces`` by prefix beside that."""
    names = {"w": NAMESPACE, **namespaces}
    declared = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in names.items())
    return f"{DECLARATION}<w:{root}{declared}>{joined(content)}</w:{root}>".encode()


def twips(millimetres: float) -> int:
    """Millimetres in the twentieths of a point that Word counts in."""
    return round(millimetres * _PER_MILLIMETRE)


def half_points(points: float) -> int:
    """Points in the halves that Word gives sizes of letters in."""
    return round(points * 2)


def line_twips(points: float) -> int:
    """Points in twentieths."""
    return round(points * 20)

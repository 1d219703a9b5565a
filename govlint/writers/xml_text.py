"""Text and trees as XML 1.0 that every parser takes, whatever stands in a report or a file name."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, indent, tostring

from govlint.writers.places import escape_controls

_ILLEGAL = re.compile("[\ufffe\uffff]")
"""What XML forbids beside control characters and surrogates."""


def legal(text: str) -> str:
    """One line of text; what XML forbids and what acts on a terminal is made visible: ``\\x1b``, ``\\ufffe``."""
    return _ILLEGAL.sub(lambda found: f"\\u{ord(found[0]):04x}", escape_controls(text))


def document(root: Element) -> str:
    """A tree as a document with its declaration, one element a line."""
    indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(root, encoding="unicode")}\n'

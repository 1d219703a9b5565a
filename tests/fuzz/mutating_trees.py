"""Mutations of XML that leave it well-formed: elements, attributes and texts change, the syntax does not."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from random import Random
from xml.etree import ElementTree as ET

SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "pkg": "http://schemas.microsoft.com/office/2006/xmlPackage",
    "ss": "urn:schemas-microsoft-com:office:spreadsheet",
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
}
"""Prefixes by which a kind of file is told."""
VALUES = (
    "", "0", "1", "-1", "2", "3", "9", "63", "64", "255", "32768", "2147483648", "99999999999999999999", "1e9",
    "NaN", "A1", "A1:C3", "C3:A1", "XFD1048576", "A1:XFD1048576", "true", "false", "none", "both", "restart",
    "continue", "rId1", "../x.xml", "String", "Number", "DateTime", "s", "str", "b", "e", "n",
    "chineseCounting", "%1、", "%9.", "\u4e00",
)  # fmt: skip
"""What an attribute or a text may be set to."""
_DEEPEST = 200
_MOST = 20_000
"""Elements of a tree that is still made larger."""


def tree_of(data: bytes, rng: Random, others: Sequence[bytes] = ()) -> bytes | None:
    """The XML with some elements lost, doubled, moved, nested or renamed, and values set; None for what is no XML."""
    try:
        root = ET.fromstring(data)
    except (ET.ParseError, ValueError, LookupError, RecursionError):
        return None
    for _ in range(rng.choice((1, 1, 2, 4, 12))):
        _change(root, rng)
    for prefix, space in SPACES.items():
        ET.register_namespace(prefix, space)
    try:
        return ET.tostring(root, encoding="utf-8", xml_declaration=True)
    except (RecursionError, ValueError):
        return None


def _change(root: ET.Element, rng: Random) -> None:
    parents = [element for element in root.iter() if len(element)]
    if not parents:
        return
    parent = rng.choice(parents)
    at = rng.randrange(len(parent))
    child = parent[at]
    match rng.randrange(10):
        case 0:
            parent.remove(child)
        case 1:
            size = sum(1 for _ in child.iter())
            for _ in range(rng.choice((1, 1, 2, 60)) if size * 60 < _MOST and len(parents) < _MOST else 1):
                parent.insert(at, deepcopy(child))
        case 2:
            other = rng.choice(parents)
            parent.remove(child)
            if not any(each is other for each in child.iter()):
                other.insert(rng.randrange(len(other) + 1), child)
        case 3 if _depth(root) < _DEEPEST:
            parent[at] = ET.Element(parent.tag, parent.attrib)
            parent[at].append(child)
        case 4:
            child.tag = rng.choice(parents).tag
        case 5:
            child.text = rng.choice(VALUES) if rng.random() < 0.7 else (child.text or "") * 40
        case 6:
            own = rng.choice([element for element in root.iter() if element.attrib] or [child])
            child.set(rng.choice(sorted(own.attrib) or ["a"]), rng.choice(VALUES))
        case _:
            chosen = rng.choice([element for element in root.iter() if element.attrib] or [child])
            if chosen.attrib:
                name = rng.choice(sorted(chosen.attrib))
                if rng.random() < 0.15:
                    del chosen.attrib[name]
                else:
                    chosen.set(name, rng.choice(VALUES))


def _depth(root: ET.Element) -> int:
    deepest, waiting = 0, [(root, 1)]
    while waiting:
        element, depth = waiting.pop()
        deepest = max(deepest, depth)
        waiting += ((child, depth + 1) for child in element)
    return deepest

"""Names of WordprocessingML elements and attributes; namespaces that mean the same are folded before parsing."""

from __future__ import annotations

import re

from govlint.model.errors import ReadError

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_FOLDED = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", _MAIN.encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", _RELATIONS.encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", _MATH.encode()),
    (b"http://schemas.microsoft.com/office/word/2003/wordml", _MAIN.encode()),
)
"""Strict OOXML and Word 2003 XML use other namespaces for the same elements."""
_FOLDED_NAMES = {"{" + written.decode(): meant.decode() for written, meant in _FOLDED}
_MEASURE = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,9})?)(pt|in|cm|mm|pc|pi)?")
_TWIPS = {"": 1.0, "pt": 20.0, "in": 1440.0, "cm": 1440 / 2.54, "mm": 144 / 2.54, "pc": 240.0, "pi": 240.0}
_ENCODING = re.compile(r"""(<\?xml[^>]*?)\s+encoding\s*=\s*(?:"[^"]*"|'[^']*')""")

W = f"{{{_MAIN}}}"
M = f"{{{_MATH}}}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
WX = "{http://schemas.microsoft.com/office/word/2003/auxHint}"
AML = "{http://schemas.microsoft.com/aml/2001/core}"

VAL = W + "val"
TYPE = W + "type"
ID = W + "id"
RELATION = f"{{{_RELATIONS}}}id"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"

BODY, P, TBL, TR, TC = W + "body", W + "p", W + "tbl", W + "tr", W + "tc"
R, T, R_PR, P_PR = W + "r", W + "t", W + "rPr", W + "pPr"
SECTION = W + "sectPr"
TEXT_BOX = W + "txbxContent"
SDT, SDT_CONTENT = W + "sdt", W + "sdtContent"
INS, DEL, MOVE_TO, MOVE_FROM = W + "ins", W + "del", W + "moveTo", W + "moveFrom"
CUSTOM, SMART_TAG = W + "customXml", W + "smartTag"
ALTERNATE, CHOICE, FALLBACK = MC + "AlternateContent", MC + "Choice", MC + "Fallback"
ANNOTATION, ANNOTATED = AML + "annotation", AML + "content"
VANISH, R_STYLE, P_STYLE = W + "vanish", W + "rStyle", W + "pStyle"
NUM_PR, NUM_ID, LEVEL_ID, OUTLINE = W + "numPr", W + "numId", W + "ilvl", W + "outlineLvl"

WRAPPERS = frozenset(
    (SDT, SDT_CONTENT, INS, MOVE_TO, CUSTOM, SMART_TAG, ANNOTATED, WX + "sect", WX + "sub-section", WX + "pBdrGroup")
)
"""Elements that only wrap what stands in them: paragraphs, rows, cells or runs."""
REMOVED = frozenset(("Word.Deletion", "Word.Comment"))
"""Annotations of Word 2003 whose content is no part of the text."""


def fold_namespaces(data: bytes) -> bytes:
    """The same XML in UTF-8, with one namespace for each thing. Raises ReadError ``damaged``."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            data = _ENCODING.sub(r"\1", data.decode("utf-16"), count=1).encode()
        except ValueError as error:
            raise ReadError("", "damaged") from error
    for written, meant in _FOLDED:
        if written in data:
            data = data.replace(written, meant)
    return data


def fold_name(name: str) -> str:
    """A name of an element or attribute, as ``{namespace}name``, as ``fold_namespaces`` makes it."""
    namespace, bracket, local = name.rpartition("}")
    meant = _FOLDED_NAMES.get(namespace)
    return name if meant is None else f"{{{meant}{bracket}{local}"


def number(text: str | None, default: int = 0) -> int:
    """A whole number as attributes write it; ``default`` where it is absent, wrong or absurdly long."""
    if text is None or len(text) > 9:
        return default
    digits = text[1:] if text[:1] in "+-" else text
    return int(text) if digits.isascii() and digits.isdigit() else default


def twips(text: str | None) -> int:
    """A width in twentieths of a point; 0 where it is absent or written in a way that says no width."""
    match = _MEASURE.fullmatch(text or "")
    return round(float(match[1]) * _TWIPS[match[2] or ""]) if match else 0


def is_on(value: str | None) -> bool:
    """Whether a switch with this ``val`` is on; a switch without a value is."""
    return value not in ("0", "false", "off")

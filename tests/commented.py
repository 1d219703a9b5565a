"""The comments of a Word file, read with nothing of govlint; and what must hold of them for Word to open the file."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple
from xml.etree import ElementTree as ET

_USUAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
W = f"{{{_USUAL}}}"
START, END, REFERENCE = W + "commentRangeStart", W + "commentRangeEnd", W + "commentReference"
GONE = (W + "del", W + "moveFrom")
AROUND = {W + name for name in ("p", "hyperlink", "ins", "moveTo", "smartTag", "customXml", "sdtContent", "dir", "bdo")}
_MARK = re.compile(
    r"<w:commentRange(?:Start|End)\b[^>]*/>"
    r"|<w:r(?: xmlns:w=[^>]*)?>(?:<w:rPr><w:rStyle [^>]*/></w:rPr>)?<w:commentReference\b[^>]*/></w:r>"
)


class Hung(NamedTuple):
    """A comment: who says what, the words that are marked, those of all its paragraph, and of its cell, if in one."""

    author: str
    lines: tuple[str, ...]
    marked: str
    paragraph: str
    cell: str | None


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def tree(data: bytes) -> ET.Element:
    text = data.decode("utf-16") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else data.decode("utf-8-sig")
    return ET.fromstring(re.sub(r"^<\?xml[^>]*\?>", "", text).replace(_STRICT, _USUAL))


def related(data: bytes, kind: str, main: str = "word/document.xml") -> str | None:
    files = parts(data)
    folder, _, name = main.rpartition("/")
    for relation in tree(files.get(f"{folder}/_rels/{name}.rels", b"<none/>")):
        if relation.get("Type", "").endswith(f"/{kind}"):
            return f"{folder}/{relation.get('Target')}"
    return None


def hung(data: bytes, main: str = "word/document.xml") -> list[Hung]:
    """The comments in the order of their ids; asserts all that a file with comments must keep."""
    files = parts(data)
    name = related(data, "comments", main)
    root = tree(files[main])
    marks = [element for element in root.iter() if element.tag in (START, END, REFERENCE)]
    if name is None:
        assert not marks
        return []
    types = tree(files["[Content_Types].xml"]) if "[Content_Types].xml" in files else ()
    assert any(
        one.get("PartName") == f"/{name}" and one.get("ContentType", "").endswith("comments+xml") for one in types
    )
    comments = tree(files[name])
    ids = [comment.get(W + "id") for comment in comments]
    assert len(ids) == len(set(ids))
    counts = Counter((mark.tag, mark.get(W + "id")) for mark in marks)
    assert counts == {(tag, at): 1 for at in ids for tag in (START, END, REFERENCE)}
    _assert_order(root)
    places = _places(root)
    found = []
    for comment in comments:
        assert comment.tag == W + "comment"
        assert len(list(comment.iter(W + "annotationRef"))) == 1
        lines = tuple("".join(text.text or "" for text in line.iter(W + "t")) for line in comment.iter(W + "p"))
        found.append(Hung(comment.get(W + "author", ""), lines, *places[comment.get(W + "id", "")]))
    return found


def _assert_order(root: ET.Element) -> None:
    """Properties stand first, marks only where the schema and Word allow them, and in no code of a field."""
    parents = {child: element for element in root.iter() for child in element}
    open_codes: list[bool] = []
    for element in root.iter():
        if element.tag in (W + "pPr", W + "rPr", W + "tcPr") and parents[element].tag in (W + "p", W + "r", W + "tc"):
            assert parents[element][0] is element
        if element.tag == W + "fldChar":
            step = element.get(W + "fldCharType")
            if step == "begin":
                open_codes.append(True)
            elif step == "separate" and open_codes:
                open_codes[-1] = False
            elif step == "end" and open_codes:
                open_codes.pop()
        if element.tag in (START, END):
            assert parents[element].tag in AROUND
        if element.tag == REFERENCE:
            assert parents[element].tag == W + "r"
            assert parents[parents[element]].tag in AROUND
        if element.tag in (START, END, REFERENCE):
            assert not any(open_codes)
            above = parents.get(element)
            while above is not None:
                assert above.tag not in GONE
                assert not above.tag.endswith(("txbxContent", "}Fallback"))
                above = parents.get(above)


def _places(root: ET.Element) -> dict[str, tuple[str, str, str | None]]:
    """By id: what is marked, and the words of the paragraph and of the cell that the comment hangs in."""
    parents = {child: element for element in root.iter() for child in element}
    marked: dict[str, str] = {}
    inside: set[str] = set()
    found: dict[str, tuple[str, str, str | None]] = {}
    for element in root.iter():
        at = element.get(W + "id", "")
        if element.tag == START:
            inside.add(at)
            marked[at] = ""
        elif element.tag == END:
            inside.remove(at)
        elif element.tag == REFERENCE:
            assert at in marked
            assert at not in inside
            found[at] = (marked[at], *_around(element, parents))
        elif inside and element.tag == W + "t" and not _is_gone(element, parents):
            marked |= {at: marked[at] + (element.text or "") for at in inside}
    return found


def _around(element: ET.Element, parents: Mapping[ET.Element, ET.Element]) -> tuple[str, str | None]:
    above, paragraph, cell = parents[element], None, None
    while above in parents and cell is None:
        if above.tag == W + "p" and paragraph is None:
            paragraph = above
        cell = above if above.tag == W + "tc" else None
        above = parents[above]
    assert paragraph is not None
    return _words(paragraph, parents), None if cell is None else _words(cell, parents)


def _words(element: ET.Element, parents: Mapping[ET.Element, ET.Element]) -> str:
    return "".join(text.text or "" for text in element.iter(W + "t") if not _is_gone(text, parents))


def _is_gone(element: ET.Element, parents: Mapping[ET.Element, ET.Element]) -> bool:
    above = parents.get(element)
    while above is not None:
        if above.tag in GONE:
            return True
        above = parents.get(above)
    return False


def unmarked(document: bytes) -> bytes:
    """A main part without any marks of comments."""
    return _MARK.sub("", document.decode()).encode()

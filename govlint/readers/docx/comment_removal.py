"""Comments taken out again: those of one author, as an earlier run made them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree import ElementTree as ET

from govlint.readers.docx.comment_marks import RANGES, REFERENCE
from govlint.readers.docx.comment_parts import COMMENT
from govlint.readers.docx.names import ID, R_PR, P, R, W
from govlint.readers.docx.parts import Parts, main_name
from govlint.readers.docx.written import Splice, Written, parse

_AUTHOR = W + "author"
_PARAGRAPH, _PARENT, _DURABLE = "paraId", "paraIdParent", "durableId"
_EXTENDED, _IDS, _EXTENSIBLE = "commentsExtended", "commentsIds", "commentsExtensible"
"""What newer versions of Word keep beside the comments, by the ids of their paragraphs: answers, lasting ids, dates."""


def without_comments(parts: Parts, author: str) -> dict[str, bytes]:
    """The parts that change when the comments of an author go; those that somebody has answered stay.

    The text stays as it is, run for run. Raises ReadError for parts that are no safe XML.
    """
    main = main_name(parts)
    related = dict(parts.related(main).values())
    written = {
        name: parse(data)
        for kind in ("comments", _EXTENDED, _IDS, _EXTENSIBLE)
        if (name := related.get(kind)) and (data := parts.read(name)) is not None
    }
    comments = written.get(related.get("comments", ""))
    if comments is None:
        return {}
    beside = [part for name, part in written.items() if part is not comments]
    answered = {said[_PARENT] for part in beside for said in map(_named, part.root) if _PARENT in said}
    gone = {
        comment: [_named(paragraph).get(_PARAGRAPH, "") for paragraph in comment.iter(P)]
        for comment in comments.root.iter(COMMENT)
        if comment.get(_AUTHOR) == author
    }
    gone = {comment: paragraphs for comment, paragraphs in gone.items() if answered.isdisjoint(paragraphs)}
    if not gone:
        return {}
    names = {part: name for name, part in written.items()}
    changed = {names[comments]: _cut(comments, gone)}
    keys = {(_PARAGRAPH, paragraph) for paragraphs in gone.values() for paragraph in paragraphs if paragraph}
    keys |= {
        (_DURABLE, said.get(_DURABLE, ""))
        for part in beside
        for said in map(_named, part.root)
        if (_PARAGRAPH, said.get(_PARAGRAPH)) in keys
    }
    for part in beside:
        entries = [entry for entry in part.root if keys.intersection(_named(entry).items())]
        if entries:
            changed[names[part]] = _cut(part, entries)
    body = parse(parts.read(main) or b"")
    return {**changed, main: _cut(body, _marks(body.root, {comment.get(ID, "") for comment in gone}))}


def _marks(root: ET.Element, ids: set[str]) -> Iterator[ET.Element]:
    """The marks of comments; runs that hold nothing but references to them."""
    whole = set()
    for run in root.iter(R):
        inside = [child for child in run if child.tag != R_PR]
        if inside and all(child.tag == REFERENCE and child.get(ID) in ids for child in inside):
            whole.update(inside)
            yield run
    for element in root.iter():
        if (element.tag in RANGES or (element.tag == REFERENCE and element not in whole)) and element.get(ID) in ids:
            yield element


def _cut(part: Written, elements: Iterable[ET.Element]) -> bytes:
    extents = part.extents
    return part.spliced(Splice(extents[one].start, extents[one].end, "") for one in elements)


def _named(element: ET.Element) -> dict[str, str]:
    """The attributes by their names without namespaces: these differ from version to version."""
    return {name.rpartition("}")[2]: value for name, value in element.attrib.items()}

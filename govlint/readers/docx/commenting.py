"""Comments put into a Word file: beside its text, which stays as it is, run for run."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from govlint.model.source import Span
from govlint.readers.docx import read_docx
from govlint.readers.docx.comment_anchors import Anchors, NoPlaceError
from govlint.readers.docx.comment_marks import MARKS, Mark, marking
from govlint.readers.docx.comment_parts import CommentParts, Text
from govlint.readers.docx.comment_removal import without_comments
from govlint.readers.docx.names import ID, number
from govlint.readers.docx.parts import Parts
from govlint.readers.docx.tracing import Trace, trace
from govlint.readers.docx.written import STRICT, Written
from govlint.readers.rendering import Rendering
from govlint.readers.repacking import is_signed, repack

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Comment(NamedTuple):
    """What is said of a place of the rendering (``Source.text``); ``span`` None is the whole document.

    ``lines`` become paragraphs. ``where`` are lines that stand behind the first one if the comment cannot hang at its
    place (headers, footers, notes, text boxes, the whole document), but at the first paragraph of the text.
    """

    span: Span | None
    lines: tuple[str, ...]
    where: tuple[str, ...]
    author: str
    initials: str


class CommentingError(Exception):
    """A file that can have no comments.

    ``signed``: they would break its signature; ``no_place``: its body has no paragraph; ``changed``: its text would
    not be the same any more.
    """

    def __init__(self, reason: Literal["signed", "no_place", "changed"]) -> None:
        super().__init__(reason)
        self.reason = reason


def add_comments(data: bytes, comments: Sequence[Comment], replaced: str | None = None) -> bytes:
    """The Word file (.docx, .docm) with these comments; everything else in it is as it was.

    Comments of the author ``replaced`` that it has already go first, unless somebody has answered them. Raises
    CommentingError, ReadError for what is no readable Word file, and ValueError for characters that XML forbids.
    """
    if any(_ILLEGAL.search(text) for comment in comments for text in _texts(comment)):
        raise ValueError("a comment holds characters that XML forbids")
    before = read_docx(data)
    parts = Parts(data)
    gone = without_comments(parts, replaced) if replaced is not None else {}
    if not comments and not gone:
        return data
    if is_signed(parts):
        raise CommentingError("signed")
    made = repack(data, gone) if gone else data
    if comments:
        traced = trace(made)
        beside = CommentParts(Parts(made), traced.part)
        marked = (number(element.get(ID)) for tag in MARKS for element in traced.root.iter(tag))
        first = max((*beside.ids, *marked), default=-1) + 1
        made = repack(made, _changed(traced, beside, comments, first))
        _verify_marks(made, traced.part, first, len(comments))
    _verify_text(made, before)
    return made


def _texts(comment: Comment) -> tuple[str, ...]:
    return (*comment.lines, *comment.where, comment.author, comment.initials)


def _changed(traced: Trace, beside: CommentParts, comments: Sequence[Comment], first: int) -> dict[str, bytes]:
    """The parts that are other with the comments, whose ids go from ``first`` on."""
    written = Written(traced.data, traced.root, traced.extents)
    anchors = Anchors(traced, written)
    marks: list[Mark] = []
    texts: list[Text] = []
    try:
        for at, comment in enumerate(comments, first):
            anchor = anchors.find(comment.span)
            lines = comment.lines if anchor.own else (*comment.lines[:1], *comment.where, *comment.lines[1:])
            marks.append(Mark(at, anchor, beside.reference(at)))
            texts.append(Text(lines, comment.author, comment.initials))
    except NoPlaceError:
        raise CommentingError("no_place") from None
    body = written.spliced((*anchors.preserving, *marking(marks, written)))
    return {traced.part: body, **beside.changed(texts, first, strict=written.namespace == STRICT)}


def _verify_marks(data: bytes, main: str, first: int, count: int) -> None:
    """Raises CommentingError unless each new comment begins, ends and hangs somewhere, once."""
    root = Parts(data).xml(main)
    new = range(first, first + count)
    for tag in MARKS:
        if root is None or sorted(at for element in root.iter(tag) if (at := number(element.get(ID), -1)) in new) != [
            *new
        ]:
            raise CommentingError("changed")


def _verify_text(data: bytes, before: Rendering) -> None:
    """Raises CommentingError unless a file reads as before."""
    if read_docx(data) != before:
        raise CommentingError("changed")

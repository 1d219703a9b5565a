"""A Word file with the diagnostics of its report as comments, each at the place where something is."""

from __future__ import annotations

from typing import Literal

from govlint.model.diagnostic import Result, Run
from govlint.writers.language import Language

AUTHOR = "govlint"
"""Who the comments are by; those of an earlier run give way to the new ones."""
WORD_SUFFIXES = frozenset((".docx", ".docm", ".dotx", ".dotm"))
_NEARLY = frozenset(("doc", "rtf", "wordml", "flat_opc"))
"""Kinds of files that Word can save as DOCX."""

Reason = Literal["no_word", "nearly_word", "other", "signed", "no_place", "changed"]


class AnnotatingError(Exception):
    """A file that can have no comments.

    ``no_word``: it is no Word document; ``nearly_word``: none in the format DOCX; ``other``: it is not the one that
    was checked; for the other reasons see ``CommentingError``.
    """

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def unfit(result: Result) -> Literal["no_word", "nearly_word"] | None:
    """Why the kind of a file can have no comments; None if it can."""
    kind = result.source.kind if result.source else ""
    if kind == "docx":
        return None
    return "nearly_word" if kind in _NEARLY else "no_word"


def annotated(result: Result, run: Run, data: bytes, language: Language) -> bytes:
    """``data``, which ``result`` was read from, with its diagnostics as comments. Raises AnnotatingError."""
    from govlint.readers.containers import LEADING
    from govlint.readers.docx import read_docx
    from govlint.readers.docx.commenting import Comment, CommentingError, add_comments
    from govlint.writers.comment import comment_words

    if reason := unfit(result):
        raise AnnotatingError(reason)
    package = data.lstrip(LEADING)
    if result.source is None or read_docx(package).text != result.source.text:
        raise AnnotatingError("other")
    words = (comment_words(diagnostic, result, run, language) for diagnostic in result.diagnostics)
    comments = [Comment(said.span, said.lines, said.where, AUTHOR, AUTHOR) for said in words]
    try:
        return add_comments(package, comments, replaced=AUTHOR)
    except CommentingError as error:
        raise AnnotatingError(error.reason) from None

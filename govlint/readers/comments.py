"""Comments in HTML and Markdown: no text of the report, but a place where people tell govlint something."""

from __future__ import annotations

import re

from govlint.model.source import Span

OPENS, CLOSES = "<!--", "-->"
HIDDEN = "\ufdd0"
"""Stands for each character of a comment in text that is laid out; no text has it, since it is no character."""

_RUN = re.compile(f"{HIDDEN}+")
_WORDS_BEFORE = re.compile(r".?[^\s|｜│]|[^\s|｜│] ", re.S)
_WORDS_AFTER = re.compile(r" ?[^\s|｜│]")


def comments(text: str, kind: str) -> list[Span]:
    """Where the comments of a source of this kind stand, with their marks; none in kinds that have no comments."""
    if kind == "html":
        from govlint.readers.html_comments import html_comments

        return html_comments(text)
    return markdown_comments(text) if kind == "markdown" else []


def markdown_comments(text: str) -> list[Span]:
    """The comments of a Markdown text; one that is not closed is text."""
    found = []
    start = text.find(OPENS)
    while start >= 0:
        end = text.find(CLOSES, start + 2)
        if end < 0:
            break
        found.append(Span(start, end + len(CLOSES)))
        start = text.find(OPENS, end)
    return found


def hide_comments(text: str) -> str:
    """A Markdown text, character for character, with ``HIDDEN`` in the place of comments; line ends stay."""
    parts = []
    at = 0
    for start, end in markdown_comments(text):
        parts += [text[at:start], re.sub(r"[^\r\n]", HIDDEN, text[start:end])]
        at = end
    return "".join((*parts, text[at:]))


def is_comment(row: str) -> bool:
    """Whether a row holds comments and nothing else."""
    return HIDDEN in row and not row.replace(HIDDEN, "").strip()


def between_words(row: str) -> str:
    """A row with blanks for comments, but for those between words: there blanks would look like the gap of a table."""

    def shown(run: re.Match[str]) -> str:
        before, after = row[max(0, run.start() - 2) : run.start()], row[run.end() : run.end() + 2]
        inside = _WORDS_BEFORE.fullmatch(before) and _WORDS_AFTER.match(after)
        return run[0] if inside else " " * len(run[0])

    return _RUN.sub(shown, row) if HIDDEN in row else row

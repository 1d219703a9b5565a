"""“None received”: clauses that deny in words."""

from __future__ import annotations

from collections.abc import Sequence

from govlint.prose.lexicon import Head
from govlint.prose.meaning import REMEDIES
from govlint.prose.state import State, head_of, is_unknown
from govlint.prose.tokens import Token

_HARMLESS = frozenset(
    ("negation", "fill", "besides", "topic", "and", "also", "pause", "self", "town", "whole", "this", "each", "total",
     "last", "next", "time", "none", "ordinal")
)  # fmt: skip
_SPOILING = frozenset(("compare", "up", "down", "to", "share", "aside", "rest", "part", "since"))


def denied_in(words: Sequence[Token], state: State) -> tuple[list[Head], int, int]:
    """What a clause denies, and the slice of its words that says so; nothing when more is said of it.

    “No review that was corrected” denies no review: whatever stands beside the thing denied must be known to add
    nothing.
    """
    start = next((index for index, token in enumerate(words) if token.kind == "negation"), None)
    last = next((index for index, token in enumerate(words) if token.kind == "none"), None)
    if (start is None) == (last is None) or any(is_unknown(token, state) for token in words):
        return [], 0, 0
    if any(token.kind in _SPOILING for token in words):
        return [], 0, 0
    first = start if start is not None else 0
    end = len(words) if last is None else last
    found = _things(words[first:end], state)
    if not found:
        return [], 0, 0
    stop = first + found[-1][0] + 1 if last is None else last + 1
    return [head for _, head in found], first, stop


def _things(words: Sequence[Token], state: State) -> list[tuple[int, Head]]:
    """The heads denied with their index; none when a verb or result among them says more than “there were”."""
    found: list[tuple[int, Head]] = []
    for index, token in enumerate(words):
        head = head_of(token, state)
        if head is None:
            if not token.heads and token.kind not in _HARMLESS:
                return []
        elif head.kind == "verb":
            if head.family != "received":
                return []
        elif (head.columns and head.table == REMEDIES) or (head.family == "disposed" and index > 1):
            return []
        elif head.kind != "object" or not (_leads_on(words[index + 1 :]) or _follows(words[:index])):
            found.append((index, head))
    return found


def _leads_on(behind: Sequence[Token]) -> bool:
    """Whether the words behind an object make it part of another thing: a review of a request."""
    for token in behind:
        if token.kind in ("pause", "and"):
            return False
        if any(head.kind == "noun" for head in token.heads):
            return True
    return False


def _follows(before: Sequence[Token]) -> bool:
    """Whether an object only completes a row before it: carried over requests."""
    for token in reversed(before):
        if token.kind in ("pause", "and"):
            return False
        if any(head.kind == "noun" and head.rows for head in token.heads):
            return True
        if any(head.kind == "noun" and head.family == "carried" for head in token.heads):
            return True
    return False

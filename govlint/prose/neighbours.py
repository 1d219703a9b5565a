"""How the words around a number belong to it."""

from __future__ import annotations

from collections.abc import Sequence

from govlint.prose.lexicon import Head, Lexicon
from govlint.prose.state import State, head_of
from govlint.prose.tokens import Token

_ENDS = frozenset(
    ("comma", "semicolon", "colon", "stop", "open", "close", "pause", "number", "also", "percent", "points")
)
_JOINING = frozenset(("fill", "besides", "topic", "this", "self", "all", "each"))


def until_boundary(tokens: Sequence[Token]) -> list[Token]:
    """The words up to the next boundary, item or number."""
    found: list[Token] = []
    for token in tokens:
        if token.kind in _ENDS:
            break
        found.append(token)
    return found


def leading(tokens: Sequence[Token], state: State) -> list[Token]:
    """The known words that follow a number: 5 of natural persons."""
    found: list[Token] = []
    for token in tokens:
        if head_of(token, state) is None and token.kind not in (*_JOINING, "next", "time"):
            break
        found.append(token)
    return found


def narrowed(right: Sequence[Token]) -> bool:
    """Whether unknown words stand between a number and what it counts."""
    for token in right:
        if _is_object(token):
            return False
        if token.kind not in _JOINING:
            return True
    return False


def object_listed(words: Sequence[Token]) -> bool:
    """Whether an object is an item of a list itself, not part of what another item is called."""
    for index, token in enumerate(words):
        if _is_object(token):
            behind = next((word for word in words[index + 1 :] if word.kind != "fill"), None)
            return behind is not None and behind.kind in ("pause", "and", "each")
    return False


def speaks_of_one(
    number: Token, words: Sequence[Token], right: Sequence[Token], heads: Sequence[Head], lexicon: Lexicon
) -> bool:
    """Whether “one” means any one, as in “to handle one request takes days”, and counts nothing.

    ``right`` are the words behind it: “1 request, once received, …” counts nothing either.
    """
    if number.value == 1 and len(right) > 1 and _is_object(right[0]) and right[1].kind == "gap":
        return True
    if not number.text.startswith(lexicon.one) or any(word.kind in ("this", "self", "total") for word in words):
        return False
    return not any(head.kind == "noun" or (head.kind == "verb" and head.family == "received") for head in heads)


def general_until(sentence: Sequence[Token], within: frozenset[str]) -> int:
    """Up to where a sentence speaks of reviews and suits of all kinds.

    It does so when it tells behind them which of them were about disclosure, or that none was. ``within`` are the
    words that end “of the 5 reviews, …”.
    """
    end, start, named, of_these = 0, 0, False, False
    for index, token in enumerate(sentence):
        if token.kind not in ("comma", "semicolon", "colon", "stop") and index + 1 < len(sentence):
            continue
        clause, start = sentence[start : index + 1], index + 1
        kinds = {word.kind for word in clause}
        topic = "topic" in kinds
        none = "negation" in kinds and not kinds & {"gap", "head"}
        if "unrelated" in kinds:
            end = clause[-1].end
        elif topic and not named and (none or of_these or "among" in kinds):
            end = clause[0].start
        of_these = len(clause) > 1 and clause[-2].text in within
        named = named or topic or any(head.topical for word in clause for head in word.heads)
    return end


def all_of_kind(words: Sequence[Token], state: State) -> Head | None:
    """The applicants of whom a clause says that all requests came from them; None when it says anything else."""
    kinds = [token.kind for token in words]
    heads = [head for token in words if (head := head_of(token, state))]
    nouns = [head for head in heads if head.kind == "noun"]
    if len(nouns) != 1 or not nouns[0].columns or nouns[0].table != "requests" or not state.rows:
        return None
    if "each" not in kinds and "all" not in kinds:
        return None
    if any(head.kind == "verb" for head in heads) or set(kinds) - {"each", "all", "fill", "head", "topic"}:
        return None
    return nouns[0]


def _is_object(token: Token) -> bool:
    return any(head.kind == "object" for head in token.heads)

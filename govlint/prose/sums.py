"""Wholes and parts inside one text: “12 and 7, in all 19”, “19, of which 11 and 8”, “11 (2 and 9)”."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Literal

from govlint.model.claim import Quantity, SumClaim
from govlint.prose.mentions import Mention
from govlint.prose.tokens import Token

_CHANGING = ("compare", "up", "down", "to", "aside", "besides", "rest", "last", "next", "part", "time", "share")
_SEPARATORS = frozenset(("pause", "comma", "semicolon", ""))
Place = Callable[[Mention], Quantity]
Relation = Literal["equal", "at_most"]


def find_sums(
    sentence: Sequence[Token], found: Sequence[Mention], earlier: Sequence[Mention], place: Place
) -> Iterator[SumClaim]:
    """The sums that a sentence states; ``earlier`` are the numbers of the sentence before it."""
    counted = [mention for mention in found if mention.token.kind == "number" and mention.unit]
    for number, mention in enumerate(counted):
        yield from _closing(counted, number, place)
        yield from _bracketed(sentence, counted, mention, place)
    yield from _listed(sentence, counted, earlier, place)


def _closing(counted: Sequence[Mention], number: int, place: Place) -> Iterator[SumClaim]:
    """Parts, then “in all” and the whole."""
    whole = counted[number]
    if not whole.words or any(word.kind not in ("total", "fill") for word in whole.words) or not whole.has("total"):
        return
    if whole.mark not in ("comma", "pause", "") or not whole.token.exact:
        return
    parts: list[Mention] = []
    for mention in reversed(counted[:number]):
        if mention.depth > whole.depth:
            continue
        if mention.unit != whole.unit or mention.has("total", "among", *_CHANGING) or mention.depth < whole.depth:
            break
        parts.insert(0, mention)
    if len(parts) < 2 or not all(part.token.exact for part in parts):
        return
    if not any(_sum(parts[start:]) == whole.value for start in range(len(parts) - 1)):
        yield SumClaim(place(whole), tuple(map(place, parts)), "equal")


def _bracketed(
    sentence: Sequence[Token], counted: Sequence[Mention], whole: Mention, place: Place
) -> Iterator[SumClaim]:
    """A whole, and its parts in the brackets right behind it."""
    behind = sentence[whole.at + 1 : whole.at + 2]
    if not behind or behind[0].kind != "open":
        return
    inside = [mention for mention in counted if mention.at > whole.at]
    if not inside or inside[0].depth != whole.depth + 1:
        return
    group = [mention for mention in inside if mention.group == inside[0].group]
    parts = [mention for mention in group if mention.unit == whole.unit]
    if any(token.kind == "among" for token in sentence[group[0].at : group[-1].at]):
        return  # Some of the parts are parts of a part.
    if len(parts) < 2 or any(mention.has("total", *_CHANGING) for mention in group) or len(parts) < len(group):
        return
    if not _is_of(whole, parts):
        return
    yield from _claim(whole, parts, [whole.value], "at_most" if parts[0].has("among") else "equal", place)


def _listed(
    sentence: Sequence[Token], counted: Sequence[Mention], earlier: Sequence[Mention], place: Place
) -> Iterator[SumClaim]:
    """A whole, then “of which”, “namely” or “respectively” and its parts."""
    for number, first in enumerate(counted):
        opening = _opening(sentence, first)
        if not opening:
            continue
        here = [
            m for m in counted[:number] if m.depth <= first.depth and m.unit == first.unit and not m.has(*_CHANGING)
        ]
        before = here or [
            m
            for m in earlier
            if m.unit == first.unit and m.token.kind == "number" and not m.depth and not m.has(*_CHANGING)
        ]
        if not before or (first.depth and before[-1].depth < first.depth):
            continue
        whole = here[-1] if here else max(before, key=lambda m: m.value)
        parts = _run(sentence, counted[number:], first)
        if parts is None or len(parts) < 2 or not whole.token.exact or whole.has(*_CHANGING):
            continue
        if not _is_of(whole, parts):
            continue
        if not here and _sum(parts) <= _sum(before):
            continue  # Parts of all that the sentence before has numbers of.
        wholes = [*(m.value for m in before), _sum(before)]
        complete = opening == "namely" and not any(_is_named(word) for part in parts for word in part.words)
        yield from _claim(whole, parts, wholes, "equal" if complete else "at_most", place)


def _is_of(whole: Mention, parts: Sequence[Mention]) -> bool:
    """Whether parts can be parts of the whole alone: results are also those of requests carried over."""
    received = any(head.family == "received" for word in whole.clause for head in word.heads)
    disposed = any(head.family == "disposed" for word in whole.clause for head in word.heads)
    results = any(
        head.family in ("disposed", "carried") for part in parts for word in part.words for head in word.heads
    )
    return disposed or not (received and results)


def _opening(sentence: Sequence[Token], first: Mention) -> str:
    """How a list of parts begins before its first number: ``among``, ``namely`` (all parts), or not at all."""
    index = first.at - len(first.words) - 1
    marks = [token.kind for token in sentence[max(0, index - 1) : index + 1]]
    if first.has("respectively"):
        return "namely" if first.words[-1].kind not in ("respectively", "fill") else ""
    if first.has("among") or (marks[-1:] in (["comma"], ["colon"]) and marks[:1] == ["among"]):
        return "among"
    if marks == ["number", "colon"]:
        return "namely"
    return "namely" if marks == ["respectively", "colon"] else ""


def _run(sentence: Sequence[Token], rest: Sequence[Mention], first: Mention) -> list[Mention] | None:
    """The parts of a list from its first number on; None when one of them is not exact."""
    parts: list[Mention] = []
    separator = ""
    for mention in rest:
        if mention.depth > first.depth:
            continue
        if mention.depth < first.depth or mention.unit != first.unit:
            break
        if mention is not first:
            if mention.has("among", "total", "respectively", *_CHANGING) or _is_verb(mention):
                break
            mark = mention.mark if mention.mark != "close" else separator
            separator = separator or mark
            if mark not in _SEPARATORS or separator not in ("comma", mark):
                break
            if mark == "semicolon" and first.has("among") and first.mark == "comma":
                break  # One item of a list has a part, and the list goes on.
            if (separator == "comma" and mark == "semicolon") or _clauses(sentence[parts[-1].at : mention.at]) > 1:
                break
        if not mention.token.exact:
            return None
        parts.append(mention)
    return parts


def _is_named(word: Token) -> bool:
    """Whether a word names a row or column by itself: the table then tells which parts there are."""
    return any(not head.after for head in word.heads)


def _is_verb(mention: Mention) -> bool:
    """Whether a number starts something new: what was done, not a part of what came."""
    return any(head.kind == "verb" for word in mention.words for head in word.heads)


def _clauses(between: Sequence[Token]) -> int:
    """How many clauses begin between two numbers, brackets left out."""
    depth = count = 0
    for token in between:
        depth += {"open": 1, "close": -1}.get(token.kind, 0)
        count += depth == 0 and token.kind in ("comma", "semicolon")
    return count


def _claim(
    whole: Mention, parts: Sequence[Mention], wholes: Sequence[Decimal], relation: Relation, place: Place
) -> Iterator[SumClaim]:
    """The claim, unless the first parts already add up to a whole: what follows then splits it another way."""
    if relation == "at_most" and _sum(parts) <= max(wholes[:-1] or wholes):
        return
    total = Decimal(0)
    for part in parts:
        total += part.value
        if total in wholes and part is not parts[0]:
            return
    yield SumClaim(place(whole), tuple(map(place, parts)), relation)


def _sum(parts: Sequence[Mention]) -> Decimal:
    return sum((part.value for part in parts), Decimal(0))

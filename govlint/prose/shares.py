"""Percentages and the numbers near them: “8, or 26.7 %”, “3 fewer, down 42.9 %”."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from govlint.model.claim import Quantity, ShareClaim, SumClaim
from govlint.prose.mentions import Mention

Place = Callable[[Mention], Quantity]
_NEAR = 40
"""So many numbers before a percentage may be those that it is of."""


def find_shares(found: Sequence[Mention], earlier: Sequence[Mention], place: Place) -> Iterator[ShareClaim]:
    """The percentages of a sentence with the pairs they may stand for; ``earlier``: the numbers before it."""
    lists = {number: listed for listed in _lists(found) for number in listed}
    for number, mention in enumerate(found):
        listed = lists[number]
        if mention.token.kind not in ("percent", "points") or not mention.token.exact:
            continue
        before = [m for m in found[:number] if _counts(m)]
        after = [m for m in found[number + 1 :] if _counts(m)]
        if any(word.kind in ("up", "down") for word in mention.clause):
            pairs, used = _changes(mention, before, after, earlier)
        elif mention.token.kind == "percent" and _is_share(found[listed.start]):
            pairs, used = _parts([*earlier[-_NEAR:], *found[:number]], _part_of(found, listed, number))
        else:
            continue
        if used:
            yield ShareClaim(place(mention), _digits(mention), tuple(dict.fromkeys(pairs)), tuple(map(place, used)))


def find_differences(found: Sequence[Mention], place: Place) -> Iterator[SumClaim]:
    """“5, 3 more than the 2 of last year”: the number less last year's is the change."""
    for number, change in enumerate(found):
        if not _counts(change) or not change.has("up", "down") or change.has("to") or not change.token.exact:
            continue
        counted = [m for m in found[:number] if _counts(m) and m.unit == change.unit]
        lasts = [m for m in counted if m.has("last", "compare")]
        if len(lasts) != 1 or lasts[0].has("up", "down", "to"):
            continue
        now = [m for m in counted if not m.has("last", "compare", "up", "down")]
        if len(now) != 1 or not lasts[0].token.exact or not now[0].token.exact:
            continue
        greater, less = (now[0], lasts[0]) if change.has("up") else (lasts[0], now[0])
        yield SumClaim(place(change), (place(greater), place(less)), "difference")


def _counts(mention: Mention) -> bool:
    return mention.token.kind == "number" and bool(mention.unit)


def _lists(found: Sequence[Mention]) -> Iterator[range]:
    """The percentages that follow each other as items of one list; most stand alone."""
    start = 0
    for number in range(1, len(found) + 1):
        joined = number < len(found) and found[number].mark in ("pause", "comma") and not found[number].words
        if not (joined and found[number].token.kind == found[start].token.kind == "percent"):
            yield range(start, number)
            start = number


def _part_of(found: Sequence[Mention], listed: range, number: int) -> list[Mention]:
    """The number that a share is of: the one before it; in a list, as many shares follow as many numbers in order."""
    parts = [m for m in found[: listed.start] if _counts(m)][-len(listed) :]
    if len(parts) < len(listed) or (len(listed) > 1 and parts[0].mark == "pause"):
        return []
    return [parts[number - listed.start]]


def _is_share(mention: Mention) -> bool:
    """Whether the words say “a share of” and nothing unknown."""
    if mention.mark == "open" and not mention.words:
        return True
    return mention.has("share") and all(
        word.kind in ("share", "fill", "each", "respectively") for word in mention.words
    )


def _parts(
    near: Sequence[Mention], before: Sequence[Mention]
) -> tuple[list[tuple[Decimal, Decimal]], Sequence[Mention]]:
    """The number just before as a part of any greater one of its unit, or of all that have a share of their own."""
    if not before or not before[-1].token.exact:
        return [], ()
    part = before[-1]
    with_share = {id(one) for one, other in pairwise(near) if other.token.kind == "percent" and _counts(one)}
    same = [m for m in near if _counts(m) and m.unit == part.unit and m is not part and m.token.exact]
    wholes = {m.value for m in same if m.value >= part.value and id(m) not in with_share}
    return [(part.value, whole) for whole in sorted(wholes) if whole], [part]


def _changes(
    mention: Mention, before: Sequence[Mention], after: Sequence[Mention], earlier: Sequence[Mention]
) -> tuple[list[tuple[Decimal, Decimal]], Sequence[Mention]]:
    """A change as a share of what there was before it: of a number less the change, or of last year's number."""
    changes = [m for m in before[-2:] if m.has("up", "down") and not m.has("to") and m.token.exact]
    change = changes[-1] if changes else None
    lasts = [m for m in (*before, *after[:1]) if m.has("last", "time") and not m.has("up", "down", "to")]
    unit = change.unit if change else lasts[-1].unit if lasts else ""
    if not unit or (mention.token.kind == "points" and change is None):
        return [], ()
    now = [
        m
        for m in (*earlier[-_NEAR:], *before, *after)
        if _counts(m) and m.unit == unit and m is not change and m not in lasts and m.token.exact
    ]
    falls = any(word.kind == "down" for word in mention.clause)
    pairs: list[tuple[Decimal, Decimal]] = []
    if change:
        pairs += [(change.value, m.value + change.value if falls else m.value - change.value) for m in now]
        pairs += [(change.value, m.value) for m in lasts]
    else:
        pairs += [(abs(m.value - lasts[-1].value), lasts[-1].value) for m in now]
    return [(part, whole) for part, whole in pairs if whole > 0], [change or lasts[-1]]


def _digits(mention: Mention) -> int:
    """How many digits stand behind the decimal point."""
    return max(0, -int(mention.value.as_tuple().exponent))

"""The printed header of a block against the labels it should have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from govlint.binding.tokens import Token
from govlint.chinese import fold

ALIKE = 0.4
"""Words that share so many of their characters (Dice) may be a misprinted label."""


LONGER = 1.6
"""A token so much longer than a label is several labels, none of them by itself."""


class HeaderFault(NamedTuple):
    """A label of the header that is not there: missing, printed otherwise, or cut short.

    ``token`` is what stands in its place, or the token of the header after which it should stand.
    """

    kind: str
    label: str
    token: Token | None


def compare_header(
    tokens: Sequence[Token], labels: Sequence[str], accepted: Mapping[str, Sequence[str]]
) -> list[HeaderFault]:
    """What of ``labels`` the header tokens do not show.

    Compared as multisets of characters, so order, line breaks and one character a line do not matter. A token
    that is the beginning of a lacking label is ``cut``; one alike is ``renamed``; else the label is ``missing``.
    A token of a label's characters in another order, or with letters that belong to no label, is ``renamed`` too.
    """
    names = {fold(label) for label in labels}
    tokens = _unmerge(tokens, names)
    printed = Counter("".join([token.folded for token in tokens]))
    wanted = Counter("".join([fold(label) for label in labels]))
    if printed == wanted and {token.folded for token in tokens} <= names:
        return []
    left = list(tokens)
    placed: list[tuple[str, Token]] = []
    lacking = []
    for label in labels:
        token = _find(left, [fold(label), *(fold(other) for other in accepted.get(label, ()))])
        if token is None:
            lacking.append(label)
        else:
            left.remove(token)
            placed.append((label, token))
    still = []
    for label in lacking:
        spellings = (label, *accepted.get(label, ()))
        last = next((piece for other in spellings if (piece := _take_pieces(left, fold(other)))), None)
        if last is None:
            still.append(label)
        else:
            placed.append((label, last))
    spare = printed - wanted if still else Counter()
    altered = [(label, _take_altered(left, fold(label), spare)) for label in still]
    faults = [HeaderFault("renamed", label, token) for label, token in altered if token]
    if not wanted - printed:
        return faults
    still = [label for label, token in altered if token is None and not _take_part(left, fold(label))]
    order = {id(token): number for number, token in enumerate(tokens)}
    placed = sorted((entry for entry in placed if id(entry[1]) in order), key=lambda entry: order[id(entry[1])])
    return [*faults, *(_fault(label, left, placed, labels) for label in still)]


def _unmerge(tokens: Sequence[Token], labels: Collection[str]) -> list[Token]:
    """The tokens without the copies that some exports print of a merged cell, along the line and down the column.

    Only whole labels are taken for copies: “结果” beside “结果” are halves of two labels.
    """
    across = [
        token
        for i, token in enumerate(tokens)
        if i == 0
        or token.folded not in labels
        or tokens[i - 1].folded != token.folded
        or tokens[i - 1].line != token.line
    ]
    if len(across) == len(tokens):
        return across
    seen = {(token.line, token.column): token.folded for token in tokens}
    return [token for token in across if seen.get((token.line - 1, token.column)) != token.folded]


def _find(tokens: Iterable[Token], names: Sequence[str]) -> Token | None:
    return next((token for token in tokens if token.folded in names), None)


def _take_pieces(left: list[Token], label: str) -> Token | None:
    """The last of the tokens that make up the label in reading order, not always adjoining; they are taken."""
    for start, token in enumerate(left):
        if not token.folded or not label.startswith(token.folded):
            continue
        taken, text = [token], token.folded
        for later in left[start + 1 : start + 40]:
            if text == label:
                break
            if later.folded and label.startswith(text + later.folded):
                taken.append(later)
                text += later.folded
        if text == label:
            for token_ in taken:
                left.remove(token_)
            return taken[-1]
    return None


def _take_altered(left: list[Token], label: str, spare: Counter[str]) -> Token | None:
    """A token of all the label's characters, in another order or with letters that are ``spare``; it is taken.

    Digits may be a value printed in the same cell, and brackets hold units and notes; these are not held against it.
    """
    for token in left:
        if not len(label) <= len(token.folded) <= LONGER * len(label) or token.folded == label:
            continue
        more = Counter(token.folded) - Counter(label)
        whole = len(token.folded) - more.total() == len(label)
        if whole and more <= spare and all(char.isalpha() for char in more):
            left.remove(token)
            return token
    return None


def _take_part(left: list[Token], label: str) -> bool:
    """Whether a token of several labels holds this one whole; it is then taken out of it."""
    for number, token in enumerate(left):
        if label in token.folded:
            left[number] = token._replace(folded=token.folded.replace(label, "", 1))
            return True
    return False


def _fault(label: str, left: list[Token], placed: Sequence[tuple[str, Token]], labels: Sequence[str]) -> HeaderFault:
    folded = fold(label)
    best, alike = None, 0.0
    for token in left:
        shared = sum((Counter(folded) & Counter(token.folded)).values())
        likeness = 2 * shared / (len(folded) + len(token.folded))
        if token.folded and likeness > alike and len(token.folded) <= LONGER * len(folded):
            best, alike = token, likeness
    if best is not None and len(best.folded) < len(folded) and folded.startswith(best.folded):
        left.remove(best)
        altered = len(folded) - len(best.folded) == 1 and len(folded) > 4
        return HeaderFault("renamed" if altered else "cut", label, best)
    if best is not None and alike >= ALIKE:
        left.remove(best)
        return HeaderFault("renamed", label, best)
    return HeaderFault("missing", label, _before(label, placed, labels))


def _before(label: str, placed: Sequence[tuple[str, Token]], labels: Sequence[str]) -> Token | None:
    """The token after which the missing label should stand: its predecessor, where another label follows it."""
    at = list(labels).index(label)
    for name in reversed(labels[:at]):
        for number, (other, token) in enumerate(placed):
            follower = placed[number + 1][0] if number + 1 < len(placed) else None
            if other == name and follower != label:
                return token
    return placed[0][1] if placed else None

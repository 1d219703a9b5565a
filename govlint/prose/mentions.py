"""The numbers of a sentence, each with the words that belong to it and the mark before them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from govlint.prose.tokens import Token

_MARKS = frozenset(("comma", "semicolon", "colon", "stop", "open", "close", "pause"))


class Mention(NamedTuple):
    """A number, percentage or difference of percentages.

    ``words`` are those between it and the number or mark before it, ``clause`` all words before it in its clause.
    ``mark`` is the mark that its words follow (empty: none, they follow a number), ``at`` its place among the
    tokens, ``depth`` how many brackets it stands in, ``group`` the bracket.
    """

    token: Token
    words: tuple[Token, ...]
    clause: tuple[Token, ...]
    mark: str
    at: int
    depth: int
    group: int

    @property
    def value(self) -> Decimal:
        return self.token.value or Decimal(0)

    @property
    def unit(self) -> str:
        return self.token.unit

    def has(self, *kinds: str) -> bool:
        """Whether a word of one of these kinds belongs to the number."""
        return any(word.kind in kinds for word in self.words)


def mentions(sentence: Sequence[Token]) -> list[Mention]:
    """The numbers of a sentence in reading order."""
    found: list[Mention] = []
    words: list[Token] = []
    clause: list[Token] = []
    mark, groups, opened = "", [0], 0
    for index, token in enumerate(sentence):
        if token.kind in _MARKS:
            if token.kind == "open":
                opened += 1
                groups.append(opened)
            elif token.kind == "close" and len(groups) > 1:
                groups.pop()
            words, mark = [], token.kind
            clause = clause if token.kind == "pause" else []
        elif token.kind in ("number", "percent", "points"):
            place = (mark, index, len(groups) - 1, groups[-1])
            found.append(Mention(token, tuple(words), tuple(clause), *place))
            words, mark = [], ""
        else:
            words.append(token)
            clause.append(token)
    return found

"""What earlier words of a paragraph settle for later numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from govlint.prose.lexicon import REQUESTS, Alternatives, Head
from govlint.prose.tokens import Token

_SCOPES = frozenset(("self", "town", "whole", "office", "parts", "others"))
_MANY = 150
"""So many words a clause may have, or those before it that wait for a number."""
_OTHER_TIMES = frozenset(("last", "next", "part", "time"))


@dataclass
class State:
    """Topic, scope and time in force, and what the last claim was about.

    ``topic`` is a table or empty; ``scope`` the kind of the last word for whose numbers these are; ``own_time``
    whether they are the report year's. ``blocked`` holds after a number of something unknown: what depends on it is
    unknown too; ``foreign`` after a number of another year or office, until the text comes back to its own.
    ``rows`` and ``remedy_rows`` are what shares by applicant or result are shares of; ``families`` what this
    sentence has claimed so far, ``received`` the last number of requests. ``disclosure`` tells that the sentence
    speaks of disclosure at all, ``other_remedies`` that its clause speaks of other reviews and suits,
    ``general_until`` before which place it speaks of those of all kinds, ``unscoped``
    that no word before the last one for whose numbers these are said so: all parts together are then the whole.
    """

    topic: str = ""
    scope: str = ""
    own_time: bool = True
    blocked: bool = False
    foreign: bool = False
    rows: Alternatives = ()
    remedy_rows: Alternatives = ()
    disclosure: bool = False
    other_remedies: bool = False
    general_until: int = 0
    families: tuple[str, ...] = ()
    received: Decimal | None = None
    unscoped: bool = True

    def notice(self, token: Token, clause: Sequence[Token]) -> None:
        """Take in a word; ``clause`` are the words of its clause before it."""
        if token.kind in _SCOPES:
            in_whole = token.kind in ("office", "parts") and any(word.kind == "whole" for word in clause)
            listed = token.kind == "parts" and self.unscoped and any(word.kind == "parts" for word in clause)
            self.unscoped = not self.scope or listed
            self.scope = "whole" if in_whole or listed else token.kind
            self.foreign = False
        elif token.kind == "this":
            carries = any(head.family == "carried" for word in clause for head in word.heads)
            if carries or not any(word.kind in ("time", "last") for word in clause):  # Else it ends a span of years.
                self.own_time, self.foreign = True, False
        elif token.kind == "since":
            self.own_time = any(word.kind == "this" for word in clause)
        elif token.kind in _OTHER_TIMES:
            self.own_time = self.own_time and any(word.kind == "compare" for word in clause)
        elif token.kind == "topic" or any(head.topical for head in token.heads):
            self.disclosure = True

    def claimed(self, family: str) -> None:
        """Take in that a number of this family was understood; what was said often is kept as said twice."""
        often = self.families.count(family)
        others = tuple(other for other in self.families if other != family)
        self.families = (*others, *[family] * min(often + 1, 2))

    def is_own(self, unit_type: str | None) -> bool:
        """Whether numbers are those of the agency that reports."""
        if not self.scope or self.scope == "self":
            return True
        if self.scope == "town":
            return unit_type == "township"
        if self.scope == "whole":
            return unit_type == "government"
        return self.scope == "office" and unit_type == "office"

    def leave_brackets(self, before: State) -> None:
        """What stood in brackets settles nothing for what follows them."""
        self.blocked, self.foreign = before.blocked, before.foreign
        self.own_time, self.scope, self.families = before.own_time, before.scope, before.families


@dataclass
class Clause:
    """Words since the last number or boundary; those of earlier clauses that still wait for their number.

    ``queue`` are heads that later numbers answer one by one (“respectively”). ``carries`` tells that it speaks of
    requests carried over, ``compares`` that it compares with another time, ``own_time`` whether the report's year
    was in force when it began. ``listed`` tells that its last number is an item of a list that was understood.
    """

    words: list[Token] = field(default_factory=list)
    waiting: list[Token] = field(default_factory=list)
    queue: list[Head] = field(default_factory=list)
    numbered: bool = False
    carries: bool = False
    compares: bool = False
    own_time: bool = True
    listed: bool = False

    def take(self, token: Token) -> None:
        """A word of the clause; one that goes on and on is unknown from there."""
        if len(self.words) >= _MANY:
            self.words = [token._replace(kind="gap", heads=())]
        self.words.append(token)
        self.carries = self.carries or any(head.family == "carried" for head in token.heads)
        self.compares = self.compares or token.kind == "compare"

    def end(self, token: Token, state: State) -> None:
        """A boundary: the words wait for a number in the next clause when this one had none itself."""
        heads = heads_of(self.words, state)
        if any(head.kind == "object" for head in heads) and not any(word.kind == "gap" for word in self.words):
            state.topic = state.topic or REQUESTS
        if token.kind in ("semicolon", "stop") or self.numbered:
            self.waiting = []
            self.queue = self.queue if self.numbered and token.kind == "comma" else []
        elif heads or self.waiting:
            self.waiting = [*self.waiting, *self.words] if len(self.waiting) < _MANY else []
        if self.carries or self.compares:  # The year there is where requests come from or go, or what is compared.
            state.own_time = self.own_time or state.own_time
        state.other_remedies = False
        self.words, self.numbered, self.carries, self.compares, self.listed = [], False, False, False, False
        self.own_time = state.own_time


def heads_of(tokens: Sequence[Token], state: State) -> list[Head]:
    """The heads among words, each in the meaning that it has in this place."""
    return [head for token in tokens if (head := head_of(token, state))]


def head_of(token: Token, state: State) -> Head | None:
    """The head of a word in this place, None when it has none here."""
    last = state.families[-1] if state.families else ""
    return next((head for head in token.heads if not head.after or head.after == last), None)


def is_unknown(token: Token, state: State) -> bool:
    """Whether a word may narrow what is counted in a way that nobody knows."""
    if token.heads and head_of(token, state) is None:
        return token.heads[0].otherwise == "gap"
    return token.kind in ("gap", "number", "percent", "points")

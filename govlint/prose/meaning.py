"""Heads → the rows and columns of the form that a number is of."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import NamedTuple

from govlint.prose.lexicon import REQUESTS, Alternatives, Head
from govlint.prose.state import State
from govlint.prose.tokens import Token

REMEDIES = "remedies"
_TOTAL: Alternatives = (("total",),)
_ANY_ROWS: Alternatives = (("received",), ("received", "carried_in"), ("total",))


class Meaning(NamedTuple):
    """Rows and columns of a table, each as sums of which any may be meant."""

    family: str
    table: str
    rows: Alternatives
    columns: Alternatives = _TOTAL

    @property
    def sums(self) -> tuple[tuple[tuple[str, str], ...], ...]:
        """The sums of cells, (row, column) each, of which any may be meant."""
        return tuple(
            tuple((row, column) for row in rows for column in columns) for rows in self.rows for columns in self.columns
        )


def meaning_of(heads: Sequence[Head], words: Sequence[Token], state: State, year: int | None) -> Meaning | None:
    """What a number under these heads is of; None where that is not told. Settles in ``state`` what depends on it."""
    nouns = [resolved(head, words, state, year) for head in heads if head.kind == "noun"]
    verbs = [head for head in heads if head.kind == "verb"]
    objects = [head for head in heads if head.kind == "object"]
    if any(head.table == REMEDIES for head in nouns):
        return _remedies([head for head in nouns if head.table == REMEDIES], verbs, words, state)
    if objects and (verbs or nouns):
        state.blocked, state.topic, state.remedy_rows = False, REQUESTS, ()
    directed = any(head.family == "carried" and head.rows and not head.own_time for head in nouns)
    if (state.blocked and not directed) or state.topic != REQUESTS:
        return None
    if any(not head.rows and not head.columns for head in nouns):
        return None
    found = _requests(nouns, verbs, objects, words, state)
    if found.columns == _TOTAL and not any(head.rows for head in nouns):
        state.rows = found.rows
    return found


def total_of(state: State) -> Meaning | None:
    """What “in all” is of when it follows parts: requests by applicant, received and carried in, review and suits."""
    families = set(state.families)
    if state.blocked or not families:
        return None
    if families == {"received", "carried"}:
        return Meaning("received", REQUESTS, (("received", "carried_in"),))
    if families == {"remedies"} and len(state.families) > 1:
        return Meaning("remedies", REMEDIES, (("review", "direct", "after_review"),))
    return None


def resolved(head: Head, words: Sequence[Token], state: State, year: int | None) -> Head:
    """“Carried over” without a direction: from last year or to the next, as the years beside it tell.

    Without a year, what is carried over after the requests answered goes to the next.
    """
    if head.own_time and any(token.kind in ("last", "time") for token in words):
        return head._replace(rows=(("carried_in",),))
    if head.family != "carried" or head.rows:
        return head
    if not any(token.kind in ("last", "next", "time") for token in words):
        return head._replace(rows=(("carried_out",),)) if "disposed" in state.families else head
    rows = {_direction(token, year) for token in words if token.kind in ("last", "next", "time")}
    return head._replace(rows=((row,),)) if len(rows) == 1 and (row := rows.pop()) else head


def _direction(token: Token, year: int | None) -> str:
    """The row that is carried from or to the time that a word names; empty for another year."""
    distance = {"last": -1, "next": 1}.get(token.kind, (token.year or 0) - (year or 0))
    return {-1: "carried_in", 1: "carried_out"}.get(distance, "")


def _requests(
    nouns: Sequence[Head], verbs: Sequence[Head], objects: Sequence[Head], words: Sequence[Token], state: State
) -> Meaning:
    by_row = specific([head for head in nouns if head.rows])
    columns = _sum_of([head.columns for head in nouns if head.columns]) or _TOTAL
    if by_row and by_row[0].family == "carried" and verbs and _listed(words):
        return Meaning("received", REQUESTS, (("received", "carried_in"),), columns)
    if by_row:
        return Meaning(by_row[0].family, REQUESTS, _sum_of([head.rows for head in by_row]), columns)
    if verbs or objects:
        leading = verbs or objects
        family = "received" if any(head.family == "received" for head in leading) else leading[-1].family
        return Meaning(family, REQUESTS, _either([head.rows for head in leading]), columns)
    return Meaning("received", REQUESTS, state.rows or _ANY_ROWS, columns)


def _remedies(nouns: Sequence[Head], verbs: Sequence[Head], words: Sequence[Token], state: State) -> Meaning | None:
    named = any(head.topical for head in nouns) or any(token.kind == "topic" for token in words)
    handled = not named and any(verb.family == "disposed" for verb in verbs)
    if handled or any(verb.never_with == REMEDIES for verb in verbs):
        state.remedy_rows, state.topic = (), REMEDIES
        return None
    if state.other_remedies or not (state.topic or state.disclosure):
        return None
    by_row = _sum_of([head.rows for head in specific([head for head in nouns if head.rows])])
    columns = _sum_of([head.columns for head in nouns if head.columns])
    rows = by_row or state.remedy_rows
    if not rows:
        return None
    state.remedy_rows = rows
    state.topic = REMEDIES
    return Meaning(REMEDIES, REMEDIES, rows, columns or _TOTAL)


def _listed(words: Sequence[Token]) -> bool:
    """Whether the words name several things that are counted together."""
    first = next((index for index, token in enumerate(words) if token.heads), len(words))
    return any(token.kind in ("and", "also", "pause") for token in words[first:])


def specific(heads: Sequence[Head]) -> list[Head]:
    """The heads without a group whose member is named beside it."""
    return [
        head
        for head in heads
        if not any(other is not head and _holds(head.rows, other.rows) and other.rows != head.rows for other in heads)
    ]


def _holds(group: Alternatives, member: Alternatives) -> bool:
    return bool(group and member) and all(
        any(fnmatchcase(row, pattern) for pattern in group[0]) for reading in member for row in reading
    )


def _sum_of(alternatives: Sequence[Alternatives]) -> Alternatives:
    """Several heads together: every way of choosing one reading of each, added up; the same head counts once."""
    sums: Alternatives = ()
    for number, readings in enumerate(dict.fromkeys(alternatives)):
        sums = readings if not number else tuple(tuple(dict.fromkeys((*one, *two))) for one in sums for two in readings)
    return sums


def _either(alternatives: Sequence[Alternatives]) -> Alternatives:
    """Any of several heads: all their readings."""
    return tuple(dict.fromkeys(reading for readings in alternatives for reading in readings))

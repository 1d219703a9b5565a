"""Tokens of a paragraph → what it says of cells of the form.

A number belongs to the words between it and the number or clause before it. What these words leave open (whose
number, of which year, of which part of the requests) is never guessed: an unknown word in between, another year or
another office's number makes no claim, nor do the numbers that depend on it.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from govlint.model.claim import CellClaim
from govlint.prose.denials import denied_in
from govlint.prose.lexicon import REQUESTS, Head, Lexicon
from govlint.prose.meaning import REMEDIES, Meaning, meaning_of, resolved, total_of
from govlint.prose.neighbours import (
    all_of_kind,
    general_until,
    leading,
    narrowed,
    object_listed,
    speaks_of_one,
    until_boundary,
)
from govlint.prose.paragraphs import Paragraph
from govlint.prose.state import Clause, State, head_of, heads_of, is_unknown
from govlint.prose.tokens import Token, sentences

_BOUNDARIES = frozenset(("comma", "semicolon", "colon", "stop", "open", "close"))
_THINGS = frozenset(("gap", "self", "town", "office", "parts", "others"))
_COMPARING = frozenset(("compare", "up", "down", "to", "share"))
Topic = Callable[[str], str]


class CellReader:
    """Reads the paragraphs of a report of an agency of the unit type given."""

    def __init__(self, lexicon: Lexicon, unit_type: str | None, year: int | None) -> None:
        self.lexicon = lexicon
        self.unit_type = unit_type
        self.year = year

    def read(self, paragraph: Paragraph, tokens: Sequence[Token], topic: str, topic_of: Topic) -> Iterator[CellClaim]:
        """The claims of a paragraph.

        ``topic`` is the table that its sub-heading or section speaks of; ``topic_of`` tells it for a sub-heading
        inside the paragraph.
        """
        state = State(topic)
        for number, sentence in enumerate(sentences(tokens)):
            kinds = [token.kind for token in sentence if token.kind != "fill"]
            if number and _is_heading(sentence):
                state = State(topic_of(_text(sentence)))
            if kinds[:1] != ["among"]:
                state.own_time = True
                state.families = state.families[-1:]
            yield from self._sentence(paragraph, sentence, state)

    def _sentence(self, paragraph: Paragraph, sentence: Sequence[Token], state: State) -> Iterator[CellClaim]:
        clause = Clause(own_time=state.own_time)
        state.general_until = general_until(sentence, self.lexicon.within)
        stack: list[tuple[list[Token], State]] = []
        skipped = -1
        for index, token in enumerate(sentence):
            if index <= skipped:
                state.notice(token, clause.words)
            elif token.kind == "number" and self._counts(token, clause, sentence[index + 1 :], state):
                used = yield from self._number(paragraph, token, sentence[index + 1 :], clause, state, len(stack))
                skipped = index + used
                clause.words, clause.numbered = [], True
            elif token.kind in _BOUNDARIES:
                yield from self._end(paragraph, clause, state)
                if token.kind == "open":
                    stack.append((clause.words, replace(state)))
                    clause.words = []
                elif token.kind == "close" and stack:
                    clause.words, before = stack.pop()
                    state.leave_brackets(before)
                else:
                    clause.end(token, state)
            else:
                if token.kind == "number" and token.text[:1].isdigit() and _has_gap(clause.words):
                    state.blocked = True  # Numbers of other things: what follows without naming its own is theirs.
                state.notice(token, clause.words)
                clause.take(token)
        yield from self._end(paragraph, clause, state)
        clause.end(Token("stop", 0, 0, ""), state)

    def _counts(self, number: Token, clause: Clause, after: Sequence[Token], state: State) -> bool:
        """Whether a number counts requests or cases: by its unit, or by its place where it has none."""
        if number.unit in self.lexicon.loose_units and any(word.kind in _THINGS for word in until_boundary(after)):
            return False
        if number.unit or not clause.words:
            return number.unit in self.lexicon.count_units or bool(clause.queue and not number.unit)
        if after and after[0].kind not in (*_BOUNDARIES, "pause"):
            return False
        last = clause.words[-1]
        head = head_of(last, state)
        listed = clause.queue or any(word.kind == "respectively" for word in clause.words)
        return bool(listed) or last.text in self.lexicon.equals or (head is not None and head.kind == "noun")

    def _number(
        self,
        paragraph: Paragraph,
        number: Token,
        after: Sequence[Token],
        clause: Clause,
        state: State,
        depth: int,
    ) -> Generator[CellClaim, None, int]:
        """The claims of one number; returns how many words behind it belong to it and no other."""
        words, right, used = clause.words, until_boundary(after), 0
        kinds = {token.kind for token in words}
        if kinds & _COMPARING or "aside" in kinds or any(token.kind == "aside" for token in right):
            return used
        heads = heads_of(words, state)
        unknown = any(is_unknown(token, state) for token in words)
        if not heads:
            used = len(right)
            found, more = self._elsewhere(words, right, clause, state, depth)
            if found is None:
                return used
            heads = found
            unknown = unknown or any(is_unknown(token, state) for token in more)
            words = [*more, *words]
        elif all(head.kind == "verb" for head in heads):
            behind = [head for head in heads_of(right, state) if head.kind == "object"]
            unknown = unknown or (bool(behind) and narrowed(right))
            heads = [*heads, *behind[:1]]
        if "rest" in kinds and all(head.kind != "noun" for head in heads) and state.families[-1:] != ("carried",):
            unknown = True
        if unknown:
            self._block(words, heads, clause, state)
        elif heads and not speaks_of_one(number, words, right, heads, self.lexicon):
            yield from self._claims(paragraph, number, words, heads, clause, state)
        elif not heads and "total" in kinds and (meant := total_of(state)):
            yield from self._claim(paragraph, number, meant)
        return used

    def _block(self, words: Sequence[Token], heads: Sequence[Head], clause: Clause, state: State) -> None:
        """After a number of something unknown; an unknown item of a list that is understood is only that item."""
        nouns = [head for head in heads if head.kind == "noun"]
        if any(head.table == REMEDIES for head in nouns):
            state.other_remedies = state.blocked = True
            return
        row_alone = nouns and len(nouns) == len(heads)
        item = clause.listed and words[:1] and words[0].kind == "pause"
        opening = not state.families and any(head.family == "disposed" for head in heads)  # Papers are refused, too.
        if opening or (not row_alone and not item):
            state.blocked = True

    def _elsewhere(
        self, words: Sequence[Token], right: Sequence[Token], clause: Clause, state: State, depth: int
    ) -> tuple[list[Head] | None, list[Token]]:
        """The heads of a number that has none before it: behind it, in the clauses before, or next in a list.

        None for the heads when the words behind narrow what is counted.
        """
        behind = leading(right, state)
        heads = heads_of(behind, state)
        whole = any(word.kind == "total" for word in words) or (
            len(behind) == len(right) and bool(right) and right[-1].text in self.lexicon.within
        )
        if heads and (whole or any(head.kind != "object" for head in heads)):
            if len(behind) < len(right):
                state.blocked = True
                return None, []
            return heads, behind
        if heads:
            state.blocked = True
            return None, []
        if clause.queue:
            return [clause.queue.pop(0)], []
        if depth or any(token.kind in _COMPARING for token in clause.waiting):
            return ([] if any(is_unknown(token, state) for token in words) else None), []
        return heads_of(clause.waiting, state), clause.waiting

    def _claims(
        self,
        paragraph: Paragraph,
        number: Token,
        words: Sequence[Token],
        heads: Sequence[Head],
        clause: Clause,
        state: State,
    ) -> Iterator[CellClaim]:
        carried = any(head.family == "carried" and not head.own_time for head in heads)
        if not state.is_own(self.unit_type) or not (state.own_time or carried):
            state.foreign = True
        if state.foreign:
            return
        if number.start < state.general_until and any(head.table == REMEDIES for head in heads):
            state.other_remedies = state.blocked = True
            state.remedy_rows = ()
            return
        kinds = {token.kind for token in words}
        groups = [list(heads)]
        if "respectively" in kinds and len(heads) > 1:
            clause.queue = list(heads[1:])
            groups = [[heads[0]]]
        elif "each" in kinds and len(heads) > 1:
            groups = [[head] for head in heads if head.kind == "noun"]
            groups += [[head for head in heads if head.kind != "noun"]] if object_listed(words) or not groups else []
        for group in groups:
            meant = meaning_of(group, words, state, self.year)
            if meant is None:
                continue
            clause.listed = True
            state.claimed(meant.family)
            if meant.family == "received" and meant.columns == (("total",),):
                state.received = number.value
            if number.exact:
                yield from self._claim(paragraph, number, meant)

    def _claim(self, paragraph: Paragraph, number: Token, meant: Meaning) -> Iterator[CellClaim]:
        place = paragraph.phrase(number.start, number.end)
        yield CellClaim(meant.family, meant.table, meant.sums, number.value or Decimal(0), place)

    def _end(self, paragraph: Paragraph, clause: Clause, state: State) -> Iterator[CellClaim]:
        """What a clause without a number says: that there were none, or that all were of one kind."""
        if clause.numbered or state.foreign or not state.is_own(self.unit_type):
            return
        denied, first, stop = denied_in(clause.words, state)
        by_applicant = [head for head in denied if head.columns]
        if by_applicant and any(head.family == "carried" for head in denied):
            return
        for head in by_applicant or denied:
            if not (state.own_time or head.family == "carried"):
                continue
            if head.table != REQUESTS and not (state.topic or state.disclosure):
                continue
            place = paragraph.phrase(clause.words[first].start, clause.words[stop - 1].end)
            yield CellClaim(head.family, head.table, self._denied(head, clause, state), Decimal(0), place, True)
        kind = None if denied else all_of_kind(clause.words, state)
        if kind is not None and state.received is not None and not state.blocked:
            place = paragraph.phrase(clause.words[0].start, clause.words[-1].end)
            meant = Meaning(kind.family, REQUESTS, state.rows, kind.columns)
            yield CellClaim(kind.family, REQUESTS, meant.sums, state.received, place)

    def _denied(self, head: Head, clause: Clause, state: State) -> tuple[tuple[tuple[str, str], ...], ...]:
        """The cells that a denial says are 0: of the first reading, which every other one includes."""
        meant = resolved(head, clause.words, state, self.year)
        rows = meant.rows or ((("received",),) if head.columns else (("carried_out",),))
        columns = meant.columns or (("total",),)
        return Meaning(head.family, head.table, rows[:1], columns[:1]).sums


def _has_gap(words: Sequence[Token]) -> bool:
    return any(word.kind == "gap" for word in words)


def _is_heading(sentence: Sequence[Token]) -> bool:
    """Whether a sentence begins with the number of a sub-heading, not of an item of a list."""
    return sentence[0].kind == "ordinal" and not any(char.isdigit() for char in sentence[0].text)


def _text(sentence: Sequence[Token]) -> str:
    return "".join(token.text for token in sentence if token.kind != "ordinal")

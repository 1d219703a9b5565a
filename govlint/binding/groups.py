"""Labels of groups of rows, and the note of a table: altered, or missing where all their fellows stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from govlint.binding.bound import BoundRow, BoundTable
from govlint.binding.tokens import Token, phrase_of, span_of, text_of
from govlint.chinese import any_number, fold
from govlint.model.edition import TableForm
from govlint.model.report import Gap, Wording

ALIKE = 0.6
"""Words that share so many of their characters (Dice) with a label are that label, altered."""
MORE = 2
"""So many letters too many may stand in an altered label; more are other words."""
_NEAR_NOTE = 24
"""The note stands in one of so many tokens before the first row."""


def group_gaps(bound: BoundTable, due: TableForm | None) -> Iterator[Gap]:
    """A gap for each group whose label is printed otherwise, or lacks while most other groups have theirs.

    Only groups that the form due has as well are looked for. A label that a merged cell spreads over several lines
    counts as printed when its characters stand there in order.
    """
    wanted = {group for row in (due or bound.form).rows for group in row.groups}
    rows = [row for row in bound.rows if row.run is not None]
    states = [(group, *_state(group, members)) for group, members in _groups(rows) if group in wanted]
    there = sum(state != "missing" for _, state, _ in states)
    for group, state, tokens in states:
        if state == "renamed":
            place, printed = span_of(tokens), text_of(tokens)
            wording = Wording(phrase_of(tokens), group)
            yield Gap("renamed", "group", place, bound.form.id, expected=group, printed=printed, wordings=(wording,))
        elif state == "missing" and tokens and there > len(states) / 2:
            yield Gap("missing", "group", span_of(tokens), bound.form.id, expected=group)


def note_gaps(bound: BoundTable) -> Iterator[Gap]:
    """A gap when the note before the first row has other words than the form's. Many reports leave it out."""
    first = next((row for row in bound.rows if row.run is not None and row.label), None)
    note = fold(bound.form.note or "").strip("()")
    if first is None or first.run is None or not note:
        return
    tokens = [token for token in first.run.labels if token not in first.label][-_NEAR_NOTE * 2 :]
    if note in "".join(token.folded for token in tokens):
        return
    alike = [token for token in tokens if len(token.folded) > MORE and _dice(token.folded, note) >= ALIKE][:1]
    pieces = _pieces(tokens, note)  # All of its lines, where it is broken into several.
    alike = max((alike, pieces), key=lambda words: _dice("".join(token.folded for token in words), note))
    printed = "".join(token.folded for token in alike).strip("()")
    broken = note.startswith(printed) or note.endswith(printed)  # Its other lines stand among the header's cells.
    if not broken and _dice(printed, note) >= ALIKE:
        words, printed = bound.form.note or "", text_of(alike)
        wordings = (Wording(phrase_of(alike), words),)
        yield Gap("renamed", "note", span_of(alike), bound.form.id, expected=words, printed=printed, wordings=wordings)


def _pieces(tokens: Sequence[Token], note: str) -> list[Token]:
    """Adjoining tokens that hardly hold anything but the note's characters."""
    return [token for token in tokens if len(token.folded) > MORE and _share(token.folded, note) >= ALIKE]


def _groups(rows: Sequence[BoundRow]) -> Iterator[tuple[str, list[BoundRow]]]:
    """Each group with its rows that were found."""
    members: dict[str, list[BoundRow]] = {}
    for row in rows:
        for group in row.form.groups:
            members.setdefault(group, []).append(row)
    yield from members.items()


def _state(group: str, rows: Sequence[BoundRow]) -> tuple[str, list[Token]]:
    """``there``, ``renamed`` or ``missing``, with the tokens where it stands or should stand."""
    label = fold(group)
    bare = _unnumbered(label)
    loose = [token for row in rows for token in _beside(row)]
    names = {label, bare}
    taken = (token for row in rows for token in row.label)  # By a row whose own label lacks.
    if any(token.folded.rstrip(":,") in names for token in (*loose, *taken)):
        return "there", []
    text = "".join(token.folded for token in loose)
    wrapped = _in_order(bare, text)  # A narrow or broken cell prints it in pieces.
    altered = [token for token in loose if _alters(token.folded, bare)]
    altered = [token for token in altered if not (wrapped and _unnumbered(token.folded) in bare)]
    if altered:
        return "renamed", altered[:1]
    if label in text or bare in text or wrapped:
        return "there", []
    if any(len(token.folded) > 1 and bare.startswith(_unnumbered(token.folded)) for token in loose):
        return "there", []  # Cut short: where columns are narrow many labels are.
    return "missing", list(rows[0].label)


def _beside(row: BoundRow) -> list[Token]:
    """The label tokens of a row's run that are not its own label."""
    assert row.run is not None
    own = {(token.line, token.column, token.start) for token in row.label}
    return [token for token in row.run.labels if (token.line, token.column, token.start) not in own and token.folded]


def _unnumbered(printed: str) -> str:
    return printed[any_number(printed)[1] :]


def _alters(printed: str, bare: str) -> bool:
    """Whether a token is the label with letters changed, exchanged, lost from its middle, or too many."""
    words = _unnumbered(printed)
    if not words or words == bare or len(words) > len(bare) + MORE:
        return False
    if bare.startswith(words):
        return len(bare) - len(words) == 1  # More is cut off where columns are narrow.
    return any(char.isalpha() for char in (Counter(words) - Counter(bare)) or words) and _dice(words, bare) >= ALIKE


def _dice(one: str, other: str) -> float:
    shared = sum((Counter(one) & Counter(other)).values())
    return 2 * shared / (len(one) + len(other))


def _share(part: str, whole: str) -> float:
    """How much of a text is characters of the other."""
    return sum((Counter(part) & Counter(whole)).values()) / len(part)


def _in_order(label: str, text: str) -> bool:
    """Whether the characters of a label stand in a text in their order, others between them or not."""
    rest = iter(text)
    return all(char in rest for char in label)

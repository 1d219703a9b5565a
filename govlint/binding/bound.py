"""What binding a table of rows works on: its rows with the runs bound to them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from govlint.binding.placing import NOTHING, Placed
from govlint.binding.tokens import Run, Token
from govlint.model.edition import RowForm, TableForm


@dataclass(eq=False)
class BoundRow:
    """A row of the form and what of the document was bound to it."""

    form: RowForm
    run: Run | None = None
    run_number: int = -1
    how: str | None = None
    label: tuple[Token, ...] = ()
    placed: Placed = NOTHING
    moved: bool = False
    stray_label: Token | None = None
    """Its label where it stands without values, when nothing was bound."""

    @property
    def cells(self) -> tuple[Token | None, ...] | None:
        return self.placed.cells


@dataclass(eq=False)
class BoundTable:
    """One table as bound: its rows in the order of the form, and runs of it that are none of its rows."""

    form: TableForm
    layout: str
    rows: list[BoundRow]
    found: bool = False
    first: int = 0
    last: int = -1
    again: list[tuple[Run, RowForm]] = field(default_factory=list)
    unknown: list[Run] = field(default_factory=list)
    stray_values: list[tuple[Token, ...]] = field(default_factory=list)
    second: tuple[Token, Token] | None = None
    """First and last token of a second table of the kind."""
    second_runs: frozenset[int] = frozenset()

    def give_up(self, taken: Collection[int]) -> None:
        """Forget strange rows that are rows of another table; ``taken`` are the id()s of its runs."""
        self.unknown = [run for run in self.unknown if id(run) not in taken]
        self.again = [(run, row) for run, row in self.again if id(run) not in taken]

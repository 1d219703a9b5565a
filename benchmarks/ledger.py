"""The figures so far, kept after each row, so that a run that was ended goes on where it was."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.bench import Bench, state


class Ledger:
    """The cells of the rows that have been measured, by part and row."""

    def __init__(self, bench: Bench, *, again: bool) -> None:
        self._path = bench.folder / f"figures-{state()}-{bench.scale.name}.json"
        self._again = again
        self._cells: dict[str, dict[str, list[str]]] = {}
        if self._path.exists():
            self._cells = json.loads(self._path.read_text(encoding="utf-8"))

    def get(self, part: str, what: str) -> tuple[str, ...] | None:
        """The cells of a row, None if it is to be measured."""
        cells = None if self._again else self._cells.get(part, {}).get(what)
        return tuple(cells) if cells is not None else None

    def put(self, part: str, what: str, cells: tuple[str, ...]) -> None:
        """Keep the cells of a row."""
        self._cells.setdefault(part, {})[what] = list(cells)
        new = Path(f"{self._path}.new")
        new.write_text(json.dumps(self._cells, ensure_ascii=False, indent=1), encoding="utf-8")
        new.replace(self._path)

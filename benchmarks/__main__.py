"""``python -m benchmarks``: every table, or some, on standard output or into a page; what is going on, on error."""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks import batches, floor, growing, peers, stages, starting, tables
from benchmarks.bench import FULL, QUICK, Bench, Part, Unavailable
from benchmarks.ledger import Ledger
from govlint.datafiles import cache_folder

PARTS = {
    part.name: part
    for part in (
        starting.PART,
        peers.PART,
        floor.PART,
        stages.PART,
        growing.PART,
        batches.CACHE_PART,
        batches.PART,
    )
}
"""What can be measured, in this order: the longest last."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure what is asked for."""
    gc.set_threshold(100_000, 50, 1000)  # As the command does.
    asked = _parser().parse_args(arguments)
    bench = Bench(QUICK if asked.quick else FULL, asked.work, asked.peers)
    bench.folder.mkdir(parents=True, exist_ok=True)
    ledger = Ledger(bench, again=asked.again)
    for name in asked.only or PARTS:
        part = PARTS[name]
        text = tables.table(part.columns, measure(part, bench, ledger), tables.made_with(bench))
        print(f"## {name}\n\n{text}", flush=True)
        if asked.write:
            tables.write(asked.write, {name: text})


def measure(part: Part, bench: Bench, ledger: Ledger) -> list[tuple[str, ...]]:
    """The rows of a part; those that were measured before are taken as they are."""
    rows = []
    tasks = part.tasks(bench)
    for number, task in enumerate(tasks, 1):
        cells = ledger.get(part.name, task.what)
        if cells is None:
            begun = time.monotonic()
            _say(f"{part.name} {number}/{len(tasks)}: {task.what} …")
            try:
                cells = task.measure()
                ledger.put(part.name, task.what, cells)
                _say(f"    {' | '.join(cells)}  ({time.monotonic() - begun:.0f} s)")
            except Unavailable as error:
                cells = (f"not measured: {error}".replace("|", "/"),)
                _say(f"    {cells[0].upper()}")
        rows.append((task.what, *cells))
    return rows


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m benchmarks", description="Measure govlint, as ratios on one machine.")
    parser.add_argument("--only", action="append", choices=list(PARTS), help="this table alone; may be given again")
    parser.add_argument("--quick", action="store_true", help="few reports and runs: a few minutes, rougher figures")
    parser.add_argument("--peers", action="store_true", help="install other linters from their registries, to compare")
    parser.add_argument("--write", type=Path, metavar="FILE", help="put the tables into this page too")
    parser.add_argument("--again", action="store_true", help="measure also what an earlier run has measured")
    parser.add_argument(
        "--work",
        type=Path,
        metavar="DIR",
        default=cache_folder().with_name("govlint-benchmarks"),
        help="keeps reports, environments and figures between runs; default: %(default)s",
    )
    return parser


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("ended; the same command goes on where it was")

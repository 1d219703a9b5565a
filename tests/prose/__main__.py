"""Measures the rules against the corpora: python -m tests.prose [FILE…] [-v] [--seed N] [--times K]."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random

from govlint.linter import load_linter

from .corpus import RULES, Item, load
from .scoring import Alarm, Outcome, Trial, judge

CORPORA = Path(__file__).parent


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.prose", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, help="corpora; all of this folder without any")
    parser.add_argument("-v", action="store_true", dest="verbose", help="print the text of every miss")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--times", type=int, default=1, help="how often each item is filled, with other figures")
    options = parser.parse_args(arguments)
    linter = load_linter()
    edition = next(edition for edition in linter.editions if edition.id == "2021")
    for path in options.files or sorted(CORPORA.glob("*.yaml")):
        items = load(path)
        outcomes: list[Outcome] = []
        for item in items:
            for turn in range(options.seed, options.seed + options.times):
                outcomes += judge(item, linter, edition, Random(f"{item.id} {turn}"))
        report(path, items, outcomes, verbose=options.verbose)


def report(path: Path, items: Sequence[Item], outcomes: Sequence[Outcome], *, verbose: bool) -> None:
    """Prints recall by rule, the slots that went unnoticed, and every false alarm."""
    trials = [outcome for outcome in outcomes if isinstance(outcome, Trial)]
    alarms = [outcome for outcome in outcomes if isinstance(outcome, Alarm)]
    kinds = Counter(item.kind for item in items)
    print(f"{path.name}: {kinds['statement']} statements, {kinds['trap']} traps")
    for rule in sorted({trial.rule for trial in trials}):
        score("  " + rule, [trial for trial in trials if trial.rule == rule])
    score("  all", trials)
    missed = Counter((trial.item, trial.place, trial.rule) for trial in trials if not trial.noticed)
    examples = {(trial.item, trial.place, trial.rule): trial.text for trial in trials if not trial.noticed}
    for key, count in sorted(missed.items()):
        print(f"  missed {count}×: {' '.join(key)}" + (f"\n      {examples[key]}" if verbose else ""))
    false = Counter(alarm for alarm in alarms if alarm.rule in RULES)
    kind_of = {item.id: item.kind for item in items}
    print(f"  false alarms: {sum(false.values())}, in {len({alarm.item for alarm in false})} items")
    for alarm, count in sorted(false.items()):
        print(f"    {alarm.item} ({kind_of[alarm.item]}): {alarm.rule} {count}× {alarm.words}\n      {alarm.text}")
    for alarm in sorted({alarm for alarm in alarms if alarm.rule not in RULES}):
        print(f"  round the item: {alarm.item}: {alarm.rule} {alarm.severity} {alarm.words}")


def score(name: str, trials: Sequence[Trial]) -> None:
    noticed = sum(trial.noticed for trial in trials)
    print(f"{name}: {noticed} of {len(trials)}" + (f" ({noticed / len(trials):.1%})" if trials else ""))


if __name__ == "__main__":
    main()

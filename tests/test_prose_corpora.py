"""Sentences written by hand, apart from the words that look for them: what is noticed of them, and what wrongly.

``python -m tests.prose -v`` prints every miss. The floors are a little below what was measured, so that a loss is seen.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random

import pytest
from prose.corpus import RULES, load
from prose.scoring import Alarm, Trial, judge

from govlint.linter import load_linter

CORPORA = Path(__file__).parent / "prose"
FLOORS = {"everyday": 0.90, "heldout": 0.78, "fresh": 0.86}
LINTER = load_linter()
EDITION = next(edition for edition in LINTER.editions if edition.id == "2021")
pytestmark = pytest.mark.long


@cache
def outcomes(name: str) -> tuple[Trial | Alarm, ...]:
    """What came of every item of a corpus, filled once."""
    items = load(CORPORA / f"{name}.yaml")
    return tuple(found for item in items for found in judge(item, LINTER, EDITION, Random(f"{item.id} 1")))


def test_every_corpus_has_a_floor():
    assert set(FLOORS) == {path.stem for path in CORPORA.glob("*.yaml")}


@pytest.mark.parametrize("name", FLOORS)
def test_no_false_alarm(name):
    alarms = [found for found in outcomes(name) if isinstance(found, Alarm)]
    assert not [f"{alarm.item}: {alarm.rule} {alarm.text}" for alarm in alarms if alarm.rule in RULES]
    assert not [f"{alarm.item}: {alarm.rule} {alarm.words}" for alarm in alarms if alarm.severity != "info"]


@pytest.mark.parametrize("name", FLOORS)
def test_recall(name):
    trials = [found for found in outcomes(name) if isinstance(found, Trial)]
    recall = sum(trial.noticed for trial in trials) / len(trials)
    assert recall >= FLOORS[name], f"{recall:.3f} of {len(trials)}"

"""Where the time of a report goes: decoding, parsing, binding, prose, each kind of check, merging, writing."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from functools import cache, partial
from itertools import islice
from pathlib import Path
from statistics import median

from benchmarks.batches import KINDS
from benchmarks.bench import Bench, Part, Task
from benchmarks.corpus import paths
from govlint.checks import KINDS as CHECKS
from govlint.judging import judge
from govlint.linter import Linter, load_linter
from govlint.model.diagnostic import Result
from govlint.model.handling import Found
from govlint.model.report import Report
from govlint.readers import read
from govlint.readers.decoding import decode
from govlint.rootcause import merge
from govlint.writers import WRITERS, load
from govlint.writers.language import Language

Stages = Mapping[str, float]
DECODE, PARSE, BIND, PROSE, MERGE, LINK = "decode", "parse", "bind", "prose", "merge root causes", "compare reports"
WHOLE = "read, bind and judge"
"""All that is done with a report by itself."""
FORMS = ("concise", "json", "sarif")


def tasks(bench: Bench) -> list[Task]:
    """A row for each stage."""
    kinds = [f"check: {name}" for name in sorted(CHECKS)]
    writing = [f"write: {form}" for form in FORMS]
    rows = [DECODE, PARSE, BIND, PROSE, *kinds, MERGE, LINK, *writing, WHOLE]
    return [Task(stage, partial(_cells, bench, stage)) for stage in rows]


PART = Part("stages", ("stage", *(f"{kind}: CPU per report" for kind in KINDS)), tasks)


def _cells(bench: Bench, stage: str) -> tuple[str, ...]:
    seconds = [_stages(bench, kind).get(stage) for kind in KINDS]
    return tuple("" if each is None else f"{each * 1e3:.3f} ms" for each in seconds)


@cache
def _linter() -> Linter:
    return load_linter()


@cache
def _stages(bench: Bench, kind: str) -> Stages:
    """Median seconds of processor time for a report, by stage. No report is looked at twice: some work is kept."""
    files = iter(paths(bench.folder, kind, bench.scale.few))
    count = bench.scale.sample
    _one_round(list(islice(files, 1)), [])
    rounds = [_one_round(list(islice(files, count)), list(islice(files, count))) for _ in range(bench.scale.rounds)]
    return {stage: median(each[stage] for each in rounds) / count for stage in rounds[0]}


class _Clock:
    """Adds up processor time by stage."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.since = time.process_time()

    def start(self) -> None:
        self.since = time.process_time()

    def stop(self, stage: str) -> None:
        now = time.process_time()
        self.seconds[stage] += now - self.since
        self.since = now


def _one_round(apart: list[Path], whole: list[Path]) -> Stages:
    """Seconds of the stages of some reports, taken one by one, and of others as the linter does them."""
    clock, linter = _Clock(), _linter()
    for path in apart:
        _take_apart(path.read_bytes(), path.name, linter, clock)
    results = []
    for path in whole:
        data = path.read_bytes()
        clock.start()
        results.append(linter.check_bytes(data, path.name))
        clock.stop(WHOLE)
    clock.start()
    linter.link(results)
    clock.stop(LINK)
    _write(results, linter, clock)
    return clock.seconds


def _take_apart(data: bytes, name: str, linter: Linter, clock: _Clock) -> None:
    """The stages of the linter one by one, in its order: what one prepares for the others is told as its own."""
    clock.start()
    document = read(data, name)
    clock.stop(PARSE)
    if document.source.encoding:  # It is text, which reading has decoded too.
        before = clock.seconds[DECODE]
        decode(data, markup=document.source.kind == "html")
        clock.stop(DECODE)
        clock.seconds[PARSE] -= clock.seconds[DECODE] - before
    report = linter.binder.bind(document)
    clock.stop(BIND)
    report = replace(report, claims=linter.prose.read(report))
    clock.stop(PROSE)
    _judge(report, linter, clock)


def _judge(report: Report, linter: Linter, clock: _Clock) -> None:
    every: list[Found] = []
    for rule in linter.in_force:
        clock.start()
        found, _ = judge(rule, report)
        clock.stop(f"check: {rule.kind.name}")
        every += ((rule, finding) for finding in found)
    clock.start()
    merge(report, linter.in_force, every)
    clock.stop(MERGE)


def _write(results: list[Result], linter: Linter, clock: _Clock) -> None:
    run, language = linter.run(results), Language("zh", linter.data("locale/zh.yaml"))
    for form in FORMS:
        write = load(WRITERS[form])
        clock.start()
        write(run, language)
        clock.stop(f"write: {form}")

"""Hostile files: each is refused for a reason of its own, or read as what it is, in little memory; batches go on."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import pytest
from hostile import CASES, Hostile
from hostile.openxml import docx
from hostile.pdfs import TEXT, page, stream
from hostile.zips import PARAGRAPH
from thorough import FULL

ROOT = Path(__file__).parent.parent
REPORT = ROOT / "fixtures" / "faulty" / "yunxi-water-2023.md"
WORKERS = 2
MEGABYTES = 500
SECONDS = 60
"""Of computing for one file."""
pytestmark = [pytest.mark.skipif(not hasattr(os, "fork"), reason="measures memory in forks"), pytest.mark.long]
HAN = re.compile("[\u4e00-\u9fff]")
FOLDERS = ("TMPDIR", "GOVLINT_CACHE_DIR", "LD_LIBRARY_PATH", "SYSTEMROOT")


def environment(tmp: Path) -> dict[str, str]:
    """Without LibreOffice on the path: what it makes of hostile files is its own affair."""
    kept = {name: os.environ[name] for name in FOLDERS if name in os.environ}
    path = os.pathsep.join((str(ROOT), str(ROOT / "tests")))
    return {**kept, "PATH": str(tmp / "no-programs"), "PYTHONPATH": path, "LC_ALL": "C.UTF-8"}


class _Worker:
    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "hostile.worker", str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment(folder),
            encoding="utf-8",
        )

    def do(self, step: str, name: str) -> dict[str, Any]:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{step} {name}\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def end(self) -> None:
        self.process.communicate(timeout=SECONDS)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Iterator[Path]:
    path = tmp_path_factory.mktemp("hostile")
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture(scope="module")
def outcomes(folder) -> dict[str, dict[str, Any]]:
    """What came of each file in a process of its own: all are made, then checked, two at a time."""
    workers = [_Worker(folder) for _ in range(WORKERS)]
    idle: SimpleQueue[_Worker] = SimpleQueue()
    for worker in workers:
        idle.put(worker)

    def do(step: str, name: str) -> dict[str, Any]:
        worker = idle.get()
        try:
            return worker.do(step, name)
        finally:
            idle.put(worker)

    with ThreadPoolExecutor(WORKERS) as pool:
        made = list(pool.map(partial(do, "make"), CASES))
        assert all("size" in one for one in made), made
        found = list(pool.map(partial(do, "check"), CASES))
    for worker in workers:
        worker.end()
    return {name: {**one, **outcome} for name, one, outcome in zip(CASES, made, found, strict=True)}


def is_as_expected(case: Hostile, reason: str, kind: str) -> bool:
    return reason in case.reasons if reason else bool(case.kind) and kind == case.kind


@pytest.mark.parametrize("name", CASES)
def test_hostile_file(name, outcomes):
    case, outcome = CASES[name], outcomes[name]
    assert "died" not in outcome, f"the process ended with {outcome['died']}"
    if not case.is_readable_here and outcome["reason"] == "missing_extra":
        pytest.skip(f"{case.extra} is not installed")
    assert is_as_expected(case, outcome["reason"], outcome["kind"]), outcome
    assert outcome["peak"] < MEGABYTES, outcome
    assert outcome["seconds"] < SECONDS, outcome


@pytest.mark.parametrize("code", ["zh", "en"])
def test_reasons_are_sentences(code, outcomes):
    for outcome in outcomes.values():
        if outcome.get("reason"):
            said = outcome["said"][code]
            assert not re.search(r"[{}\n]", said)
            assert len(said) > 4
            assert bool(HAN.search(said)) == (code == "zh"), said


def govlint(*arguments: object, tmp: Path, without: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    """Run the command as if these modules were not installed."""
    script = f"import sys; sys.modules.update(dict.fromkeys({without!r})); from govlint.cli.main import main; main()"
    return subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)],
        capture_output=True,
        env=environment(tmp),
        encoding="utf-8",
        check=False,
    )


def one_of_each(outcomes: dict[str, dict[str, Any]]) -> set[str]:
    """The smallest file of each type that is refused for each reason, and that is read; with GOVLINT_FULL=1 all."""
    by_size = sorted(outcomes, key=lambda name: (outcomes[name]["size"], name), reverse=True)
    kept = {(CASES[name].suffix, outcomes[name].get("reason"), FULL and name): name for name in by_size}
    return set(kept.values())


def test_a_batch_goes_on(folder, outcomes):
    """Hostile files for every reason together, in one process, and a report with faults after them."""
    chosen = one_of_each(outcomes)
    assert {outcomes[name].get("reason") for name in chosen} == {one.get("reason") for one in outcomes.values()}
    files = [folder / CASES[name].file for name in CASES if name in chosen]
    report = Path(shutil.copy(REPORT, folder / "last.md"))
    alone = govlint("check", report, tmp=folder)
    assert alone.returncode == 1
    done = govlint("check", *files, report, tmp=folder)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert [line for line in done.stdout.splitlines() if line.startswith(str(report))] == alone.stdout.splitlines()
    *lines, summary = (line for line in done.stderr.splitlines() if "--fix" not in line)
    refused = {
        str(folder / CASES[name].file): outcomes[name]["said"]["zh"] for name in chosen if outcomes[name].get("reason")
    }
    assert dict(line.split(": ", 1) for line in lines) == refused
    assert len(lines) == len(refused)
    assert f"{len(refused)} 份没有读成" in summary


# ---------------------------------------------------------------- extras that are not installed

OLD_WORD = CASES["doc_of_blanks"].make()
EXTRAS = {
    "pdf": ("pypdfium2", ".pdf", page(stream(TEXT))),
    "doc": ("doc2docx", ".doc", OLD_WORD),
}


@pytest.mark.parametrize("extra", EXTRAS)
@pytest.mark.parametrize(
    ("language", "sentence"),
    [("zh", "读取这种文件要先安装：{}"), ("en", "reading this type of file needs an extra: {}")],
)
def test_missing_extra(extra, language, sentence, tmp_path):
    module, suffix, data = EXTRAS[extra]
    file = tmp_path / f"a{suffix}"
    file.write_bytes(data)
    done = govlint("check", file, "--lang", language, "-q", tmp=tmp_path, without=(module,))
    assert done.returncode == 2
    assert done.stdout == ""
    command = f"pip install 'govlint[{extra}]'"
    assert done.stderr == f"{file}: {sentence.format(command)}\n"


def test_missing_extras_do_not_stop_a_batch(tmp_path):
    for extra, (_, suffix, data) in EXTRAS.items():
        (tmp_path / f"{extra}{suffix}").write_bytes(data)
    (tmp_path / "c.docx").write_bytes(docx(PARAGRAPH))
    shutil.copy(REPORT, tmp_path / "report.md")
    alone = govlint("check", tmp_path / "report.md", tmp=tmp_path)
    done = govlint("check", tmp_path, tmp=tmp_path, without=("pypdfium2", "doc2docx"))
    assert done.returncode == 2
    assert set(alone.stdout.splitlines()) <= set(done.stdout.splitlines())
    assert str(tmp_path / "c.docx") in done.stdout
    assert len([line for line in done.stderr.splitlines() if "--fix" not in line]) == len(EXTRAS) + 1
    assert "Traceback" not in done.stderr

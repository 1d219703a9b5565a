"""Worker processes: answers in order, whatever becomes of the workers; and none is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from govlint.batch import pool
from govlint.batch.pool import answers
from govlint.model.errors import ReadError

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs Linux")


def work(path: str) -> list[bytes]:
    """What the name of a file asks for; the process that does it says which it is."""
    name, _, place = path.partition("@")
    if name == "end":
        os._exit(3)
    if name == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if name == "hang":
        time.sleep(60)
    if name == "once" and not Path(place).exists():
        Path(place).write_bytes(b"")
        os._exit(3)
    if name == "mark":
        Path(place).write_bytes(b"")
    if name == "wait":
        time.sleep(1)
        return [b"wait", str(len(list(Path(place).iterdir()))).encode()]
    if name == "large":
        return [b"x" * 3_000_000]
    return [path.encode(), str(os.getpid()).encode()]


def done(paths: list[str], jobs: int = 2, seconds: float = 0) -> list[str]:
    """For each path its name as answered, or the reason why there is no answer."""
    return [
        answer.reason if isinstance(answer, ReadError) else answer[0].decode()
        for answer in answers(work, paths, jobs, seconds)
    ]


def test_answers_come_in_order_from_several_processes():
    paths = [f"file {number}" for number in range(200)]
    found = list(answers(work, paths, 3, 0))
    assert [answer[0].decode() for answer in found] == paths
    assert 1 < len({answer[1] for answer in found}) <= 3
    assert str(os.getpid()).encode() not in {answer[1] for answer in found}


def test_no_files_need_no_worker():
    assert done([]) == []


def test_an_answer_may_be_larger_than_a_pipe_holds():
    found = list(answers(work, ["large", "a", "large"], 1, 0))
    assert [len(answer[0]) for answer in found] == [3_000_000, 1, 3_000_000]


@pytest.mark.parametrize("way", ["end", "killed"])
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_file_that_ends_workers_is_named_and_the_others_are_done(way, jobs):
    paths = [f"file {number}" for number in range(60)]
    paths[17] = way
    expected = [*paths]
    expected[17] = "worker_lost"
    assert done(paths, jobs) == expected


def test_a_file_over_which_one_worker_was_lost_is_tried_again(tmp_path):
    paths = ["a", f"once@{tmp_path / 'tried'}", "b"]
    assert done(paths) == paths


def test_every_file_may_end_its_worker():
    assert done(["end"] * 5) == ["worker_lost"] * 5


def test_a_file_that_takes_too_long_is_named_and_the_others_are_done():
    paths = [f"file {number}" for number in range(40)]
    paths[3] = paths[30] = "hang"
    found = list(answers(work, paths, 2, 1))
    assert [number for number, answer in enumerate(found) if isinstance(answer, ReadError)] == [3, 30]
    assert (found[3].path, found[3].reason, found[3].params) == ("hang", "too_long", {"seconds": 1})


@pytest.mark.parametrize(("name", "limit"), [("AHEAD", 3), ("HEAVIEST", 5)])
def test_workers_do_not_run_ahead_without_limit(name, limit, tmp_path, monkeypatch):
    """The first file takes its time; meanwhile as many others are done as may wait for it, and a chunk."""
    monkeypatch.setattr(pool, name, limit)
    monkeypatch.setattr(pool, "LARGEST_CHUNK", 1)
    paths = [f"wait@{tmp_path}", *(f"mark@{tmp_path / str(number)}" for number in range(50))]
    found = [answer[1].decode() for answer in answers(work, paths, 2, 0) if not isinstance(answer, ReadError)]
    assert int(found[0]) <= 6
    assert len(list(tmp_path.iterdir())) == 50


def running(folder: Path) -> list[str]:
    """The processes whose working folder this is."""
    found = []
    for process in Path("/proc").iterdir():
        try:
            if process.name.isdigit() and str((process / "cwd").readlink()) == str(folder):
                found.append(process.name)
        except OSError:
            continue
    return found


@LINUX
def test_no_worker_is_left_when_nobody_wants_more(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    some = answers(work, ["a", "hang", "hang", "hang"], 3, 0)
    next(some)
    assert len(running(tmp_path)) > 1
    some.close()
    assert running(tmp_path) == [str(os.getpid())]


@LINUX
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_worker_is_left_when_the_parent_ends(number, tmp_path):
    """Not even one amid a search that never ends, which no Python code can interrupt."""
    script = tmp_path / "parent.py"
    script.write_text(
        "import re, signal\n"
        "from govlint.batch.pool import answers\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "def work(path):\n"
        "    if path == 'endless': re.match('(a|a)*b', 'a' * 60)\n"
        "    return [b'']\n"
        "for answer in answers(work, ['a', *['endless'] * 8], 3, 0): print('begun', flush=True)\n"
    )
    parent = subprocess.Popen(
        [sys.executable, script], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert parent.stdout is not None
    assert parent.stdout.readline() == "begun\n"
    until(lambda: len(running(tmp_path)) == 4)
    parent.send_signal(number)
    parent.wait(20)
    parent.stdout.close()
    until(lambda: not running(tmp_path))


def until(true) -> None:
    """Wait until something is true; fails when it never is."""
    for _ in range(400):
        if true():
            return
        time.sleep(0.05)
    raise AssertionError

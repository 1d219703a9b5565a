"""The bar of a long run: on a terminal only, and gone without a trace."""

from __future__ import annotations

import os
import re
import select
import signal
import subprocess
import sys
import time
from unittest.mock import patch

import pytest
from calling import HEEDING, Stream, call
from rich.cells import cell_len
from test_cli import CLEAN, FAULTY

from govlint.cli import watching
from govlint.cli.watching import watched
from govlint.cli.wording import words_of
from govlint.survey.census import Item

BAR = " ]  "
TERMINAL = {"TERM": "xterm", "CI": "", "COLUMNS": "100"}


class Clock:
    """A clock that goes on by so many seconds whenever somebody looks."""

    def __init__(self, step: float) -> None:
        self.step = step
        self.now = 0.0

    def __call__(self) -> float:
        self.now += self.step
        return self.now


def shown(items: list[Item], *, step: float, fails: type[BaseException] | None = None, **wishes: object) -> str:
    """What a terminal sees while items are taken."""
    err = Stream("utf-8", terminal=True)
    with (
        patch.dict(os.environ, TERMINAL),
        patch.object(sys, "stderr", err),
        patch.object(watching, "monotonic", Clock(step)),
    ):
        try:
            with watched(items, words_of("zh"), **wishes) as taken:
                assert [next(taken), *([] if fails else taken)] == items[: 1 if fails else None]
                if fails:
                    raise fails
        except BaseException as error:
            assert type(error) is fails
    err.flush()
    return err.buffer.getvalue().decode()


ITEMS = [Item(f"报告/第{number}份.docx") for number in range(30)]


def test_short_run_shows_nothing():
    assert shown(ITEMS, step=0.01, after=1.0) == ""
    assert shown(ITEMS[:1], step=0.9, after=1.0) == ""


def screen(text: str) -> str:
    """What is left to see of a line that is written over."""
    line: dict[int, str] = {}
    at = 0
    for char in text:
        assert char == "\r" or char.isprintable()
        if char == "\r":
            at = 0
            continue
        for _ in range(cell_len(char)):
            line[at] = char
            at += 1
    return "".join(line.values()).rstrip()


def test_long_run_shows_bar_count_rate_and_name():
    lines = shown(ITEMS, step=0.5, after=5.0).split("\r")
    first = re.fullmatch(r"\[(=+) +\]  ( ?\d+)/30  每秒 (\d+\.\d) 份  第(\d+)份\.docx *", lines[1])
    assert first
    bar, done, rate, name = first.groups()
    assert int(done) == int(name) > 5
    assert len(bar) == 20 * int(done) // 30
    assert float(rate) == pytest.approx(2, abs=0.2)
    assert "29/30" in lines[-3]


@pytest.mark.parametrize("error", [None, KeyboardInterrupt, RuntimeError])
def test_whatever_ends_the_run_nothing_is_left_to_see(error):
    text = shown(ITEMS, step=2.0, fails=error, after=1.0)
    assert screen(text[: text.rstrip("\r ").rindex("\r") + 30])
    assert screen(text) == ""
    assert text.endswith("\r")


@pytest.mark.parametrize("columns", [40, 80])
def test_line_is_never_full(columns):
    items = [Item("很长的名称" * 20), Item("x" * 200), Item("短")]
    with patch.dict(TERMINAL, {"COLUMNS": str(columns)}):
        for line in shown(items, step=2.0).split("\r"):
            assert cell_len(line) < columns


def test_line_is_not_written_too_often():
    assert shown(ITEMS, step=0.02).count("/30") == pytest.approx(30 * 0.02 / 0.1, abs=2)


def test_no_progress_is_obeyed():
    assert shown(ITEMS, step=2.0, hidden=True) == ""


@pytest.mark.parametrize(
    ("environment", "visible"),
    [({}, True), ({"CI": "true"}, False), ({"CI": "1"}, False), ({"CI": "false"}, True), ({"TERM": "dumb"}, False)],
)
def test_logs_of_jobs_and_dumb_terminals_are_spared(environment, visible):
    err = Stream("utf-8", terminal=True)
    with (
        patch.dict(os.environ, {**TERMINAL, **environment}),
        patch.object(sys, "stderr", err),
        watched(ITEMS, words_of("zh")) as taken,
    ):
        assert list(taken) == ITEMS
    err.flush()
    assert bool(err.buffer.getvalue()) == visible


def test_name_of_a_file_cannot_speak_to_the_terminal():
    text = shown([Item("a\x1b]0;x\x07[red].md"), *ITEMS], step=2.0)
    assert "\x1b]0;x" not in text
    assert "\\x1b]0;x\\x07[red].md" in text


@pytest.mark.parametrize("command", [["check", "--output-format", "json"], ["survey"]])
def test_output_is_the_same_with_and_without(command, tmp_path):
    with patch("govlint.cli.check.PATIENCE", 0.0):
        with_bar = call(*command, CLEAN, FAULTY, terminal=True, **TERMINAL)
        without = call(*command, CLEAN, FAULTY, "--no-progress", terminal=True, **TERMINAL)
    assert BAR in with_bar.err
    assert BAR not in without.err
    assert (with_bar.out, with_bar.status) == (without.out, without.status)
    assert with_bar.err.rpartition("\r")[2] == without.err


def test_one_report_on_a_terminal_shows_no_bar():
    assert BAR not in call("check", CLEAN, terminal=True, **TERMINAL).err


def test_rich_is_not_loaded_for_a_plain_check():
    code = (
        "import sys; from govlint.cli.main import main\n"
        "try: main()\nexcept SystemExit: print('rich' in sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "check", "-q", "--output-format", "concise", str(CLEAN)],
        capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert done.stderr == "False\n"


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="no terminals here")
def test_interrupt_is_2_and_leaves_the_terminal_clean(tmp_path):
    for number in range(300):
        (tmp_path / f"{number}.md").write_bytes(FAULTY.read_bytes())
    inner, outer = os.openpty()
    out = tmp_path / "out"
    with out.open("wb") as written:
        run = subprocess.Popen(
            [sys.executable, "-c", HEEDING, "check", str(tmp_path)],
            stdout=written, stderr=outer, env={**os.environ, **TERMINAL},
        )  # fmt: skip
    os.close(outer)
    text, sent, end = b"", False, time.monotonic() + 60
    while time.monotonic() < end and select.select([inner], [], [], 60)[0]:
        try:
            part = os.read(inner, 65536)
        except OSError:
            break
        if not part:
            break
        text += part
        if BAR.encode() in text and not sent:
            run.send_signal(signal.SIGINT)
            sent = True
    os.close(inner)
    run.wait(timeout=60)
    assert (run.returncode, out.read_bytes()) == (2, b""), text[-2000:]
    *before, last = text.decode().rstrip().split("\r\n")
    assert last == "govlint: 已中断"
    assert [screen(line) for line in before if screen(line)] == []

"""Patterns of users cannot hang a run."""

from __future__ import annotations

import re
import signal
import threading
from pathlib import Path

import pytest
from test_cli import here as govlint

from govlint.patience import TooSlowError, at_most

SLOW = r"""id: {id}
name: {name}
severity: warning
check: pattern
options: {{any: ['{pattern}']}}
title: {{zh: 慢, en: slow}}
message: {{zh: 慢, en: slow}}
why: {{zh: 慢, en: slow}}
basis: [{{document: practice}}]
examples: [{{good: {{text: {{按期: 按期}}}}}}]
"""
ENDLESS = "((?:[一-龥]|[一-龥,])+)+终$"
CLEAN = sorted((Path(__file__).parent.parent / "fixtures" / "clean").rglob("*.txt"))


def test_a_search_without_end_is_stopped():
    with pytest.raises(TooSlowError), at_most(0.05):
        re.search("(a+)+b", "a" * 60)


def test_a_search_in_time_is_not_touched_and_the_timer_is_off_afterwards():
    before = signal.getsignal(signal.SIGVTALRM)
    with at_most(5):
        assert re.search("a+b", "aaab")
    assert signal.getsignal(signal.SIGVTALRM) is before
    assert signal.getitimer(signal.ITIMER_VIRTUAL)[0] == 0


def test_the_timer_is_off_after_other_errors_too():
    with pytest.raises(ValueError), at_most(5):
        int("x")
    assert signal.getitimer(signal.ITIMER_VIRTUAL)[0] == 0


def test_outside_the_main_thread_work_goes_on_without_a_limit():
    done: list[bool] = []

    def work() -> None:
        with at_most(0.01):
            done.append(bool(re.search("a", "a")))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]


def test_a_slow_rule_is_named_once_and_all_others_judge(tmp_path):
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "slow.yaml").write_text(SLOW.format(id="ZZ001", name="slow", pattern=ENDLESS), "utf-8")
    (tmp_path / "rules" / "quick.yaml").write_text(SLOW.format(id="ZZ002", name="quick", pattern="水利"), "utf-8")
    reports = tmp_path / "reports"
    reports.mkdir()
    for number in range(6):
        (reports / f"{number}.txt").write_bytes(CLEAN[0].read_bytes() + "水利".encode() + ("空" * 400).encode())
    run = govlint("check", "--rules", str(tmp_path / "rules"), "--lang", "en", str(reports))
    assert run.status == 2
    assert run.err.count("ZZ001") == 1 and "6 reports" in run.err
    assert run.out.count("ZZ002") == 6

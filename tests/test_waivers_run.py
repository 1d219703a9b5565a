"""Waivers that hold in a run: through edits elsewhere and other ways of writing, until what was accepted changes."""

from __future__ import annotations

import os
import time
import unicodedata
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from judge.case import FAULTS, LAYOUTS, Case, make_case
from linked import GOVERNMENT, LINKED, LINTER, report
from waiving import NAME, TODAY, accepting, entry, file_of, read, stale

from govlint.cli.check import status_of
from govlint.crosscheck.rollup_map import parse_map
from govlint.linter import Linter
from govlint.model.diagnostic import Result
from govlint.model.waiver import Waiver
from govlint.waivers.book import make_book
from govlint.waivers.making import Said
from govlint.waivers.paths import path_from, place_of

HERE = Path()
FAULTY = {
    "cell": {"requests.granted.business": "8", "requests.received.charity": "/"},
    "heading": {"5": "五、存在的主要问题及改进措施"},
    "text": {"@section.6": "无。"},
}
"""A cell that breaks two totals, one that is no number, a heading with other words, no word on fees."""
RULES = ["GL102", "GL302", "GL400", "GL501"]


def check(linter: Linter, data: bytes, name: str = "a.txt") -> Result:
    result = linter.check_bytes(data, name)
    assert result.read_error is None
    return result


def live(result: Result) -> list[str]:
    return sorted(diagnostic.rule.id for diagnostic in result.diagnostics)


def waived(result: Result) -> list[str]:
    return sorted(each.diagnostic.rule.id for each in result.waived)


@cache
def faulty() -> Linter:
    """The linter with everything waived that is found in the faulty report."""
    return accepting(file_of([check(LINTER, report(**FAULTY))], HERE))


def test_all_waived_is_clean():
    result = check(faulty(), report(**FAULTY))
    assert (live(result), waived(result)) == ([], RULES)
    run = faulty().run([result])
    assert run.stale == ()
    assert status_of(run, "info") == 0
    assert {
        each.rule: each.outcome for each in result.outcomes if each.outcome in ("waived", "failed")
    } == dict.fromkeys([*RULES, "GL402", "GL403"], "waived")


def test_waived_ones_stand_in_reading_order_with_their_waiver():
    result = check(faulty(), report(**FAULTY))
    places = [each.diagnostic.finding.location.span for each in result.waived]
    assert places == sorted(places)
    assert {(each.waiver.rule, each.waiver.path) for each in result.waived} == {(rule, NAME) for rule in RULES}


@pytest.mark.parametrize(
    "edit",
    [
        pytest.param({"text": {"便于群众查询": "便于公众查询"}}, id="words-of-section-one"),
        pytest.param({"cell": {"disclosure.penalty.decisions": "4"}}, id="cell-of-another-table"),
        pytest.param({"text": {"2024年1月20日": "2024年1月18日"}}, id="date"),
        pytest.param({"layout": "html"}, id="page"),
        pytest.param({"layout": "pipes"}, id="pipes"),
        pytest.param({"bytes": {"encoding": "gb18030"}}, id="gb18030"),
        pytest.param({"bytes": {"encoding": "utf-16"}}, id="utf-16"),
    ],
)
def test_edit_elsewhere_keeps_them(edit):
    merged = {key: {**FAULTY.get(key, {}), **edit[key]} if isinstance(edit[key], dict) else edit[key] for key in edit}
    name = "a.html" if edit.get("layout") == "html" else "a.txt"
    linter = accepting(file_of([replace(check(LINTER, report(**FAULTY)), path=name)], HERE))
    result = check(linter, report(**{**FAULTY, **merged}), name)
    assert (live(result), waived(result)) == ([each for each in live(result) if each == "GL005"], RULES)
    assert stale(linter, [result]) == []


@pytest.mark.parametrize(
    ("rule", "edit"),
    [
        pytest.param("GL400", {"requests.granted.business": "7"}, id="the-cell"),
        pytest.param("GL302", {"requests.received.charity": "－"}, id="another-mark"),
        pytest.param("GL302", {"requests.carried_in.charity": "/"}, id="another-cell-beside"),
    ],
)
def test_changed_cell_ends_it(rule, edit):
    result = check(faulty(), report(**{**FAULTY, "cell": {**FAULTY["cell"], **edit}}))
    assert live(result) == [rule]
    why = "unused" if rule == "GL302" and "requests.carried_in.charity" in edit else "changed"
    assert stale(faulty(), [result]) == [(rule, why)]


def test_changed_operand_ends_it():
    before = check(LINTER, report(cell={"remedies.review.total": "7"}))
    assert live(before) == ["GL404"]
    linter = accepting(file_of([before], HERE))
    after = check(linter, report(cell={"remedies.review.total": "7", "remedies.review.other": "1"}))
    assert live(after) == ["GL404"]
    assert stale(linter, [after]) == [("GL404", "changed")]


def test_changed_heading_ends_it():
    result = check(faulty(), report(**{**FAULTY, "heading": {"5": "五、存在的问题及改进措施"}}))
    assert live(result) == ["GL102"]
    assert stale(faulty(), [result]) == [("GL102", "changed")]


def test_mended_fault_leaves_an_unused_waiver():
    result = check(faulty(), report(**{**FAULTY, "heading": {}}))
    assert live(result) == []
    assert stale(faulty(), [result]) == [("GL102", "unused")]
    assert status_of(faulty().run([result]), "error") == 0
    assert status_of(faulty().run([result]), "error", strict=True) == 1


# What an entry says


FEES = {"text": {"@section.6": "无。"}}


def with_entry(**keys: object) -> tuple[Result, list[tuple[str, str]]]:
    linter = accepting(read(entry(**keys), HERE))
    result = check(linter, report(**FEES))
    return result, stale(linter, [result])


@pytest.mark.parametrize(
    ("keys", "why"),
    [
        ({}, None),
        ({"rule": "fee-statement-missing"}, None),
        ({"seen": '"ddd9c40767f9"'}, None),
        ({"seen": '"000000000000"'}, "changed"),
        ({"found": "x"}, "changed"),
        ({"subject": "section.5"}, "unused"),
        ({"rule": "GL502"}, "unused"),
        ({"rule": "GL5"}, "unknown_rule"),
        ({"rule": "GL999"}, "unknown_rule"),
        ({"expires": TODAY.isoformat()}, None),
        ({"expires": (TODAY - timedelta(1)).isoformat()}, "expired"),
        ({"expires": (TODAY + timedelta(1)).isoformat()}, None),
    ],
)
def test_when_an_entry_holds(keys, why):
    result, said = with_entry(**keys)
    assert live(result) == (["GL501"] if why else [])
    assert said == ([(keys.get("rule", "GL501"), why)] if why else [])


def test_entry_of_another_report_is_not_spoken_of():
    result, said = with_entry(path="b.txt")
    assert live(result) == ["GL501"]
    assert said == []


@pytest.mark.parametrize(
    "path", ["报告/a b.txt", "../x/a.txt", "./a.txt", unicodedata.normalize("NFD", "é.txt"), "é.txt"]
)
def test_paths(path, tmp_path, monkeypatch):
    folder = tmp_path / "y" / "here"
    folder.mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    linter = accepting(read(entry(path=f'"{path}"'), folder))
    for name in (folder / path, os.path.relpath(folder / path), unicodedata.normalize("NFC", str(folder / path))):
        assert live(check(linter, report(**FEES), str(name))) == []
    assert live(check(linter, report(**FEES), str(tmp_path / "a.txt"))) == ["GL501"]


def test_paths_through_links(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real", target_is_directory=True)
    linter = accepting(read(entry(), tmp_path / "link"))
    assert live(check(linter, report(**FEES), str(tmp_path / "real" / "a.txt"))) == []
    assert path_from(str(tmp_path / "link"), str(tmp_path / "real" / "x" / "a.txt")) == "x/a.txt"
    assert place_of(str(tmp_path / "link" / "a.txt")) == place_of(str(tmp_path / "real" / "a.txt"))


def test_rule_that_did_not_judge_leaves_its_waivers_alone():
    linter = faulty()
    few = linter.with_rules(tuple(rule for rule in LINTER.rules if rule.id == "GL501"))
    assert stale(few, [check(few, report())]) == [("GL501", "unused")]
    assert stale(linter, [check(linter, "随笔。\n春天来了。\n".encode())]) == []


# Equal findings


def test_times():
    words = "公布规划、工程进展和收费标准，便于XX单位查询。"
    text = report(text={"便于群众查询": "便于XX单位查询"}).decode()
    paragraph = next(line for line in text.split("\n") if words in line)
    twice = text.replace(paragraph, f"{paragraph}\n（六）其他。{words}")
    before = check(LINTER, twice.encode())
    assert live(before).count("GL901") == 2
    file = file_of([before], HERE)
    assert [waiver.times for waiver in file.waivers if waiver.rule == "GL901"] == [2]
    linter = accepting(file)
    assert "GL901" not in live(check(linter, twice.encode()))
    once = check(linter, text.encode())
    assert "GL901" not in live(once)
    assert "GL901" not in [rule for rule, _ in stale(linter, [once])]
    thrice = check(linter, twice.replace("（六）其他。", f"（六）其他。{words}").encode())
    assert live(thrice).count("GL901") == 1


def test_second_entry_for_the_same_subject_adds_to_the_first():
    words = entry(rule="GL901", subject="words:XX", reason="one")
    text = words + words.partition("\n")[2].replace("one", "two")
    linter = accepting(read(text, HERE))
    found = check(linter, report(text={"便于群众查询": "便于XX单位查询", "过时信息": "XX单位"}))
    assert "GL901" not in live(found)
    assert sorted(each.waiver.reason for each in found.waived) == ["one", "two"]


# Several reports


CARRIED = LINKED.with_rules(tuple(rule for rule in LINKED.rules if rule.id == "GL801"))


def series() -> dict[str, bytes]:
    cells = {"requests.carried_in.total": "2", "requests.carried_in.natural_person": "2"}
    return {"2023.txt": report(cell=cells), "2022.txt": report(year=2022)}


def linked(linter: Linter, files: dict[str, bytes], rollup: object = None) -> list[Result]:
    return linter.link([check(linter, data, name) for name, data in files.items()], rollup)


def test_findings_against_last_year_are_waived():
    before = linked(CARRIED, series())
    assert live(before[0]) == ["GL801"]
    linter = accepting(file_of(before, HERE), linter=CARRIED)
    after = linked(linter, series())
    assert live(after[0]) == []
    assert waived(after[0]) == ["GL801"]
    assert stale(linter, after) == []
    assert next(each.outcome for each in after[0].outcomes if each.rule == "GL801") == "waived"
    cells = {"requests.carried_out.total": "1", "requests.carried_out.natural_person": "1"}
    changed = linked(linter, {**series(), "2022.txt": report(year=2022, cell=cells)})
    assert live(changed[0]) == ["GL801"]
    assert stale(linter, changed) == [("GL801", "changed")]


def test_report_alone_says_nothing_of_waivers_for_several():
    linter = accepting(file_of(linked(CARRIED, series()), HERE), linter=CARRIED)
    (alone,) = linked(linter, {"2023.txt": series()["2023.txt"]})
    assert stale(linter, [alone]) == []


def test_findings_of_a_roll_up_are_waived():
    files = {
        "government.txt": report(agency=GOVERNMENT, cell={"requests.received.total": "9"}),
        "water.txt": report(),
        "education.txt": report(agency="云溪县教育局"),
    }
    text = f"government: {GOVERNMENT}\nunits: [云溪县水务局, 云溪县教育局, 云溪县民政局]\n"
    before = linked(LINKED, files, parse_map(text, "map.yaml"))
    assert {rule for each in before for rule in live(each)} >= {"GL808"}
    linter = accepting(file_of(before, HERE), linter=LINKED)
    after = linked(linter, files, parse_map(text, "map.yaml"))
    assert [live(each) for each in after] == [[]] * len(after)
    assert waived(after[-1]) == ["GL808"]
    assert stale(linter, after) == []
    without = text.replace(", 云溪县民政局", "")
    sums = linked(LINKED, files, parse_map(without, "map.yaml"))
    assert "GL804" in live(sums[0])
    both = accepting(file_of([*before, *sums], HERE), linter=LINKED)
    assert [live(each) for each in linked(both, files, parse_map(without, "map.yaml"))] == [[]] * 4


def test_peers_never_make_a_waiver_unused():
    """What they find depends on which reports there are."""
    words = (
        "".join(f"第{chr(0x4E00 + 7 * n)}类事项由承办处室逐项登记并在栏目中公布办理进展，" for n in range(30))
        + "完毕。"
    )
    copied = {
        "a.txt": report(text={"@section.1": words}),
        "b.txt": report(text={"@section.1": words}, agency="云溪县教育局"),
    }
    before = linked(LINKED, copied)
    assert [live(each) for each in before] == [[], ["GL807"]]
    linter = accepting(file_of(before, HERE), linter=LINKED)
    assert [live(each) for each in linked(linter, copied)] == [[], []]
    apart = linked(linter, {**copied, "a.txt": report(agency="云溪县民政局")})
    assert [live(each) for each in apart] == [[], []]
    assert next(each.outcome for each in apart[1].outcomes if each.rule == "GL807") == "passed"
    assert stale(linter, apart) == []


# Root causes


def test_waived_totals_do_not_become_a_cause():
    text = report(cell={"requests.granted.business": "8"})
    apart = LINTER.with_rules(tuple(rule for rule in LINTER.rules if rule.id in ("GL402", "GL403")))
    totals = check(apart, text)
    assert live(totals) == ["GL402", "GL403"]
    linter = accepting(file_of([totals], HERE))
    result = check(linter, text)
    assert (live(result), waived(result)) == ([], ["GL402", "GL403"])
    one = accepting(file_of([replace(totals, diagnostics=totals.diagnostics[:1])], HERE))
    assert live(check(one, text)) == [totals.diagnostics[1].rule.id]


def test_cause_does_not_depend_on_which_totals_are_checked():
    text = report(cell={"requests.total.business": "8"})
    before = check(LINTER, text)
    assert live(before) == ["GL400"]
    linter = accepting(file_of([before], HERE))
    for left_out in ("GL401", "GL402", "GL403"):
        few = linter.with_rules(tuple(rule for rule in linter.in_force if rule.id != left_out))
        assert live(check(few, text)) == []


# For any fault


def clean_again(case: Case, data: bytes, linter: Linter) -> Result:
    result = check(linter, data, f"case{case.suffix}")
    assert [rule for rule in live(result) if rule not in ("GL005", "GL006")] == []
    return result


@given(
    st.integers(0, 10_000), st.sampled_from(FAULTS), st.sampled_from(LAYOUTS), st.sampled_from(["gb18030", "utf-16"])
)
@settings(max_examples=12, deadline=None)
def test_waive_all_then_write_anew_then_change(seed, fault, layout, encoding):
    try:
        case = make_case(seed, layout, "utf-8", fault, charset="right")
    except ValueError:
        assume(False)
    assume(fault not in ("bytes_damaged", "encoding_undeclared"))
    name = f"case{case.suffix}"
    text = case.data.decode("utf-8", "replace")
    before = check(LINTER, text.encode(), name)
    assume(before.diagnostics)
    linter = accepting(file_of([before], HERE))
    clean_again(case, text.encode(), linter)
    page = (
        text.replace("utf-8", {"gb18030": "gb18030", "utf-16": "utf-16"}[encoding]) if case.suffix == ".html" else text
    )
    newline = "\n" if "\r\n" in text else "\r\n"
    clean_again(case, page.replace("\r\n", "\n").replace("\n", newline).encode(encoding), linter)
    tail = "<p>（本页由办公室维护。）</p>" if case.suffix == ".html" else "\n（本页由办公室维护。）\n"
    if fault != "report_cut_off":  # There the end of the file is what is wrong.
        clean_again(case, (text + tail).encode(), linter)
    for diagnostic in before.diagnostics:
        start, end = diagnostic.finding.location.span
        if diagnostic.rule.id.startswith("GL4") and text[start:end].isdigit():
            other = str(int(text[start:end]) + 7)
            changed = check(linter, (text[:start] + other + text[end:]).encode(), name)
            assert [rule for rule in live(changed) if rule.startswith("GL")]


# Speed


def test_many_waivers_and_reports_are_linear():
    def took(count: int) -> float:
        text = entry() + "".join(entry(path=f"{n}.txt").partition("\n")[2] for n in range(count))
        book = make_book([read(text, HERE)], inline=True, today=TODAY)
        result = check(LINTER, report(**FEES))
        found = [(each.rule, each.finding) for each in result.diagnostics]
        begun = time.process_time()
        for number in range(count):
            (accepted,) = book.accept(f"{number}.txt")(result.document).sift(found, ()).accepted
            assert isinstance(accepted[2], Waiver)
        return time.process_time() - begun

    few, many = took(100), took(1000)
    assert many < 30 * few + 0.5


def test_same_expiry_the_world_over():
    """The last day is inclusive, and the day is handed in: nothing looks at a clock."""
    said = Said("r", expires="2026-12-31")
    file = file_of([check(LINTER, report(**FEES))], HERE, said)
    assert live(check(accepting(file, today=date(2026, 12, 31)), report(**FEES))) == []
    assert live(check(accepting(file, today=date(2027, 1, 1)), report(**FEES))) == ["GL501"]

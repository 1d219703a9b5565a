"""JUnit XML: whole output, the counts that test pages add up, and what each outcome of a rule becomes."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pytest
from junitparser import Error, Failure, JUnitXml, Skipped
from runs import LINTER, SOME, STALE, WAIVER, assert_as_kept, sample, waiving, write
from test_cli import CLEAN, FAULTY

from govlint.model.diagnostic import Result, Run, Waived

FAULTY_RESULT = LINTER.check_bytes(FAULTY.read_bytes(), "a/报告.md")
ATTRIBUTES = {
    "testsuites": {"name", "tests", "failures", "errors"},
    "testsuite": {"name", "tests", "failures", "errors", "skipped"},
    "testcase": {"classname", "name", "file", "line"},
    "failure": {"message", "type"},
    "error": {"message", "type"},
    "skipped": {"message"},
    "system-out": set(),
}
"""What readers of the format know."""


def tree(run: Run, lang: str = "zh") -> ElementTree.Element:
    return ElementTree.fromstring(write("junit", run, lang).encode())


def cases(run: Run, path: str | None = None) -> dict[str, ElementTree.Element]:
    """The cases of a file, or of the only one, by their names up to the blank."""
    (suite,) = (suite for suite in tree(run) if path in (None, suite.get("name")))
    found = list(suite)
    named = {case.get("name", "").split(" ")[0]: case for case in found}
    assert len(named) == len(found)
    return named


def verdict(case: ElementTree.Element) -> str:
    """``failure``, ``error``, ``skipped``, ``system-out``, or ``passed`` for a case without anything."""
    assert len(case) <= 1
    return case[0].tag if len(case) else "passed"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_whole_output(lang):
    assert_as_kept(f"junit.{lang}.xml", write("junit", sample(), lang))


def test_another_reader_finds_the_same_cases():
    """junitparser, whose model is that of the format."""
    read = JUnitXml.fromstring(write("junit", sample()).encode())
    kinds = [type(result) for suite in read for case in suite for result in case.result]
    assert (kinds.count(Failure), kinds.count(Error), kinds.count(Skipped)) == (4, 1, 4)
    assert (read.tests, read.failures, read.errors) == (20, 4, 1)
    for suite in read:
        told = suite.tests, suite.failures, suite.errors, suite.skipped
        suite.update_statistics()
        assert told == (suite.tests, suite.failures, suite.errors, suite.skipped)


def test_elements_and_attributes_are_those_of_the_format():
    for element in tree(LINTER.run([FAULTY_RESULT, *sample().results])).iter():
        assert set(element.keys()) <= ATTRIBUTES[element.tag]
        assert element.tag not in {"testsuites", "testsuite"} or set(element.keys()) == ATTRIBUTES[element.tag]


def test_counts_add_up():
    root = tree(LINTER.run([FAULTY_RESULT, *sample().results]))
    for suite in root:
        assert int(suite.get("tests")) == len(suite)
        for name, kind in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert int(suite.get(name)) == sum(1 for case in suite if verdict(case) == kind)
    for name in ("tests", "failures", "errors"):
        assert int(root.get(name)) == sum(int(suite.get(name)) for suite in root)


def test_every_rule_that_judged_is_a_case_with_its_outcome():
    outcomes = {outcome.rule: outcome.outcome for outcome in FAULTY_RESULT.outcomes}
    found = cases(LINTER.run([FAULTY_RESULT]))
    assert found.pop("readable") is not None
    assert set(found) == {rule for rule, outcome in outcomes.items() if outcome != "not_applicable"}
    assert "not_applicable" in outcomes.values()
    shown = {diagnostic.rule.id for diagnostic in FAULTY_RESULT.diagnostics}
    for rule, case in found.items():
        expected = "failure" if rule in shown else "passed" if outcomes[rule] == "passed" else "skipped"
        assert verdict(case) == expected, rule


def test_a_clean_report_is_not_an_empty_suite():
    clean = LINTER.check_bytes(CLEAN.read_bytes(), "b.md")
    assert not clean.diagnostics
    assert {verdict(case) for case in cases(LINTER.run([clean])).values()} == {"passed"}
    nothing = LINTER.with_rules(())
    assert list(cases(nothing.run([nothing.check_bytes(CLEAN.read_bytes(), "b.md")]))) == ["readable"]


def test_names_of_cases_tell_files_and_rules_apart():
    """Test pages know a case by its class and name, and drop one of two that have the same."""
    twin = replace(FAULTY_RESULT, path="b/报告.md")
    every = list(tree(LINTER.run([FAULTY_RESULT, twin])).iter("testcase"))
    assert len({(case.get("classname"), case.get("name")) for case in every}) == len(every)


def test_several_findings_of_a_rule_are_one_failure_that_names_them_all():
    case = cases(sample(), "2023/水务局.txt")["GL102"]
    (failure,) = case
    assert failure.get("type") == "warning"
    assert failure.get("message", "").startswith("共 2 处")
    for line in ("4", "58"):
        assert f"2023/水务局.txt:{line}:1: 标题“" in failure.text
    assert case.get("line") == "4"


def test_notes_pass_and_are_told():
    case = cases(sample(), "2023/水务局.txt")["GL106"]
    assert verdict(case) == "system-out"
    assert "七、附件" in case[0].text


def test_totals_that_another_rule_stands_for_are_not_counted_again():
    found = cases(sample(), "2023/水务局.txt")
    assert verdict(found["GL400"]) == "failure"
    for rule in ("GL402", "GL403"):
        assert verdict(found[rule]) == "skipped"
        assert "GL400" in found[rule][0].get("message", "")
    assert "GL402：" in found["GL400"][0].text


def test_waived_is_skipped_with_the_reason_and_all_of_the_text():
    skipped = cases(sample(), "2023/水务局.txt")["GL501"][0]
    assert skipped.tag == "skipped"
    assert WAIVER.reason in skipped.get("message", "")
    assert "没有说明收取信息处理费的情况" in skipped.text


def test_half_waived_fails_and_tells_both():
    result = sample().results[0]
    first = next(one for one in result.diagnostics if one.rule.id == "GL102")
    kept = tuple(one for one in result.diagnostics if one is not first)
    half = replace(result, diagnostics=kept, waived=(*result.waived, Waived(first, WAIVER)))
    (failure,) = cases(SOME.run([half]))["GL102"]
    assert failure.tag == "failure"
    assert "五、主要问题和改进情况" in failure.get("message", "")
    assert "一、总体的情况" in failure.text
    assert WAIVER.reason in failure.text


def test_waived_root_cause_still_tells_where_its_totals_went():
    found = cases(SOME.run([waiving(sample().results[0], "GL400")]))
    assert [verdict(found[rule]) for rule in ("GL400", "GL402")] == ["skipped", "skipped"]
    assert "GL400" in found["GL402"][0].get("message", "")


def test_not_assessable_is_skipped_with_the_reason():
    case = cases(sample(), "2023/民政局.docx")["GL701"]
    assert verdict(case) == "skipped"
    assert "没有发布日期" in case[0].get("message", "")


def test_unreadable_is_an_error():
    found = cases(sample(), "2023/扫描件.pdf")
    assert list(found) == ["readable"]
    (error,) = found["readable"]
    assert (error.tag, error.get("type")) == ("error", "unreadable")
    assert "1-3" in error.get("message", "")


def test_paths_are_from_the_root(tmp_path):
    path = tmp_path / "年报" / "a.md"
    run = replace(LINTER.run([replace(FAULTY_RESULT, path=str(path))]), root=tmp_path.resolve().as_posix())
    (suite,) = tree(run)
    assert suite.get("name") == "年报/a.md"
    assert {case.get("classname") for case in suite} == {"年报/a.md"}


def test_no_input_is_an_empty_document():
    assert write("junit", Run((), (), "0")).splitlines()[1:] == [
        '<testsuites name="govlint" tests="0" failures="0" errors="0" />'
    ]


def test_waivers_that_did_nothing_are_a_case_of_their_file():
    second = STALE._replace(waiver=STALE.waiver._replace(line=12), why="expired")
    (case,) = cases(replace(sample(), stale=(STALE, second)), ".govlint-waivers.yaml").values()
    assert (case.get("name"), case.get("line"), verdict(case)) == ("waivers", "9", "failure")
    assert case[0].get("message", "").startswith("共 2 处")
    assert [line.split(" ")[0] for line in case[0].text.splitlines()] == [
        ".govlint-waivers.yaml:9:",
        ".govlint-waivers.yaml:12:",
    ]


def test_result_without_a_report_has_its_cases():
    """The map of a roll-up is a result with diagnostics and no report."""
    bare = Result("map.yaml", FAULTY_RESULT.source, diagnostics=FAULTY_RESULT.diagnostics[:1])
    rule = FAULTY_RESULT.diagnostics[0].rule.id
    assert list(cases(LINTER.run([bare]))) == ["readable", rule]

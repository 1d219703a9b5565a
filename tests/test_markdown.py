"""``markdown``: the sheet to be signed. Whole as it is kept, true in its results by part, and plain text throughout."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from runs import CLEAN, LANGUAGES, LINTER, assert_as_kept, sample, write

from govlint.examples.running import build
from govlint.model.diagnostic import Result
from govlint.model.rule import Rule
from govlint.writers.markdown_text import md
from govlint.writers.parts import FACTS, FILE, part_of, parts_of
from govlint.writers.places import escape_controls
from govlint.writers.review import basis_words, place_words, unjudged

ZH = LANGUAGES["zh"]
RULES: dict[str, Rule] = {rule.id: rule for rule in LINTER.rules}
MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def check(name: str = "a.txt", **edit: object) -> Result:
    return LINTER.check_bytes(build(edit, CLEAN, LINTER).data, name)


def verdicts(result: Result) -> dict[str, str]:
    return {part.key: part.verdict for part in parts_of(result, RULES, ZH)}


def flawed(result: Result) -> dict[str, str]:
    """The parts that did not pass."""
    return {key: verdict for key, verdict in verdicts(result).items() if verdict != "passed"}


# The whole


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_sheet_is_as_kept(lang):
    assert_as_kept(f"markdown.{lang}.md", write("markdown", sample(), lang))


def test_every_report_that_was_read_has_its_place_to_sign():
    text = write("markdown", sample())
    assert text.count("\n审核人：＿") == sum(1 for result in sample().results if not result.read_error)
    assert text.endswith("|\n"), "the waivers without effect are told of the whole run"


def test_a_single_report_has_no_overview_and_ends_with_the_signature():
    run = replace(sample(), results=sample().results[:1])
    text = write("markdown", run)
    assert "总览" not in text
    assert text.index("没有起作用的豁免") < text.index("审核人")
    assert text.rstrip("\n").splitlines()[-1].startswith("审核人：")


def test_defects_are_numbered_as_they_stand_in_the_report():
    tokens = MARKDOWN.parse(write("markdown", replace(sample(), results=sample().results[:1])))
    numbers = [token.info for token in tokens if token.type == "list_item_open" and token.markup == "."]
    found, waived = len(sample().results[0].diagnostics), len(sample().results[0].waived)
    assert numbers == [*(str(number + 1) for number in range(found)), *(str(number + 1) for number in range(waived))]


def test_a_report_without_defects_says_so():
    text = write("markdown", LINTER.run([check()]))
    assert "没有发现问题。" in text
    assert "0 个错误，0 个警告，0 个提示" in text


# Results by part


def test_a_clean_report_passes_in_every_part():
    result = check()
    assert flawed(result) == {}
    assert list(verdicts(result)) == [
        FACTS, "section.1", "section.2", "disclosure", "section.3", "requests", "section.4", "remedies", "section.5",
        "section.6",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        ({"cell": {"requests.granted.total": "77"}}, {"requests": "failed"}),
        ({"cell": {"remedies.review.total": "9"}}, {"remedies": "failed"}),
        ({"heading": {5: "五、主要问题和改进情况"}}, {"section.5": "warned"}),
        ({"remove": ["section.5"]}, {"section.5": "failed"}),
        ({"remove": ["remedies"]}, {"remedies": "failed"}),
        ({"text": {"@section.6": "无。"}}, {"section.6": "failed"}),
        ({"text": {"2024年1月20日": "2024年5月20日"}}, {FACTS: "warned"}),
        ({"text": {"2024年1月20日": ""}}, {FACTS: "not_assessable"}),
        ({"cell": {"disclosure.penalty.decisions": ""}}, {"disclosure": "warned"}),
        ({"cell": {"requests.granted.total": "1,234"}}, {"requests": "failed"}),
    ],
)
def test_what_is_wrong_shows_in_its_part_and_in_no_other(edit, expected):
    assert flawed(check(**edit)) == expected


def test_a_number_in_the_text_is_the_fault_of_the_text():
    """Although the cell that it disagrees with is in a table."""
    result = check(text={"@section.1": "（二）依申请公开。全年收到政府信息公开申请1999件。"})
    wrong = [diagnostic for diagnostic in result.diagnostics if diagnostic.finding.target]
    assert wrong
    assert {part_of(diagnostic, result.report) for diagnostic in wrong} == {"section.1"}


def test_what_is_no_report_passes_in_nothing():
    result = LINTER.check_bytes("在会上的发言\n一、提高认识\n大家好。\n二、抓好落实\n谢谢。\n".encode(), "a.txt")
    every = verdicts(result)
    assert every.pop(FILE) == "failed"
    assert set(every.values()) == {"not_assessable"}


def test_rules_on_several_reports_judge_no_part_of_this_one():
    """Last year's report is not there: that is told, but takes nothing from this report."""
    results = LINTER.link([check("a.txt"), check("b.txt", year=2021)])
    assert any("没有 2022 年的报告" in reason for reason in unjudged(results[0], LINTER.run(results), ZH))
    assert "not_assessable" not in verdicts(results[0]).values()


def test_every_finding_is_counted_once():
    result = check(cell={"requests.granted.total": "77", "remedies.review.total": "9"}, heading={5: "五、主要问题"})
    parts = parts_of(result, RULES, ZH)
    assert sum(part.found.total() for part in parts) == len(result.diagnostics) > 2


# Words


def test_of_two_forms_only_the_documents_of_the_one_due_are_cited():
    old, new = check(year=2020).report, check().report
    rule = RULES["GL403"]
    cited = {basis_words(rule, report, ZH) for report in (old, new)}
    assert len(cited) == 2
    assert all("；" not in one for one in cited)
    assert "；" in basis_words(rule, None, ZH)


def test_custom_is_called_custom():
    assert basis_words(RULES["GL801"], None, ZH) == "通行做法（没有文件规定）"


def test_files_without_lines_are_told_by_cell_and_by_line_of_their_text():
    word = sample().results[1]
    said = [place_words(diagnostic, word, ZH) for diagnostic in word.diagnostics]
    assert said
    assert all("（第4行第2列），提取文字第" in place for place in said)


# Text stays text


@given(st.text(st.sampled_from("a1年 .:/\\`*_[]()<>|#~&;$@!-+=\"'{}\n\twWhps"), max_size=40))
def test_text_is_shown_as_it_is(text):
    (paragraph, inline, end) = MARKDOWN.parse(f"年 {md(text)}".rstrip())
    assert (paragraph.type, end.type) == ("paragraph_open", "paragraph_close")
    assert {child.type for child in inline.children} <= {"text"}
    shown = "".join(child.content for child in inline.children)
    assert shown.split() == ["年", *escape_controls(" ".join(text.split())).split()]


@given(st.text(st.sampled_from("a|\\`*<&\n"), max_size=20))
def test_text_stays_in_its_cell(text):
    tokens = MARKDOWN.parse(f"| a | b |\n| --- | --- |\n| {md(text)} | z |\n")
    cells = [token.content for token in tokens if token.type == "inline"]
    assert len(cells) == 4
    assert cells[3] == "z"

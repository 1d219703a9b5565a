"""What a finding is known by: the same wherever it stands and however the file is written, another when it changes."""

from __future__ import annotations

from functools import cache

import pytest
from judge.case import make_case
from judge.office.kinds import KINDS
from judge.office.planned import make_planned, web_page
from linked import CLEAN, LINTER, link, report
from waiving import identities

from govlint.examples.running import Ran, alone, run_example
from govlint.linter import Linter
from govlint.model.diagnostic import Diagnostic
from govlint.model.rule import Example, Rule
from govlint.waivers.key import plain, seen_of, subject_of

NOT_TEXT = ("with", "bytes", "remark")
"""Edits that make more than a text that can be edited again."""
SEEN_IN_TABS_ALONE = {"GL109", "GL206", "GL215"}
"""What the first examples of these rules do shows otherwise on a page: a row or label is something else there."""
ADDED = "本机关还开展了宣传活动，效果良好。\n"


def example_of(rule: Rule) -> Example | None:
    bad = (each for each in rule.examples if each.bad and not any(key in each.edit for key in NOT_TEXT))
    return next(bad, None)


BY_ID = {rule.id: rule for rule in LINTER.rules if example_of(rule)}


@cache
def ran(name: str) -> tuple[Linter, Ran]:
    rule = BY_ID[name]
    example = example_of(rule)
    assert example
    linter = alone(rule, LINTER)
    return linter, run_example(rule, example, CLEAN, linter)


def changed(text: str) -> str:
    """The words with one character changed: a digit if there is one."""
    for number, char in enumerate(text):
        if char.isdigit():
            return text[:number] + ("7" if char != "7" else "8") + text[number + 1 :]
    for number, char in enumerate(text):
        if not char.isspace():
            return text[:number] + ("某" if char != "某" else "乙") + text[number + 1 :]
    return text + "3"


@pytest.mark.parametrize("rule", BY_ID)
def test_edit_in_another_section_keeps_it(rule):
    linter, base = ran(rule)
    before = identities(base.result)
    text, tried = base.built.text, 0
    for section in base.result.report.sections:
        place = section.span
        if place is None or not section.body or section.form.number not in (1, 5):
            continue
        end = section.body[-1].span.end
        if any(place.start <= each.finding.location.span.start <= end for each in base.result.diagnostics):
            continue
        at = section.body[0].span.start
        again = linter.check_bytes((text[:at] + ADDED + text[at:]).encode(), base.built.path)
        assert identities(again) == before
        tried += 1
        break
    assert tried or rule in {"GL001", "OPT103"} or not base.result.report.section_by_number[5].body


@pytest.mark.parametrize("rule", sorted(BY_ID.keys() - SEEN_IN_TABS_ALONE))
def test_the_page_has_the_same_identities_as_the_text(rule):
    example = example_of(BY_ID[rule])
    if "layout" in example.edit or "whole" in example.edit:
        pytest.skip("made for one layout")
    linter, base = ran(rule)
    page = run_example(BY_ID[rule], Example(True, {**example.edit, "layout": "html"}, 0), CLEAN, linter)
    assert identities(page.result) == identities(base.result)


@pytest.mark.parametrize("rule", BY_ID)
def test_change_of_what_was_found_ends_it(rule):
    linter, base = ran(rule)
    tried = 0
    for diagnostic in base.result.diagnostics:
        if diagnostic.finding.found is None:
            continue
        places = [diagnostic.finding.location, *(each.location for each in diagnostic.finding.related if each.cell)]
        for _, (start, end) in places[:3]:
            words = changed(base.built.text[start:end])
            text = base.built.text[:start] + words + base.built.text[end:]
            again = linter.check_bytes(text.encode(), base.built.path)
            year = rule == "GL003"  # The year still stands in the period; what is found stays the same.
            assert year or identity(diagnostic) not in identities(again), (words, text[start - 9 : end + 9])
            tried += 1
    assert tried or all(each.finding.found is None for each in base.result.diagnostics)


def identity(diagnostic: Diagnostic) -> tuple[str, str, str]:
    return diagnostic.rule.id, subject_of(diagnostic.finding), seen_of(diagnostic.finding)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
@pytest.mark.parametrize("fault", ["number_requests", "heading_renamed", "cell_blank", "prose_number", "placeholder"])
def test_encoding_and_line_ends_keep_it(fault, encoding):
    case = next(case for seed in range(20) if (case := maybe(seed, fault)))
    text = case.data.decode(case.encoding)
    before = identities(LINTER.check_bytes(text.encode(), "case.txt"))
    assert before
    for newline in ("\n", "\r\n"):
        lines = text.replace("\r\n", "\n").replace("\n", newline)
        again = LINTER.check_bytes(lines.encode(encoding), "case.txt")
        assert [each for each in identities(again) if each[0] != "GL005"] == before


def maybe(seed, fault):
    try:
        return make_case(seed, "tabs", "utf-8", fault)
    except ValueError:
        return None


@pytest.mark.parametrize("fault", ["number_requests", "cell_mark", "row_dropped", "heading_renamed", "fee_removed"])
def test_word_has_the_same_identities_as_the_page(fault):
    kind = KINDS["docx"]
    compared = 0
    for seed in range(12):
        try:
            case = make_planned(seed, fault)
        except ValueError:
            continue
        page = LINTER.check_bytes(web_page(case), "page.html")
        word = LINTER.check_bytes(kind.write(case), "page.docx")
        assert identities(word) == identities(page)
        compared += bool(page.diagnostics)
        if compared == 2:
            return
    pytest.fail("no report with this fault")


def test_moved_table_keeps_it():
    text = report(cell={"requests.granted.business": "8", "requests.received.charity": "/"}).decode()
    lines = text.split("\n")
    start = next(n for n, line in enumerate(lines) if line.startswith("三、收到")) + 1
    end = next(n for n, line in enumerate(lines) if line.startswith("四、政府"))
    moved = "\n".join([*lines[:start], *lines[end:], "附表：", *lines[start:end]])
    before, after = (
        [each for each in LINTER.check_bytes(words.encode(), "a.txt").diagnostics if each.rule.id in ("GL302", "GL400")]
        for words in (text, moved)
    )
    assert [identity(each) for each in after] == [identity(each) for each in before]
    assert [
        each.finding.location.span > one.finding.location.span for each, one in zip(after, before, strict=True)
    ] == [
        True,
        True,
    ]


def test_wider_blanks_and_hidden_characters_keep_it():
    text = report(heading={"5": "五、存在的主要问题及改进措施"}).decode()
    before = identities(LINTER.check_bytes(text.encode(), "a.txt"))
    wider = text.replace("五、存在的主要问题及改进措施", "　五、 存在的主要\u200b问题及改进措施  ")
    assert identities(LINTER.check_bytes(wider.encode(), "a.txt")) == before != []


# Findings that rest on more than one cell or word


def test_another_cell_in_a_blank_region_is_another_finding():
    few = {f"requests.received.{name}": "" for name in ("natural_person", "business", "charity", "legal_service")}
    rows = {f"requests.carried_in.{name}": "" for name in ("business", "research", "charity")}
    blank = LINTER.check_bytes(report(cell={**few, **rows}), "a.txt")
    more = LINTER.check_bytes(report(cell={**few, **rows, "requests.received.research": ""}), "a.txt")
    (one,), (other,) = ([d for d in each.diagnostics if d.rule.id == "GL301"] for each in (blank, more))
    assert one.finding.subject == other.finding.subject
    assert seen_of(one.finding) != seen_of(other.finding)


def test_same_words_elsewhere_are_another_finding():
    one, two = (LINTER.check_bytes(report(text={words: "XX单位"}), "a.txt") for words in ("群众", "过时"))
    (first,), (second,) = ([d for d in each.diagnostics if d.rule.id == "GL901"] for each in (one, two))
    assert first.finding.subject == second.finding.subject
    assert seen_of(first.finding) != seen_of(second.finding)


def test_another_paragraph_without_its_stop_is_another_finding():
    ends = ["没有发生需要追究责任的情形。", "部分栏目更新不够及时。"]
    text = report().decode()
    found = []
    for count in (1, 2):
        changed_text = text
        for words in ends[:count]:
            assert words in text
            changed_text = changed_text.replace(words, words[:-1])
        found += [d for d in LINTER.check_bytes(changed_text.encode(), "a.txt").diagnostics if d.rule.id == "GL905"]
    assert len(found) == 2
    assert seen_of(found[0].finding) != seen_of(found[1].finding)


def test_hints_and_counts_do_not_matter():
    """With a hint or without: what may have gone wrong is no part of what was seen."""
    result = LINTER.check_bytes(report(cell={"requests.granted.business": "21"}), "a.txt")
    for diagnostic in result.diagnostics:
        finding = diagnostic.finding
        other = finding._replace(
            params={**finding.params, "count": 99},
            related=tuple(each for each in finding.related if not each.role.startswith("hint_")),
        )
        assert seen_of(other) == seen_of(finding)


def test_number_of_another_report_counts():
    this = report(cell={"requests.carried_in.total": "2", "requests.carried_in.natural_person": "2"})

    def found(last: str) -> str:
        cells = {"requests.carried_out.natural_person": last, "requests.carried_out.total": last}
        results = link({"2023.txt": this, "2022.txt": report(year=2022, cell=cells)})
        (diagnostic,) = [each for each in results["2023.txt"].diagnostics if each.rule.id == "GL801"]
        return seen_of(diagnostic.finding)

    assert found("3") == found("3") != found("4")


def test_plain():
    assert plain("甲 乙\u3000\n丙\u200b\x07") == "甲乙丙"
    assert plain("e\u0301") == "é"
    assert plain("，。、“”") == "，。、“”"
    assert plain("\ud800甲") == "甲"

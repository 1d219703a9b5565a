"""The kinds of checks, each on small reports of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from judge.form import FORMS, HEADINGS, NUMERALS

from govlint.checks import KINDS
from govlint.linter import Linter, load_linter
from govlint.model.finding import Finding, NotAssessable
from govlint.model.report import Report
from govlint.model.rule import Applies, Context
from govlint.readers import read

AGENCY = "青石县林草局"
TABLES = {2: "disclosure", 3: "requests", 4: "remedies"}
Cells = Mapping[tuple[str, str, str], str]


@cache
def linter() -> Linter:
    return load_linter()


def table_lines(table: str, edition: str, cells: Cells) -> list[str]:
    """A table as tabbed lines; cells that are not given are 0."""
    form = FORMS[edition].table(table)
    lines = []
    if table == "remedies":
        heads = form.blocks[0].headers
        lines = [
            "行政复议\t行政诉讼",
            "\t".join([*heads, "未经复议直接起诉", "复议后起诉"]),
            "\t".join([*heads, *heads]),
        ]
        values = [cells.get((table, b.rows[0].id, c), "0") for b in form.blocks for c in b.columns]
        return [*lines, "\t".join(values)]
    if table == "requests":
        lines = ["\t".join((form.heads[0], form.heads[1])), form.heads[2]]
    for block in form.blocks:
        lines += [block.caption] if block.caption else []
        lines.append("\t".join(block.headers))
        for row in block.rows:
            lines.append("\t".join([row.label, *(cells.get((table, row.id, c), "0") for c in block.columns)]))
    return lines


def bind(
    cells: Cells | None = None,
    *,
    year: int = 2023,
    agency: str = AGENCY,
    prose: Mapping[int, list[str]] | None = None,
    top: list[str] | None = None,
    end: list[str] | None = None,
    without: tuple[int, ...] = (),
) -> Report:
    """A report whose cells are all 0 but for those given; ``without`` sections by their number."""
    edition = "2021" if year > 2020 else "2019"
    lines = [f"{agency}{year}年政府信息公开工作年度报告", *(top or [])]
    for section in range(1, 7):
        if section in without:
            continue
        lines.append(f"{NUMERALS[section - 1]}、{HEADINGS[section - 1]}")
        if section in TABLES:
            lines += table_lines(TABLES[section], edition, cells or {})
        lines += (prose or {}).get(section, [])
    lines += end or []
    return linter().binder.bind(read("\n".join(lines).encode(), "a.txt"))


def run(kind: str, report: Report, /, **options: Any) -> list[Finding | NotAssessable]:
    return list(KINDS[kind].check(Context(report), options))


def findings(kind: str, report: Report, /, **options: Any) -> list[Finding]:
    found = run(kind, report, **options)
    assert all(isinstance(item, Finding) for item in found), found
    for item in found:
        assert set(item.params) <= KINDS[kind].params
    return [item for item in found if isinstance(item, Finding)]


def one(kind: str, report: Report, /, **options: Any) -> Finding:
    (finding,) = findings(kind, report, **options)
    return finding


def words(report: Report, finding: Finding) -> str:
    return report.source.text[slice(*finding.location.span)]


# ---------------------------------------------------------------- balance

PARTS = ["natural_person", "business", "research", "charity", "legal_service", "other"]
ROW = {"table": "requests", "each": "row", "left": PARTS, "right": ["total"]}
COLUMN = {
    "table": "requests", "each": "column", "left": ["received", "carried_in"], "right": ["total", "carried_out"],
}  # fmt: skip
ENOUGH = {
    "table": "disclosure", "each": "row", "left": ["in_force"], "right": ["issued", "-repealed"],
    "relation": "at_least",
}  # fmt: skip


def test_rows_that_balance():
    report = bind({("requests", "received", "charity"): "3", ("requests", "received", "total"): "3"})
    assert run("balance", report, **ROW) == []


def test_a_row_that_does_not_balance():
    report = bind(
        {
            ("requests", "granted", "natural_person"): "2",
            ("requests", "granted", "other"): "1",
            ("requests", "granted", "total"): "5",
        }
    )
    finding = one("balance", report, **ROW)
    assert words(report, finding) == "5"
    assert finding.target is not None
    assert str(finding.target.address) == "requests.granted.total"
    assert (finding.expected, finding.found) == ("3", "5")
    assert finding.params["row"] == "（一）予以公开"
    assert finding.params["left"] == "2+0+0+0+0+1"
    assert (finding.params["left_sum"], finding.params["right_sum"], finding.params["difference"]) == (3, 5, 2)
    assert finding.equation is not None
    assert finding.equation.difference == -2
    assert [operand.sign for operand in finding.equation.operands] == [1] * 6 + [-1]
    assert [str(place.cell) for place in finding.related] == [f"requests.granted.{part}" for part in PARTS]


def test_a_column_that_does_not_balance():
    report = bind({("requests", "received", "other"): "4", ("requests", "carried_out", "other"): "1"})
    finding = one("balance", report, **COLUMN)
    assert words(report, finding) == "0"
    assert finding.target is not None
    assert str(finding.target.address) == "requests.total.other"
    assert (finding.expected, finding.params["column"]) == ("3", "其他")


@pytest.mark.parametrize("cell", ["", "/", "1 件多", "O"])
def test_a_cell_without_number_is_not_assessed(cell):
    report = bind({("requests", "granted", "business"): cell, ("requests", "granted", "total"): "5"})
    (item,) = run("balance", report, **ROW)
    assert item == NotAssessable("cells_without_number", {"count": 1})


def test_other_rows_are_assessed_all_the_same():
    report = bind({("requests", "granted", "total"): "", ("requests", "received", "total"): "7"})
    finding, rest = run("balance", report, **ROW)
    assert isinstance(finding, Finding)
    assert words(report, finding) == "7"
    assert rest == NotAssessable("cells_without_number", {"count": 1})


def test_a_table_that_was_not_read():
    (item,) = run("balance", bind(without=(3,)), **ROW)
    assert item == NotAssessable("table_not_read", {"table": "@table:requests"})


def test_only_the_rows_asked_for():
    report = bind({("remedies", "review", "total"): "1", ("remedies", "direct", "total"): "2"})
    options = {"table": "remedies", "each": "row", "left": ["upheld", "corrected"], "right": ["total"]}
    assert [words(report, f) for f in findings("balance", report, **options)] == ["1", "2"]
    assert words(report, one("balance", report, **options, rows=["direct"])) == "2"


@pytest.mark.parametrize(
    ("issued", "repealed", "in_force", "fine"),
    [
        ("3", "1", "2", True),
        ("3", "1", "9", True),
        ("3", "1", "1", False),
        ("0", "3", "0", True),
        ("1", "0", "0", False),
    ],
)
def test_at_least(issued, repealed, in_force, fine):
    names = {"issued": issued, "repealed": repealed, "in_force": in_force}
    report = bind({("disclosure", "regulations", column): text for column, text in names.items()})
    found = findings("balance", report, **ENOUGH)
    if fine:
        assert found == []
        return
    (finding,) = found
    assert words(report, finding) == in_force
    assert finding.equation is None
    assert finding.expected is None
    assert finding.params["right"] == f"{issued}−{repealed}"


def test_at_least_knows_nothing_of_blanks():
    report = bind({("disclosure", "regulations", "issued"): "3", ("disclosure", "regulations", "repealed"): ""})
    assert run("balance", report, **ENOUGH) == [NotAssessable("cells_without_number", {"count": 1})]


def test_columns_that_the_layout_does_not_have():
    assert run("balance", bind(year=2020), **ENOUGH) == []


def test_rows_that_only_one_layout_has_are_left_out():
    leaves = ["granted", "other_handling", "other_uncorrected", "other_rest"]
    options = {"table": "requests", "each": "column", "left": leaves, "right": ["total"]}
    for year, row in ((2020, "other_handling"), (2023, "other_rest")):
        report = bind({("requests", row, "total"): "2", ("requests", "total", "total"): "2"}, year=year)
        assert run("balance", report, **options) == []


# ---------------------------------------------------------------- cells


def test_a_blank_cell():
    report = bind({("requests", "granted", "charity"): ""})
    finding = one("cells", report, are="blank")
    assert finding.location.span.start == finding.location.span.end
    assert finding.subject == "requests.granted.charity"
    assert (finding.params["row"], finding.params["column"], finding.params["count"]) == (
        "（一）予以公开", "社会公益组织", 1,
    )  # fmt: skip
    before = report.source.text[: finding.location.span.start].splitlines()[-1]
    assert before == "（一）予以公开\t0\t0\t0\t"


def test_adjoining_cells_are_one_region():
    blank = {("requests", row, column): "" for row in ("granted", "partly_granted") for column in PARTS[:3]}
    finding = one("cells", bind(blank), are="blank")
    assert finding.subject == "requests.granted.natural_person..requests.partly_granted.research"
    assert finding.params["count"] == 6
    assert finding.params["columns"] == "自然人、商业企业、科研机构"
    assert [place.role for place in finding.related] == ["row", "last_cell"]


def test_corners_adjoin_and_far_cells_do_not():
    cells = {
        ("requests", "granted", "natural_person"): "",
        ("requests", "partly_granted", "business"): "",
        ("requests", "carried_out", "natural_person"): "",
    }
    assert [finding.params["count"] for finding in findings("cells", bind(cells), are="blank")] == [2, 1]


def test_regions_show_the_same_words():
    cells = {
        ("requests", "granted", "natural_person"): "/",
        ("requests", "granted", "business"): "／",
        ("requests", "granted", "research"): "无",
    }
    found = findings("cells", bind(cells), are="not_a_number")
    assert [(finding.found, finding.params["count"]) for finding in found] == [("/", 2), ("无", 1)]


def test_many_rows_are_named_by_first_and_last():
    cells = {("requests", f"refused_{name}", "total"): "-" for name in (
        "state_secret", "by_law", "stability", "third_party", "internal")}  # fmt: skip
    finding = one("cells", bind(cells), are="not_a_number")
    assert finding.params["rows"] == "1.属于国家秘密 … 5.属于三类内部事务信息"


@pytest.mark.parametrize(
    ("are", "cell", "fires"),
    [
        ("blank", "/", False),
        ("not_a_number", "/", True),
        ("not_a_number", "O", True),
        ("not_a_number", "12（含转办）", True),
        ("not_a_number", "1,234", False),
        ("negative", "-3", True),
        ("negative", "－3", True),
        ("negative", "-", False),
        ("fraction", "1.5", True),
        ("fraction", "1.0", True),
        ("fraction", "1", False),
        ("irregular", "1,234", True),
        ("irregular", "１２", True),
        ("irregular", "12件", True),
        ("irregular", "1 2", True),
        ("irregular", "12", False),
        ("irregular", "/", False),
    ],
)
def test_single_cells(are, cell, fires):
    report = bind({("requests", "granted", "total"): cell})
    found = findings("cells", report, are=are)
    assert len(found) == fires
    if found:
        assert words(report, found[0]) == cell


def test_a_change_may_be_negative():
    report = bind(
        {("disclosure", "licensing", "change"): "-3", ("disclosure", "licensing", "decisions"): "-4"}, year=2020
    )
    assert words(report, one("cells", report, are="negative")) == "-4"


def test_an_amount_may_have_a_fraction_and_where_due_a_unit():
    assert findings("cells", bind({("disclosure", "fees", "amount"): "1.5"}), are="fraction") == []
    old = bind({("disclosure", "procurement", "amount"): "251000元"}, year=2020)
    assert findings("cells", old, are="irregular") == []
    new = bind({("disclosure", "fees", "amount"): "251000元"})
    assert words(new, one("cells", new, are="irregular")) == "251000元"


@pytest.mark.parametrize(("amount", "fires"), [("9999.99", False), ("10000", True), ("251,000", True), ("/", False)])
def test_large_amounts(amount, fires):
    report = bind({("disclosure", "fees", "amount"): amount, ("disclosure", "licensing", "decisions"): "99999"})
    assert len(findings("cells", report, are="above", limit=10000)) == fires


def test_only_the_tables_asked_for():
    report = bind({("requests", "granted", "total"): "", ("remedies", "direct", "total"): ""})
    assert len(findings("cells", report, are="blank")) == 2
    assert one("cells", report, are="blank", tables=["remedies"]).target.table == "remedies"  # type: ignore[union-attr]


def test_cells_that_are_not_there_are_not_blank():
    assert findings("cells", bind(without=(3,)), are="blank") == []


# ---------------------------------------------------------------- statement, aspects


def test_a_statement_made():
    report = bind(prose={6: ["本年度未收取任何信息处理费。"]})
    assert run("statement", report, section=6, any=["信息处理费"]) == []


def test_a_statement_missing_stands_at_the_heading():
    report = bind(prose={6: ["无。"]})
    finding = one("statement", report, section=6, any=["信息处理费"])
    assert (words(report, finding), finding.subject) == ("六、其他需要报告的事项", "section.6")


def test_patterns_see_folded_text():
    report = bind(prose={6: ["未收取 信息\u3000处理费（零元）。"]})
    assert run("statement", report, section=6, any=["信息处理费\\(零元\\)"]) == []


def test_a_statement_elsewhere():
    report = bind(prose={1: ["全年未收取信息处理费。"], 6: ["无。"]})
    assert run("statement", report, section=6, any=["信息处理费"]) == []
    finding = one("statement", report, section=6, any=["信息处理费"], state="elsewhere")
    assert words(report, finding) == "六、其他需要报告的事项"


def test_elsewhere_other_words_may_count():
    report = bind(prose={1: ["收费标准已公布。"], 6: ["无。"]})
    assert run("statement", report, section=6, any=["收费"]) == []
    assert len(findings("statement", report, section=6, any=["收费"], elsewhere=["信息处理费"])) == 1


def test_a_statement_nowhere_is_not_elsewhere():
    assert run("statement", bind(prose={6: ["无。"]}), section=6, any=["信息处理费"], state="elsewhere") == []


def test_words_of_the_tables_make_no_statement():
    report = bind(prose={6: ["无。"]})
    assert len(findings("statement", report, section=6, any=["要求缴纳费用"])) == 1


def test_a_section_that_is_not_there_makes_no_statement():
    (item,) = run("statement", bind(without=(6,)), section=6, any=["信息处理费"])
    assert item == NotAssessable("section_missing", {"section": "六、其他需要报告的事项"})


ASPECTS = [{"name": "主动公开", "any": ["主动公开"]}, {"name": "培训", "any": ["培训", "学习"]}]


def test_aspects():
    assert run("aspects", bind(prose={1: ["主动公开情况。", "组织学习。"]}), section=1, aspects=ASPECTS) == []
    finding = one("aspects", bind(prose={1: ["主动公开情况。"]}), section=1, aspects=ASPECTS)
    assert (finding.params["aspects"], finding.params["count"]) == ("培训", 1)
    finding = one("aspects", bind(prose={1: ["一切正常。"]}), section=1, aspects=ASPECTS)
    assert (finding.params["aspects"], finding.params["count"]) == ("主动公开、培训", 2)


def test_aspects_of_nothing():
    (item,) = run("aspects", bind(), section=1, aspects=ASPECTS)
    assert isinstance(item, NotAssessable)


# ---------------------------------------------------------------- numbering

NUMBERED = {"pattern": r"\((?P<number>[一二三四五六七八九十]{1,3})\)"}


@pytest.mark.parametrize(
    ("texts", "lacking"),
    [
        (["（一）甲。", "（二）乙。", "（三）丙。"], []),
        (["（一）甲。", "（三）丙。"], ["（二）"]),
        (["（一）甲。", "（四）丙。"], ["（二）、（三）"]),
        (["（二）乙。", "（三）丙。"], ["（一）"]),
        (["（一）甲。", "（二）乙。", "（一）丙。", "（二）丁。"], []),
        (["（一）甲。（二）乙。", "（三）丙。"], []),
        (["（一）甲。", "文。", "（二）乙。"], []),
        (
            ["（九）甲。", "（十）乙。", "（十一）丙。"],
            ["（一）、（二）、（三）、（四）、（五）、（六）、（七）、（八）"],
        ),
        (["甲", "乙"], []),
    ],
)
def test_numbering(texts, lacking):
    report = bind(prose={5: texts})
    found = findings("numbering", report, **NUMBERED)
    assert [finding.params["lacking"] for finding in found] == lacking
    for finding in found:
        assert words(report, finding).startswith("（")
        assert finding.params["section"] == "五、存在的主要问题及改进情况"


def test_numbering_need_not_begin_at_one():
    report = bind(prose={5: ["（二）乙。", "（四）丁。"]})
    assert [f.params["lacking"] for f in findings("numbering", report, **NUMBERED, from_start=False)] == ["（三）"]


def test_each_section_numbers_its_own():
    report = bind(prose={1: ["（一）甲。"], 5: ["（一）乙。", "（三）丙。"]})
    finding = one("numbering", report, **NUMBERED)
    assert finding.subject == "section.5:(三)"
    assert (finding.expected, finding.found, words(report, finding)) == ("（二）", "（三）", "（三）")


# ---------------------------------------------------------------- pattern


def test_a_pattern_is_told_where_it_stands():
    report = bind(prose={5: ["问题在于 XX 单位。", "改进：X\u3000X\u3000单位整改。"]})
    found = findings("pattern", report, any=["xx单位"])
    assert [words(report, finding) for finding in found] == ["XX 单位", "X\u3000X\u3000单位"]
    assert [finding.params["printed"] for finding in found] == ["XX 单位", "X X 单位"]
    assert {finding.subject for finding in found} == {"words:xx单位"}


def test_patterns_do_not_tell_the_same_place_twice():
    report = bind(prose={5: ["护林防火。"]})
    assert words(report, one("pattern", report, any=["护林防火", "防火", "林防"])) == "护林防火"


def test_a_pattern_that_matches_nothing_long():
    assert findings("pattern", bind(prose={5: ["护林。"]}), any=["x*"]) == []


def test_words_near_by_that_excuse():
    report = bind(prose={5: ["转发《XX办法》。", "字" * 30 + "XX办法"]})
    assert len(findings("pattern", report, any=["xx办法"])) == 2
    finding = one("pattern", report, any=["xx办法"], never="转发", near=5)
    assert report.source.position(finding.location.span.start).column == 31
    assert findings("pattern", report, any=["xx办法"], never="字{2}|转发", near=2) != []
    assert findings("pattern", report, any=["xx办法"], never="字{2}|转发") == []


def test_tables_are_not_searched():
    report = bind(prose={5: ["其他商业企业。"]})
    assert report.source.text.count("商业企业") == 2
    assert words(report, one("pattern", report, any=["其他商业企业", "商业企业"])) == "其他商业企业"


# ---------------------------------------------------------------- dates

BY = {"department": "01-31", "office": "01-31", "government": "03-31"}


def dated(date: str, agency: str = AGENCY, **more: Any) -> Report:
    return bind(agency=agency, prose={6: ["未收取信息处理费。"]}, end=[agency, date], **more)


@pytest.mark.parametrize(
    ("agency", "date", "late"),
    [
        ("青石县林草局", "2024年1月31日", None),
        ("青石县林草局", "2024年2月1日", 1),
        ("青石县林草局", "2024年3月1日", 30),
        ("青石县人民政府办公室", "2024年2月1日", 1),
        ("青石县人民政府办公室", "2024年1月31日", None),
        ("青石县人民政府", "2024年3月31日", None),
        ("青石县人民政府", "2024年4月1日", 1),
        ("青石县", "2024年3月20日", None),
    ],
)
def test_the_deadline_by_type_of_unit(agency, date, late):
    report = dated(date, agency)
    found = findings("deadline", report, by=BY)
    assert [finding.params["days"] for finding in found] == ([late] if late else [])
    if found:
        assert words(report, found[0]) == date


@pytest.mark.parametrize("agency", ["青石镇人民政府", "东河街道办事处"])
def test_townships_have_no_deadline(agency):
    assert run("deadline", dated("2024年12月1日", agency), by=BY) == [NotAssessable("no_deadline")]


def test_no_date_no_deadline():
    assert run("deadline", bind(), by=BY) == [NotAssessable("no_date")]
    assert run("published_early", bind()) == [NotAssessable("no_date")]


def test_the_earliest_of_the_dates_counts():
    report = dated("2024年1月20日", top=["发布日期：2024-02-10"])
    assert report.facts.published is not None
    assert findings("deadline", report, by=BY) == []
    report = dated("2024年2月20日", top=["发布日期：2024-02-10"])
    finding = one("deadline", report, by=BY)
    assert (words(report, finding), finding.expected, finding.found) == ("2024-02-10", "2024-01-31", "2024-02-10")


@pytest.mark.parametrize(
    ("date", "early"),
    [("2024年1月20日", False), ("2023年12月31日", False), ("2023年12月30日", True), ("2023年1月20日", True)],
)
def test_dated_before_the_year_ended(date, early):
    assert len(findings("published_early", dated(date))) == early


def test_the_latest_of_the_dates_may_be_in_time():
    assert findings("published_early", dated("2023年1月20日", top=["发布日期：2024-01-22"])) == []


# ---------------------------------------------------------------- gap, input


def test_gaps_of_the_kinds_and_scopes_asked_for():
    report = bind(without=(4, 6))
    found = findings("gap", report, of=["section"], kinds=["missing"])
    assert [finding.subject for finding in found] == ["section.4", "section.6"]
    assert [words(report, finding) for finding in found] == [
        "三、收到和处理政府信息公开申请情况", "五、存在的主要问题及改进情况",
    ]  # fmt: skip
    assert one("gap", report, of=["section"], kinds=["missing"], sections=[6]).subject == "section.6"
    assert findings("gap", report, of=["row"], kinds=["missing"]) == []
    assert findings("gap", report, of=["section"], kinds=["order"]) == []


def test_gaps_since_a_year():
    options: dict[str, Any] = {"of": ["section"], "kinds": ["missing"], "since": {"6": 2021}}
    assert len(findings("gap", bind(without=(6,), year=2021), **options)) == 1
    assert findings("gap", bind(without=(6,), year=2020), **options) == []
    assert len(findings("gap", bind(without=(5,), year=2020), **options)) == 1


def test_gaps_by_how_they_matched():
    report = bind()
    gap = bind(without=(6,)).gaps[0]._replace(how="number")
    report = replace(report, gaps=(gap,))
    assert len(findings("gap", report, of=["section"], kinds=["missing"], how=["number"])) == 1
    assert findings("gap", report, of=["section"], kinds=["missing"], how=["close"]) == []


def test_recognised():
    essay = linter().binder.bind(read("我的故乡\n春天来了。\n".encode(), "a.txt"))
    finding = one("recognised", essay)
    assert finding.location.span == (0, 0)
    assert findings("recognised", bind()) == []


def test_year():
    unknown = linter().binder.bind(read("青石县林草局政府信息公开工作年度报告\n一、总体情况\n甲。".encode(), "a.txt"))
    assert unknown.year is None
    assert words(unknown, one("year", unknown, state="unknown")) == "青石县林草局政府信息公开工作年度报告"
    assert findings("year", unknown, state="before_first") == []
    old = bind(year=2016)
    finding = one("year", old, state="before_first")
    assert (words(old, finding), finding.params) == ("2016", {"year": 2016, "first": 2019})
    assert findings("year", old, state="unknown") == []
    assert findings("year", bind(), state="before_first") == findings("year", bind(), state="unknown") == []


def test_remarks():
    report = linter().binder.bind(read("青石县林草局2023年报告，公开信息十二件。".encode("gbk"), "a.txt"))
    assert one("remark", report, kind="encoding_guessed").params == {"encoding": "gb18030"}
    assert findings("remark", report, kind="damaged") == []


# ---------------------------------------------------------------- rules and reports


@pytest.mark.parametrize(
    ("applies", "year", "to"),
    [
        (Applies(2021), 2021, True),
        (Applies(2021), 2020, False),
        (Applies(None, 2020), 2021, False),
        (Applies(2019, 2020), 2020, True),
        (Applies(2019), 2016, False),
        (Applies(unit_types=frozenset({"department"})), 2023, True),
        (Applies(unit_types=frozenset({"township", "government"})), 2023, False),
    ],
)
def test_for_which_reports_a_rule_is_meant(applies, year, to):
    assert applies.to(bind(year=year)) is to


def test_without_a_year_only_rules_for_all_years_apply():
    report = bind()
    report = replace(report, facts=report.facts._replace(year=None))
    assert Applies(2019).to(report)
    assert not Applies(2021).to(report)
    assert not Applies(2019, 2020).to(report)


def test_params_of_every_kind_are_declared():
    cells = {
        ("requests", "granted", "total"): "-1.5",
        ("requests", "received", "other"): "",
        ("disclosure", "fees", "amount"): "/",
    }
    report = bind(cells, prose={5: ["（二）XX。"]}, without=(6,))
    for rule in (rule for rule in linter().rules if rule.scope == "report"):
        for item in rule.kind.check(Context(report), rule.options):
            if isinstance(item, Finding):
                assert set(item.params) <= rule.kind.params, rule.id
                assert all(isinstance(v, str | int | Decimal | None) for v in item.params.values())

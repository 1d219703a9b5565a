"""Optional rules: off unless selected, with options that a place may change, and sources named as they are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from test_cli import Ran, here

import govlint
from govlint.examples.running import build
from govlint.linter import load_linter, select
from govlint.model.diagnostic import Diagnostic

ROOT = Path(__file__).parent.parent
LINTER = load_linter()
CLEAN = LINTER.data("examples/clean.yaml")
OPTIONAL = [rule for rule in LINTER.rules if not rule.default]
LETTER = "甲"


def found(rule: str, edit: Mapping[str, Any], packs: tuple[Path, ...] = ()) -> list[Diagnostic]:
    linter = load_linter(packs=packs)
    built = build(edit, CLEAN, linter)
    return list(linter.with_rules(select(linter.rules, (rule,), ())).check_bytes(built.data, built.path).diagnostics)


@pytest.fixture
def bare(tmp_path):
    """A report without errors that does none of what the optional rules ask for."""
    file = tmp_path / "bare.txt"
    file.write_bytes(build({"text": {"@section.1": "（一）主动公开。无。"}}, CLEAN, LINTER).data)
    return file


def ids(ran: Ran) -> set[str]:
    assert ran.status in (0, 1), ran.err
    return ran.rules


# ---------------------------------------------------------------- off unless selected


def test_they_are_those_of_their_folder():
    assert OPTIONAL
    assert {Path(rule.origin).parent.name for rule in OPTIONAL} == {"optional"}
    assert not {Path(rule.origin).parent.name for rule in LINTER.in_force} & {"optional"}
    assert all(rule.id.startswith("OPT") for rule in OPTIONAL)


def test_off_unless_selected(bare):
    assert not {name for name in ids(here("check", "--output-format", "json", bare)) if name.startswith("OPT")}
    assert not [one for one in govlint.check(bare).diagnostics if not one.rule.default]


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (("--extend-select", "OPT"), {"OPT102", "OPT103", "OPT106", "OPT107", "OPT108", "OPT110"}),
        (("--extend-select", "OPT102,OPT107"), {"OPT102", "OPT107"}),
        (("--extend-select", "overview-too-short"), {"OPT102"}),
        (("--extend-select", "OPT", "--ignore", "OPT10"), {"OPT110"}),
        (("--select", "OPT1"), {"OPT102", "OPT103", "OPT106", "OPT107", "OPT108", "OPT110"}),
    ],
)
def test_selected(bare, arguments, wanted):
    shown = ids(here("check", "--output-format", "json", *arguments, bare))
    assert {name for name in shown if name.startswith("OPT")} == wanted
    assert bool(shown - wanted) == (arguments[0] == "--extend-select")


def test_the_list_of_rules_marks_them():
    for lang in ("zh", "en"):
        mark = LINTER.data(f"locale/{lang}.yaml")["rule"]["optional"]
        lines = here("rules", "--lang", lang).out.splitlines()
        assert {line.split()[0] for line in lines if line.endswith(mark)} == {rule.id for rule in OPTIONAL}
    listed = here("rules", "--output-format", "json").json
    assert {entry["id"] for entry in listed if not entry["default"]} == {rule.id for rule in OPTIONAL}


def test_a_pack_turns_one_on_and_sets_its_option(bare, tmp_path):
    pack = tmp_path / "pack"
    pack.mkdir()
    (pack / "length.yaml").write_text(
        "id: OPT102\ndefault: true\nseverity: warning\noptions: {min: 5}\n", encoding="utf-8"
    )
    (pack / "proposals.yaml").write_text("id: OPT107\ndefault: true\n", encoding="utf-8")
    shown = ids(here("check", "--rules", pack, "--output-format", "json", bare))
    assert {name for name in shown if name.startswith("OPT")} == {"OPT107"}
    linter = load_linter(packs=(pack,))
    assert {rule.id for rule in linter.in_force} - {rule.id for rule in LINTER.in_force} == {"OPT102", "OPT107"}


def test_a_bad_option_of_a_pack_is_told_at_its_line(bare, tmp_path):
    pack = tmp_path / "pack"
    pack.mkdir()
    (pack / "length.yaml").write_text("id: OPT101\noptions:\n  max: many\n", encoding="utf-8")
    ran = here("check", "--rules", pack, bare)
    assert ran.status == 2
    assert "length.yaml:3:8: " in ran.err


# ---------------------------------------------------------------- sources and documentation


def test_only_confirmed_documents_are_cited():
    """The one local notice that was read; all else is custom and says so."""
    cited = {entry["document"] for rule in OPTIONAL for entry in rule.basis}
    assert cited == {"practice", "武政办发〔2025〕54号"}
    assert not [rule.id for rule in OPTIONAL for entry in rule.basis if "clause" in entry]


@pytest.mark.parametrize("name", ["optional.md", "optional.zh.md"])
def test_the_page_tells_every_rule_with_its_options(name):
    page = (ROOT / "docs" / name).read_text(encoding="utf-8")
    rows = {line.split()[1]: line.split("|") for line in page.splitlines() if line.startswith("| OPT")}
    assert list(rows) == [rule.id for rule in OPTIONAL]
    for rule in OPTIONAL:
        words, _, options, source = (cell.strip() for cell in rows[rule.id][1:5])
        assert words == f"{rule.id} {rule.name}"
        shown = YAML(typ="safe").load(options.strip("`"))
        wanted = shown if isinstance(shown, dict) else {shown: rule.options[shown]}
        assert wanted.items() <= rule.options.items()
        assert ("〔" in source) == (rule.basis[0]["document"] != "practice")


@pytest.mark.parametrize("name", ["optional.md", "optional.zh.md"])
def test_the_pack_of_the_page_works(name, tmp_path):
    page = (ROOT / "docs" / name).read_text(encoding="utf-8")
    for number, block in enumerate(re.findall(r"^```yaml\n(.*?)^```$", page, re.M | re.S)):
        (tmp_path / f"{number}.yaml").write_text(block, encoding="utf-8")
    rules = {rule.id: rule for rule in load_linter(packs=(tmp_path,)).in_force}
    assert rules["OPT104"].options["by"]["department"] == "01-20"
    assert rules["OPT101"].options == {"section": 1, "max": 800}


# ---------------------------------------------------------------- lengths


@pytest.mark.parametrize(("count", "over"), [(999, 0), (1000, 0), (1001, 1), (3000, 1)])
@pytest.mark.parametrize("layout", ["tabs", "html"])
def test_too_long_is_counted_exactly(count, over, layout):
    lines = [LETTER * (count - 400), f"  {LETTER * 150} {LETTER * 150}", f"{LETTER * 99}。"]
    diagnostics = found("OPT101", {"layout": layout, "text": {"@section.1": "\n".join(lines)}})
    assert len(diagnostics) == over
    for one in diagnostics:
        assert one.finding.params["count"] == count
        assert one.finding.params["difference"] == count - 1000
        assert (one.finding.expected, one.finding.found) == ("1000", str(count))


def test_too_short_is_counted_exactly():
    assert [one.finding.params["count"] for one in found("OPT102", {"text": {"@section.1": LETTER * 149}})] == [149]
    assert found("OPT102", {"text": {"@section.1": LETTER * 150}}) == []
    assert [one.finding.params["count"] for one in found("OPT109", {"text": {"@section.5": LETTER * 59}})] == [59]
    assert found("OPT109", {"text": {"@section.5": LETTER * 60}}) == []


@pytest.mark.parametrize("edit", [{"remove": ["section.5"]}, {"text": {"@section.5": ""}}])
def test_a_section_that_is_not_there_is_not_called_short(edit):
    assert found("OPT109", edit) == []


# ---------------------------------------------------------------- statements


@pytest.mark.parametrize(
    ("words", "lacking"),
    [
        ("全年发布信息120条，解读政策3次，制定规范性文件2件，公众号1个。", None),
        ("全年公开各类信息，解读政策3次，制定规范性文件2件，公众号1个。", "发布信息数量"),
        ("全年发布信息120条，制定规范性文件2件，公众号1个。", "解读、回应数量"),
        ("全年发布信息120条，回应群众诉求3件，公众号1个。", "规范性文件数量"),
        ("全年发布信息120条，回应群众诉求3件，未制定规范性文件。", "平台、公报数量"),
        ("公开各类信息一百余条，解读政策三次，制定规范性文件两件，公众号一个。", None),
        ("更新动态1,200条，编发解读材料6篇，现行有效规范性文件15件，出版公报12期。", None),
    ],
)
def test_figures_of_section_one(words, lacking):
    aspects = [one.finding.params["aspects"] for one in found("OPT103", {"text": {"@section.1": words}})]
    assert aspects == ([lacking] if lacking else [])


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("OPT106", "（二）落实上级年度政务公开工作要点情况。全部完成。"),
        ("OPT106", "对照2023年政务公开工作要点，各项任务已经落实。"),
        ("OPT106", "落实省、市政务公开重点工作的情况：公布了目录。"),
        ("OPT107", "（三）人大代表建议和政协提案办理结果公开情况。答复5件。"),
        ("OPT107", "承办政协提案2件、人大建议1件，均已公开。"),
        ("OPT107", "本年度未承办建议提案。"),
    ],
)
def test_section_six_says_so(rule, words):
    assert found(rule, {"text": {"@section.6": f"本年度未收取信息处理费。\n{words}"}}) == []
    (one,) = found(rule, {"text": {"@section.6": "本年度未收取信息处理费。", "@section.1": words}})
    assert one.finding.subject == "section.6"


def test_a_missing_section_six_has_a_rule_of_its_own():
    for rule in ("OPT106", "OPT107"):
        assert found(rule, {"remove": ["section.6"]}) == []


@pytest.mark.parametrize(
    ("words", "lacking"),
    [
        ("本报告电子版可在县政府网站下载。联系电话：0000-1234567。", None),
        ("可登录云溪县人民政府门户网站查阅本报告。如有疑问，请致电办公室（电话：0000—1234567）。", None),
        ("网址：http://www.yunxi.example.gov.cn，电子邮箱：xxgk@example.gov.cn。", None),
        ("联系电话：0000-1234567。", "电子版的下载地址"),
        ("本报告电子版可在县政府网站下载。", "联系方式"),
        ("欢迎监督。", "电子版的下载地址、联系方式"),
    ],
)
def test_the_preamble(words, lacking):
    edit = {"text": {"@preamble": f"现公布2023年政府信息公开工作年度报告。\n{words}"}}
    assert [one.finding.params["aspects"] for one in found("OPT108", edit)] == ([lacking] if lacking else [])


def test_the_preamble_cannot_be_judged_without_section_one():
    assert found("OPT108", {"remove": ["section.1"]}) == []


# ---------------------------------------------------------------- deadlines


@pytest.mark.parametrize(
    ("rule", "agency", "day", "late"),
    [
        ("OPT104", "云溪县水务局", "2024年1月28日", None),
        ("OPT104", "云溪县水务局", "2024年1月29日", 1),
        ("OPT104", "云溪县人民政府", "2024年2月20日", None),
        ("OPT104", "云溪县人民政府", "2024年3月1日", 10),
        ("OPT104", "云溪镇人民政府", "2024年3月1日", None),
        ("OPT105", "云溪镇人民政府", "2024年1月31日", None),
        ("OPT105", "云溪镇人民政府", "2024年3月1日", 30),
        ("OPT105", "云溪县水务局", "2024年3月1日", None),
    ],
)
def test_deadlines(rule, agency, day, late):
    days = [one.finding.params["days"] for one in found(rule, {"agency": agency, "text": {"2024年1月20日": day}})]
    assert days == ([late] if late else [])

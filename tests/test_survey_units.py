"""The list of units: how files are read, and which report belongs to which unit."""

from __future__ import annotations

import pytest

from govlint.chinese import fold
from govlint.linter import load_linter
from govlint.model.errors import ConfigError
from govlint.survey.rows import Row
from govlint.survey.settings import make_settings
from govlint.survey.unit_list import read_units
from govlint.survey.units import Unit, assign
from govlint.writers.language import Language

LINTER = load_linter()
SETTINGS = make_settings(LINTER.data("survey.yaml"))
LANGUAGE = Language("zh", LINTER.data("locale/zh.yaml"))
NAMES = [Unit("云岫县水利局"), Unit("云岫县教育局", "department"), Unit("柳渡镇人民政府", "township")]


def units(tmp_path, content: str | bytes, name: str = "list.csv") -> list[Unit]:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_units(str(path), SETTINGS, LANGUAGE)


def named(*names: str) -> list[Row]:
    return [Row(f"{number}.txt", "read", name, named=True) for number, name in enumerate(names)]


def unnamed(*files: str) -> list[Row]:
    return [Row(f"{file}.pdf", "unreadable", file, reason="no_text") for file in files]


def listed(rows: list[Row], *names: str) -> list[str | None]:
    """The names that the rows get, without those of the units that have none."""
    return [row.listed for row in assign(rows, [Unit(name) for name in names], SETTINGS)[: len(rows)]]


# Reading


HEADED = "单位名称,单位类型\r\n云岫县水利局,\r\n云岫县教育局,部门\r\n柳渡镇人民政府,乡镇\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("header", [True, False])
def test_csv_in_the_encodings_of_spreadsheets(tmp_path, encoding, header):
    text = HEADED if header else HEADED.split("\r\n", 1)[1]
    assert units(tmp_path, text.encode(encoding)) == NAMES


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_text_has_one_name_a_line(tmp_path, encoding):
    found = units(tmp_path, "云岫县水利局\r\n\r\n  云岫县教育局 \n柳渡镇人民政府".encode(encoding), "list.txt")
    assert [unit.name for unit in found] == [unit.name for unit in NAMES]


def test_columns_go_by_their_headers(tmp_path):
    found = units(tmp_path, "序号,单位类型,备注,单位名称\n1,部门,x,云岫县教育局\n2,,y,云岫县水利局\n")
    assert found == [Unit("云岫县教育局", "department"), Unit("云岫县水利局")]


def test_english_headers_and_ids(tmp_path):
    assert units(tmp_path, "unit,type\n云岫县教育局,department\n") == [NAMES[1]]


def test_a_second_column_that_is_no_type_is_left_alone(tmp_path):
    assert units(tmp_path, "云岫县水利局,张三\n云岫县教育局,李四\n") == [Unit("云岫县水利局"), Unit("云岫县教育局")]


def test_each_unit_counts_once(tmp_path):
    assert units(tmp_path, "云岫县水利局\n云岫县教育局\n云岫县 水利局\n") == [
        Unit("云岫县水利局"),
        Unit("云岫县教育局"),
    ]


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("", ":1:1: "),
        ("单位名称\n\n", ":1:1: "),
        ("单位,类型\n云岫县水利局,部门\n云岫县教育局,衙门\n", ":3:1: "),
        ("云岫县水利局\n" + "长" * 300 + "\n", ":2:1: "),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), ":1:1: "),
        ('"' + "x" * 200_000, ":"),
    ],
    ids=["empty", "header only", "unknown type", "endless name", "no text", "open quote"],
)
def test_mistakes_are_shown_at_their_line(tmp_path, content, place):
    with pytest.raises(ConfigError) as raised:
        units(tmp_path, content)
    (mistake,) = raised.value.mistakes
    assert str(mistake).startswith(f"{tmp_path / 'list.csv'}{place}")


def test_unknown_type_names_the_known(tmp_path):
    with pytest.raises(ConfigError, match=r"“衙门”.*乡镇街道"):
        units(tmp_path, "单位,类型\n云岫县水利局,衙门\n")


def test_missing_list(tmp_path):
    with pytest.raises(ConfigError, match="找不到文件"):
        read_units(str(tmp_path / "none.csv"), SETTINGS, LANGUAGE)


# Matching


def test_same_names_however_they_are_written():
    assert listed(named("云岫县 发展和改革局（粮食局）"), "云岫县发展和改革局(粮食局)") == [
        "云岫县发展和改革局(粮食局)"
    ]


@pytest.mark.parametrize(
    ("report", "name"),
    [
        ("青浔市云岫县水利局", "云岫县水利局"),
        ("云岫县水利局", "青浔市云岫县水利局"),
        ("云岫县水利局", "水利局"),
        ("水利局", "云岫县水利局"),
        ("云岫县水利局", "县水利局"),
        ("云岫市市场监督管理局", "市场监督管理局"),
    ],
)
def test_a_place_before_the_name_may_differ(report, name):
    assert listed(named(report), name) == [name]


@pytest.mark.parametrize(
    ("report", "name"),
    [
        ("云岫县水利局", "丹岑区水利局"),
        ("云岫县水利局", "利局"),
        ("云岫县农村水利局", "水利局"),
        ("云岫县水利局", "云岫县水利局直属中心"),
        ("云岫县水利局", "云岫县"),
    ],
)
def test_other_names_do_not_match(report, name):
    assert listed(named(report), name) == [None]


def test_two_counties_do_not_share_a_name_without_place():
    assert listed(named("云岫县水利局", "丹岑区水利局"), "水利局") == [None, None]


def test_a_name_without_place_does_not_choose_among_counties():
    assert listed(named("水利局"), "云岫县水利局", "丹岑区水利局") == [None]


def test_the_same_unit_with_more_and_less_of_its_place():
    reports = named("水利局", "云岫县水利局", "青浔市云岫县水利局")
    assert listed(reports, "云岫县水利局") == ["云岫县水利局"] * 3


def test_an_equal_name_goes_before_one_with_a_place():
    assert listed(named("云岫县水利局", "水利局"), "云岫县水利局", "水利局") == ["云岫县水利局", "水利局"]


@pytest.mark.parametrize(
    ("file", "found"),
    [
        ("云岫县水利局", "云岫县水利局"),
        ("附件3：云岫县水利局2023年政府信息公开工作年度报告", "云岫县水利局"),
        ("云岫县水利局_扫描", "云岫县水利局"),
        ("云岫县水利局关于2023年", "云岫县水利局"),
        ("云岫县水利局直属水库管理所2023", None),
        ("云岫县教育局2023", None),
        ("scan-0001", None),
    ],
)
def test_files_that_cannot_be_read_are_told_by_their_names(file, found):
    assert listed(unnamed(file), "云岫县水利局", "水利局") == [found]


def test_a_file_of_two_units_is_nobodys():
    assert listed(unnamed("云岫县水利局 云岫县教育局 2023"), "云岫县水利局", "云岫县教育局") == [None]


def test_units_without_a_report_follow_in_the_order_of_the_list():
    rows = assign(named("云岫县教育局"), NAMES, SETTINGS)
    assert [(row.unit, row.outcome) for row in rows] == [
        ("云岫县教育局", "read"),
        ("云岫县水利局", "missing"),
        ("柳渡镇人民政府", "missing"),
    ]
    assert [row.unit_type for row in rows] == ["department", None, "township"]
    assert fold(rows[2].listed or "") == fold("柳渡镇人民政府")


def test_a_unit_whose_file_cannot_be_read_is_not_missing():
    rows = assign(unnamed("云岫县水利局2023"), [Unit("云岫县水利局")], SETTINGS)
    assert [(row.listed, row.outcome) for row in rows] == [("云岫县水利局", "unreadable")]


def test_many_units_and_reports_take_no_squares():
    """Ten thousand of each: were every name compared with every other, this would not end."""
    names = [f"云岫县第{number}事务中心" for number in range(10_000)]
    rows = assign(named(*(f"青浔市{name}" for name in names)), [Unit(name) for name in names], SETTINGS)
    assert [row.listed for row in rows] == names

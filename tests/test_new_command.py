"""``govlint new``: what it writes where, what it takes over from last year's report, and what it refuses."""

from __future__ import annotations

import pytest
from blank_reports import AGENCIES, TODO, blank
from calling import call
from linked import LINKED, LINTER, as_word, report

NAME = AGENCIES["department"]


def lines(told: str) -> list[str]:
    return told.rstrip("\n").split("\n")


# ---------------------------------------------------------------- where it goes


@pytest.mark.parametrize(("suffix", "form"), [("docx", "docx"), ("html", "html"), ("htm", "html"), ("MD", "md")])
def test_the_suffix_tells_the_type(tmp_path, suffix, form):
    path = tmp_path / f"年度报告.{suffix}"
    ran = call("new", "2025", "--agency", NAME, "-o", path)
    assert (ran.status, ran.out) == (0, "")
    assert path.read_bytes() == blank(form, 2025)
    assert "正文有 14 处、表格有 200 格要填" in ran.err
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_standard_output_is_markdown_unless_asked_otherwise():
    assert call("new", "2020", "--agency", NAME).out == blank("md", 2020).decode()
    ran = call("new", "2020", "--agency", NAME, "--output-format", "html")
    assert (ran.status, ran.out, ran.err) == (0, blank("html", 2020).decode(), "")


def test_a_file_without_a_telling_suffix_needs_a_type(tmp_path):
    path = tmp_path / "draft"
    ran = call("new", "2025", "--agency", NAME, "-o", path)
    assert (ran.status, path.exists()) == (2, False)
    assert "看不出文件类型" in ran.err
    assert call("new", "2025", "--agency", NAME, "-o", path, "--output-format", "docx").status == 0
    assert path.read_bytes() == blank("docx", 2025)


def test_suffix_and_type_that_contradict(tmp_path):
    path = tmp_path / "draft.docx"
    ran = call("new", "2025", "--agency", NAME, "-o", path, "--output-format", "html", "--lang", "en")
    assert (ran.status, path.exists()) == (2, False)
    assert "different types" in ran.err


def test_nothing_is_overwritten_unless_forced(tmp_path):
    path = tmp_path / "draft.md"
    path.write_text("半年的心血", encoding="utf-8")
    ran = call("new", "2025", "--agency", NAME, "-o", path)
    assert ran.status == 2
    assert "--force" in ran.err
    assert path.read_text(encoding="utf-8") == "半年的心血"
    assert call("new", "2025", "--agency", NAME, "-o", path, "--force").status == 0
    assert path.read_bytes() == blank("md", 2025)


def test_last_years_report_is_never_written_over(tmp_path):
    path = tmp_path / "report.md"
    path.write_bytes(report(year=2024))
    before = path.read_bytes()
    ran = call("new", "2025", "--from", path, "-o", path, "--force")
    assert ran.status == 2
    assert path.read_bytes() == before


def test_a_folder_that_is_not_there(tmp_path):
    ran = call("new", "2025", "--agency", NAME, "-o", tmp_path / "none" / "draft.md", "--lang", "en")
    assert ran.status == 2
    assert "Traceback" not in ran.err


# ---------------------------------------------------------------- years and names


@pytest.mark.parametrize("year", ["2018", "1", "0", "2100", "99999"])
def test_years_without_a_form(year):
    ran = call("new", year, "--agency", NAME)
    assert (ran.status, ran.out) == (2, "")
    assert "没有统一格式" in ran.err
    assert "2019" in ran.err
    assert "Traceback" not in ran.err


def test_a_year_that_is_no_number():
    assert call("new", "今年", "--agency", NAME).status == 2


HOSTILE = [
    '云溪县"水务"局',
    "云溪县<b>水务</b>局",
    "云溪县水务&局",
    "云溪县|水务局",
    "云溪县`水务`局",
    "云溪县水务局（云溪县河长制办公室）",
    "云溪县𠮷水乡人民政府",
    "{year}{0}县水务局",
    "云溪县[水务](x)局",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_names_with_marks_stay_names(tmp_path, name):
    """Either the name stands in every file as it is, or it is refused with a sentence."""
    for form in ("docx", "html", "md"):
        path = tmp_path / f"draft.{form}"
        ran = call("new", "2025", "--agency", name, "-o", path)
        assert ran.status in (0, 2)
        assert "Traceback" not in ran.err
        if ran.status == 0:
            found = LINTER.check_path(str(path))
            assert {d.rule.id for d in found.diagnostics} == {"GL901", "GL301"}
            assert found.report.year == 2025
            shown = found.source.text if form == "docx" else None
            assert shown is None or shown.rstrip().split("\n")[-2] == name
            assert form != "html" or "<b>" not in path.read_text(encoding="utf-8")
        else:
            assert not path.exists()
            assert name in ran.err


@pytest.mark.parametrize(
    "name", ["云溪县水务局（云溪县河长制办公室）", "云溪县<水务>局", "云溪县|水务局", "云溪县&水务局"]
)
def test_names_that_only_look_odd_are_taken(name):
    ran = call("new", "2025", "--agency", name)
    assert ran.status == 0
    assert LINTER.check_bytes(ran.out.encode(), "a.md").report.facts.agency.value == name


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "不能为空"),
        ("　 ", "不能为空"),
        ("云溪县\n水务局", "看不见"),
        ("云溪县\x1b[31m水务局", "看不见"),
        ("云溪县\u202e水务局", "看不见"),
        ("云溪县\ufffe水务局", "看不见"),
        ("云溪县" * 70, "最多"),
        ("2024年", "认不出"),
        ("好。坏", "认不出"),
    ],
)
def test_names_that_cannot_stand_in_a_title(name, said):
    ran = call("new", "2025", "--agency", name)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
    assert "\x1b" not in ran.err and "\u202e" not in ran.err


def test_a_name_is_needed():
    ran = call("new", "2025", "--lang", "en")
    assert ran.status == 2
    assert "--agency" in ran.err


def test_the_type_of_unit_can_be_told():
    told = call("new", "2025", "--agency", "云溪县高铁站", "--unit-type", "government").out
    assert "责任追究" in told
    assert "责任追究" not in call("new", "2025", "--agency", "云溪县高铁站").out


# ---------------------------------------------------------------- last year's report


def carried(**cells: str) -> dict[str, str]:
    """Edits of the clean report by which it carries requests over, every total right."""
    return {
        "requests.received.natural_person": "5",
        "requests.received.total": "6",
        "requests.carried_out.natural_person": "2",
        "requests.carried_out.total": "2",
        **cells,
    }


def cells_of(text: str, path: str = "new.md") -> dict[str, str]:
    found = LINTER.check_bytes(text.encode(), path).report
    return {str(cell.address): cell.text for table in found.tables for cell in table.cells if cell.text}


def new_from(tmp_path, year: int, data: bytes, *more: object, name: str = "last.md"):
    path = tmp_path / name
    path.write_bytes(data)
    return call("new", year, "--from", path, *more)


def test_what_was_carried_over_is_filled_in(tmp_path):
    ran = new_from(tmp_path, 2024, report(cell=carried()))
    assert ran.status == 0
    assert f"{NAME}2024年政府信息公开工作年度报告" in ran.out
    found = cells_of(ran.out)
    zero = {f"requests.carried_in.{c}": "0" for c in ("business", "research", "charity", "legal_service", "other")}
    assert found == {
        **zero,
        "requests.carried_in.natural_person": "2",
        "requests.carried_in.total": "2",
    }
    assert "（规章0件、行政规范性文件5件）" in ran.out
    assert lines(ran.err) == [
        f"从 {tmp_path / 'last.md'}（2023 年报告）填入 7 格，请核对",
        "2 格要在上年的数上加减，上年的数写在表格后面的标记里",
    ]


def test_the_new_report_agrees_with_last_years(tmp_path):
    """What was filled in passes the comparison of the two years; last year's stock cannot be left standing."""
    last = report(cell=carried())
    ran = new_from(tmp_path, 2024, last)
    linked = LINKED.link([LINKED.check_bytes(last, "last.md"), LINKED.check_bytes(ran.out.encode(), "now.md")])
    assert [d.rule.id for result in linked for d in result.diagnostics] == []


@pytest.mark.parametrize("year", [2020, 2021, 2022, 2025])
@pytest.mark.parametrize("form", ["docx", "html", "md"])
def test_last_years_stock_stands_in_a_mark_that_is_reported(tmp_path, year, form):
    """It is no number of this year's, so it does not stand in the table, and the table is read as before."""
    new_from(tmp_path, year, report(year=year - 1), "-o", tmp_path / f"new.{form}")
    result = LINTER.check_path(str(tmp_path / f"new.{form}"))
    assert {d.rule.id for d in result.diagnostics} == {"GL901", "GL301"}
    assert result.report.gaps == ()
    assert all(cell.printed for table in result.report.tables for cell in table.cells)
    marks = [d.finding.found for d in result.diagnostics if "文件5件" in (d.finding.found or "")]
    assert len(marks) == (year != 2021)


def test_any_file_type_will_do(tmp_path):
    ran = new_from(tmp_path, 2024, as_word(report(cell=carried(), layout="tabs")), name="last.docx")
    assert (ran.status, cells_of(ran.out)["requests.carried_in.total"]) == (0, "2")


def test_over_the_change_of_form_only_the_requests_go_on(tmp_path):
    ran = new_from(tmp_path, 2021, report(year=2020, cell=carried()))
    found = cells_of(ran.out)
    assert {address.rpartition(".")[0] for address in found} == {"requests.carried_in"}
    assert found["requests.carried_in.total"] == "2"
    assert "2 格没有填入：2020 年的表用的是另一种格式" in ran.err


def test_the_old_form_goes_on_with_items_and_their_change(tmp_path):
    ran = new_from(tmp_path, 2020, report(year=2019))
    found = cells_of(ran.out)
    assert found["disclosure.licensing.last_year"] == "5"  # 6 a year before, and one fewer
    assert found["disclosure.penalty.last_year"] == "4"
    assert found["disclosure.fees.last_year"] == "0"
    assert "disclosure.normative_documents.open_total" not in found
    assert "（规章0件、规范性文件5件）" in ran.out
    assert {d.rule.id for d in LINTER.check_bytes(ran.out.encode(), "new.md").diagnostics} == {"GL901", "GL301"}
    assert "disclosure.licensing.change" not in found


@pytest.mark.parametrize(
    ("edit", "left", "reason"),
    [
        ({"requests.carried_out.total": "3"}, 1, "有错误"),
        ({"requests.carried_out.total": "3", "requests.carried_out.natural_person": "3"}, 2, "有错误"),
        ({"requests.carried_out.charity": ""}, 1, "没有读出数"),
        ({"requests.carried_out.charity": "/"}, 1, "没有读出数"),
        ({"disclosure.normative_documents.in_force": "四"}, 1, "没有读出数"),
    ],
)
def test_what_is_not_sure_is_left_blank_and_told(tmp_path, edit, left, reason):
    ran = new_from(tmp_path, 2024, report(cell=carried(**edit)))
    assert ran.status == 0
    (told,) = [line for line in lines(ran.err) if "没有填入" in line]
    assert told.startswith(f"{left} 格")
    assert reason in told
    found = cells_of(ran.out)
    assert len(found) == 7 - sum("carried_out" in address for address in edit)
    assert not {address.replace("carried_out", "carried_in") for address in edit} & set(found)


@pytest.mark.parametrize(("year", "said"), [(2023, "应为上一年（2022 年）"), (2025, "应为上一年（2024 年）")])
def test_a_report_of_another_year_is_refused(tmp_path, year, said):
    ran = new_from(tmp_path, year, report())
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err


def test_another_name_is_warned_of(tmp_path):
    ran = new_from(tmp_path, 2024, report(), "--agency", "云溪县水利局")
    assert ran.status == 0
    assert "云溪县水利局2024年" in ran.out
    assert "注意" in lines(ran.err)[0] and NAME in lines(ran.err)[0]
    assert "注意" not in new_from(tmp_path, 2024, report(), "--agency", NAME).err


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"", "没有文字"), (b"\x89PNG\r\n\x1a\n" + bytes(80), "图片"), ("一篇散文。\n".encode() * 9, "不像")],
)
def test_files_that_are_no_report(tmp_path, data, said):
    ran = new_from(tmp_path, 2024, data)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
    assert "Traceback" not in ran.err


def test_a_file_that_is_not_there(tmp_path):
    ran = call("new", "2024", "--from", tmp_path / "none.docx")
    assert ran.status == 2
    assert "找不到文件" in ran.err


def test_both_languages_say_the_same(tmp_path):
    ran = new_from(tmp_path, 2024, report(cell=carried(**{"requests.carried_out.charity": ""})), "--lang", "en")
    assert len(lines(ran.err)) == 3
    assert ran.out.count("【请填写：") == len(TODO.findall(ran.out)) == 15

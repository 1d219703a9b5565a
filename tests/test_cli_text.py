"""``govlint text`` of files that are no text: what people see of a small DOCX, XLSX and PDF."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from openpyxl.worksheet.worksheet import Worksheet
from reportlab.pdfgen.canvas import Canvas
from test_cli import govlint, here
from test_readers_doc import word
from test_readers_pdf import by_lines, made, words
from test_readers_sheets import workbook_of

DOCX = """\
一、总体情况
本年度受理申请12件。
规章\t1
行政许可\t345
后文。
"""
XLSX = """\
青石县林草局年度报告
信息内容\t本年制发件数\t本年废止件数
规章\t3\t
行政许可 （含备案）\t0.3\t=SUM(B3:C3)
"""
PDF = """\
二、主动公开政府信息情况
项目\t收到\t办结
规章\t12\t0
行政许可\t\t345
"""


def sheet(cells: Worksheet) -> None:
    cells["A1"] = "青石县林草局年度报告"
    cells.merge_cells("A1:C1")
    for row in (
        ["信息内容", "本年制发件数", "本年废止件数"],
        ["规章", 3.0],
        ["行政许可\n（含备案）", 0.1 + 0.2, "=SUM(B3:C3)"],
    ):
        cells.append(row)


def page(canvas: Canvas) -> None:
    canvas.drawString(100, 730, "二、主动公开政府信息情况")
    by_lines(canvas)
    words(canvas)
    canvas.drawString(290, 30, "— 1 —")


MADE: dict[str, tuple[Callable[[], bytes], str]] = {
    "docx": (word, DOCX),
    "xlsx": (lambda: workbook_of(sheet), XLSX),
    "pdf": (lambda: made(page), PDF),
}


@pytest.mark.parametrize("kind", MADE)
def test_text(kind, tmp_path):
    make, wanted = MADE[kind]
    path = tmp_path / f"年报.{kind}"
    path.write_bytes(make())
    ran = here("text", path)
    assert (ran.status, ran.out, ran.err) == (0, wanted, "")


def test_numbered_lines_and_standard_input():
    ran = govlint("text", "-", "--stdin-filename", "a.pdf", "-n", stdin=made(page))
    assert ran.out == "".join(f"{number}  {line}\n" for number, line in enumerate(PDF.splitlines(), 1))


def test_a_file_that_cannot_be_read(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7\n")
    ran = here("text", path, "--lang", "zh")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == f"{path}: 文件已损坏，打不开；请用原来的软件重新保存\n"

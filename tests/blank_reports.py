"""Blank reports filled in by a script, as a clerk would."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from functools import cache

import docx
from docx.oxml.ns import qn
from linked import LINTER

from govlint.blank.composing import compose
from govlint.blank.draft import Draft
from govlint.blank.formats import write
from govlint.blank.typesetting import Typesetting, make_typesetting
from govlint.model.edition import Edition
from govlint.model.report import Report

AGENCIES = {
    "department": "云溪县水务局",
    "office": "云溪县人民政府办公室",
    "government": "云溪县人民政府",
    "township": "云溪县南街街道办事处",
}
CLEAN = LINTER.data("examples/clean.yaml")
TODO = re.compile("【请填写：[^】]*】")
ANSWERS = {
    "网站名称": "云溪县人民政府网站",
    "联系机构": "本机关办公室",
    "办公地址": "云溪县河滨路1号",
    "联系电话": "0000-1234567",
    "主动公开信息": "围绕河道治理和农村供水，及时公布规划和工程进展，便于群众查询。",
    "收到和办理申请": "畅通网上和窗口两条渠道，登记、审核、答复、归档各环节有专人负责，全部按期答复。",
    "公文公开属性": "完善公文公开属性认定和保密审查，定期清理过时信息。",
    "政府网站": "专栏由办公室维护，每月检查一次链接和内容。",
    "工作机构和人员": "开展业务培训两次，接受社会监督。",
    "工作考核": "政务公开纳入年度考核，开展社会评议，没有发生需要追究责任的情形。",
    "本年度工作中": "政策解读形式还不够多样，部分栏目更新不够及时。",
    "上年度报告": "已增加图解和短视频解读，并建立栏目更新提醒机制。",
    "没有收取的": "未收取信息处理费",
    "没有的删去": "没有其他需要报告的事项。",
    "没有的写": "无。",
    "成文日期": "{next}年1月20日",
}
"""What a clerk writes, by words of the mark that asks for it."""


@cache
def typesetting() -> Typesetting:
    return make_typesetting(LINTER.data("blank/typeset.yaml"))


def edition_of(year: int) -> Edition:
    return next(edition for edition in LINTER.editions if edition.covers(year))


def draft(year: int, unit_type: str = "department") -> Draft:
    data = LINTER.data("blank/report.yaml")
    return compose(data, edition_of(year), year, AGENCIES[unit_type], unit_type)


def blank(form: str, year: int, unit_type: str = "department") -> bytes:
    return write(form, draft(year, unit_type), typesetting())


def numbers(year: int) -> Iterator[str]:
    """The numbers of a clean report in the order in which its form prints them."""
    edition = edition_of(year)
    known = {**CLEAN["values"]["all"], **CLEAN["values"][edition.id]}
    for table in edition.tables:
        for row in table.rows:
            yield from (str(known.get(f"{table.id}.{row.id}.{column.id}", 0)) for column in row.columns)


def answer(asked: str, year: int) -> str:
    (found,) = [text for words, text in ANSWERS.items() if words in asked]
    return found.format(next=year + 1)


def filled_word(data: bytes, year: int, values: Iterable[str] | None = None) -> bytes:
    """A Word document with every mark answered and every blank cell filled, by python-docx."""
    document = docx.Document(io.BytesIO(data))
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            if TODO.fullmatch(run.text):
                run.text, run.style = answer(run.text, year), None
    waiting = iter(values or numbers(year))
    for table in document.tables:
        for row in table.rows:
            for cell in dict.fromkeys(row._tr.tc_lst):
                merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
                goes_on = merge is not None and merge.get(qn("w:val")) == "continue"
                if not goes_on and not "".join(text.text or "" for text in cell.iter(qn("w:t"))):
                    docx.table._Cell(cell, table).paragraphs[0].add_run(next(waiting))
    assert next(waiting, None) is None
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def filled_text(data: bytes, year: int, report: Report, values: Iterable[str] | None = None) -> bytes:
    """A text file with every mark answered, and a number at the place of every blank cell that was read."""
    text = data.decode()
    cells = [cell for table in report.tables for cell in table.cells]
    edits = [(cell.span, number) for cell, number in zip(cells, values or numbers(year), strict=True)]
    for span, number in sorted(edits, reverse=True):
        assert span is not None
        text = text[: span.start] + number + text[span.end :]
    return TODO.sub(lambda found: answer(found[0], year), text).encode()

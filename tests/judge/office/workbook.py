"""XLSX by openpyxl: the whole report in one sheet or a sheet for each part, numbers as numbers or as text."""

from __future__ import annotations

import io
import re
from random import Random
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.worksheet import Worksheet

from ..grid import make_grid
from ..plan import Item, Paragraph, Plan, Section
from .planned import Planned
from .slots import Slot, lay

_PLAIN = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9])?")
_SHEETS = {1: "总体情况", 2: "表二 主动公开", 3: "表三 依申请公开", 4: "表四 复议诉讼", 5: "存在问题", 6: "其他事项"}
_FRAME = Border(*(Side(style="thin"),) * 4)
_SAFE = str.maketrans({"\x0b": None, "\x0c": None})


def write(planned: Planned) -> bytes:
    """The file."""
    return _Writer(planned.plan, planned.rng("xlsx")).bytes()


class _Writer:
    def __init__(self, plan: Plan, rng: Random) -> None:
        self.plan, self.rng = plan, rng
        self.book = Workbook()
        self.sheet: Worksheet = self.book.active
        self.row = 1
        self.merged = rng.random() < 0.6
        self.numbers = rng.choice(("int", "int", "float", "text"))
        self.left = rng.choice((1, 1, 1, 2))
        self.gap = rng.random() < 0.6
        self.meta_cells = rng.random() < 0.4

    def bytes(self) -> bytes:
        self.sheet.title = self.rng.choice(("Sheet1", "年度报告", "2"))
        apart = self.rng.random() < 0.4 and self.plan.sections
        self.row += self.rng.choice((0, 0, 1))
        self._opening()
        for section in self.plan.sections:
            if apart and section.number > 1:
                self._new_sheet(section)
            self._section(section)
        for words in self.plan.signature:
            self._line(words.text)
        for line in self.plan.after:
            self._line(line)
        self._padding()
        buffer = io.BytesIO()
        self.book.save(buffer)
        return buffer.getvalue()

    def _new_sheet(self, section: Section) -> None:
        self._padding()
        name = _SHEETS.get(section.number, "附")
        self.sheet = self.book.create_sheet(name + ("" if name not in self.book.sheetnames else " (2)"))
        self.row = 1

    def _opening(self) -> None:
        for line in self.plan.before:
            self._line(line)
        for words in self.plan.title:
            self._line(words.text, Font(bold=True, size=18))
        if self.meta_cells:
            for i, (name, words) in enumerate(self.plan.metadata):
                self.sheet.cell(self.row, self.left + 2 * i, f"{name}：")
                self.sheet.cell(self.row, self.left + 2 * i + 1, words.text)
            self.row += 1
        else:
            for name, words in self.plan.metadata:
                self._line(f"{name}：{words.text}")
        for paragraph in self.plan.preamble:
            self._line(paragraph.words.text)

    def _section(self, section: Section) -> None:
        self._line(section.heading.text, Font(bold=True))
        for item in section.items:
            self._item(item)

    def _item(self, item: Item) -> None:
        if isinstance(item, Paragraph):
            self._line(item.words.text)
            return
        for row in lay(make_grid(item)):
            for slot in row:
                if not slot.below:
                    self._cell(slot)
            self.row += 1
        self.row += self.gap

    def _line(self, text: str, font: Font | None = None) -> None:
        cell: Any = self.sheet.cell(self.row, self.left, text.translate(_SAFE))
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True)
        if font:
            cell.font = font
        if self.merged:
            self.sheet.merge_cells(
                start_row=self.row, end_row=self.row, start_column=self.left, end_column=self.left + 9
            )
        self.row += 1

    def _cell(self, slot: Slot) -> None:
        column = self.left + slot.column
        cell: Any = self.sheet.cell(self.row, column)
        self._value(cell, slot)
        cell.border = _FRAME
        cell.alignment = Alignment(wrap_text=True, horizontal="center", vertical="center")
        if slot.rows > 1 or slot.columns > 1:
            self.sheet.merge_cells(
                start_row=self.row,
                end_row=self.row + slot.rows - 1,
                start_column=column,
                end_column=column + slot.columns - 1,
            )

    def _value(self, cell: Any, slot: Slot) -> None:
        text = slot.words.text
        if not text:
            return
        if self.numbers == "text" or slot.role != "value" or not _PLAIN.fullmatch(text):
            cell.value = text
            cell.data_type = "s"
            return
        cell.value = int(text) if "." not in text and self.numbers == "int" else float(text)
        if self.numbers == "float":
            cell.number_format = "0" if "." not in text else "0.00####"

    def _padding(self) -> None:
        """Formats far beyond the data, as real sheets have them."""
        if self.rng.random() < 0.4:
            for row in range(self.row + 5, self.row + 60, 7):
                self.sheet.cell(row, 14 + self.left).border = _FRAME
        if self.rng.random() < 0.2:
            self.sheet.cell(1, 60).font = Font(bold=True)

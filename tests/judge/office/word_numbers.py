"""Automatic numbers of Word: which printed numbers a list would count the same, and the lists that count them."""

from __future__ import annotations

import re
from random import Random
from typing import Any

from docx.oxml import parse_xml

from ..form import NUMERALS
from ..grid import Grid
from ..plan import Paragraph, Plan
from .word_xml import NAMESPACES

_HEADING = re.compile(f"([{NUMERALS}七])、[ \u3000]?(?=[^ ])")
_SUB = re.compile(f"（([{NUMERALS}])）")
_LABEL = re.compile(r"([1-9])\.")
_HEADINGS, _LABELS = 71, 72
_LABEL_LEVELS = (("decimal", "%1.", "nothing"),)


class Numbers:
    """The lists of one document. What is not numbered by a list is typed."""

    def __init__(self, document: Any, rng: Random, wanted: bool, apart: bool) -> None:
        self._part = document.part.numbering_part.element
        self._rng = rng
        self.wanted = wanted
        self._apart = apart or rng.random() < 0.5
        self._next = 900
        counting = rng.choice(("chineseCounting", "chineseCountingThousand", "japaneseCounting"))
        follows = rng.choice(("nothing", "nothing", "space", "tab"))
        levels = ((counting, "%1、", follows), (counting, "（%2）", "nothing"), ("decimal", "%3.", "nothing"))
        self._abstract(_HEADINGS, "multilevel", levels)
        self._abstract(_LABELS, "singleLevel", _LABEL_LEVELS)
        self.main = self._list(_HEADINGS)

    def _abstract(self, number: int, kind: str, levels: tuple[tuple[str, str, str], ...]) -> None:
        made = "".join(
            f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="{follows}"/>'
            f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
            for i, (form, text, follows) in enumerate(levels)
        )
        xml = (
            f'<w:abstractNum {NAMESPACES} w:abstractNumId="{number}">'
            f'<w:multiLevelType w:val="{kind}"/>{made}</w:abstractNum>'
        )
        first = next((child for child in self._part if child.tag.endswith("}num")), None)
        if first is None:
            self._part.append(parse_xml(xml))
        else:
            first.addprevious(parse_xml(xml))

    def _list(self, abstract: int, restarts: bool = False) -> int:
        self._next += 1
        over = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>' if restarts else ""
        self._part.append(
            parse_xml(f'<w:num {NAMESPACES} w:numId="{self._next}"><w:abstractNumId w:val="{abstract}"/>{over}</w:num>')
        )
        return self._next

    def _label_list(self) -> int:
        """A list of its own, or one that starts a common one again; LibreOffice loses such starts in a DOC."""
        if not self._apart:
            return self._list(_LABELS, restarts=True)
        self._abstract(self._next, "singleLevel", _LABEL_LEVELS)
        return self._list(self._next)

    def of_sections(self, plan: Plan) -> dict[int, tuple[str, str]]:
        """By id() of headings and sub-headings: the properties that number them, and the text left to type.

        All section headings are numbered or none; the sub-headings of a section likewise.
        """
        found: dict[int, tuple[str, str]] = {}
        matches = [_HEADING.match(section.heading.text) for section in plan.sections]
        right = [found_ and found_[1] == (NUMERALS + "七")[i] for i, found_ in enumerate(matches)]
        if not self.wanted or not all(right):
            return found
        for section, match in zip(plan.sections, matches, strict=True):
            found[id(section.heading)] = (number_xml(self.main, 0), section.heading.text[match.end() :])
            subs = [item for item in section.items if isinstance(item, Paragraph) and _SUB.match(item.words.text)]
            if [_SUB.match(sub.words.text)[1] for sub in subs] == list(NUMERALS[: len(subs)]):
                found |= {id(sub.words): (number_xml(self.main, 1), sub.words.text[3:]) for sub in subs}
        return found

    def of_labels(self, grid: Grid) -> dict[int, tuple[str, str]]:
        """The same for the labels `1.…` below each other in a table."""
        found: dict[int, tuple[str, str]] = {}
        run: list[Any] = []
        labels = [cell for row in grid.rows for cell in row if cell.role == "label"]
        for cell in [*labels, None]:
            match = cell and _LABEL.match(cell.words.text)
            if run and not (match and int(match[1]) == len(run) + 1):
                number = self._label_list()
                found |= {id(one.words): (number_xml(number, 0), one.words.text[2:]) for one in run}
                run = []
            if match and int(match[1]) == len(run) + 1:
                run.append(cell)
        return found if self.wanted else {}


def number_xml(number: int, level: int) -> str:
    """The property of a paragraph that is numbered."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'

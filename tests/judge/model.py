"""A report's truth: who, which year, which numbers; no wording and no layout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from .agencies import Agency, draw_agency
from .figures import Value, draw_values
from .form import FORMS, Address, Form


@dataclass(frozen=True)
class Report:
    """Everything a correct reader must find, and the seed of the wording."""

    seed: int
    year: int
    agency: str
    self_name: str
    area: str
    unit_type: str
    edition: str
    size: str
    title: tuple[str, ...]
    values: Mapping[Address, Value]
    published: date | None
    signed: date | None
    fee_notices: int
    fee_amount: int
    prose_seed: int
    signs_change: bool = False
    amount_unit: str = ""
    cell_text: Mapping[Address, str] = field(default_factory=dict)

    @property
    def form(self) -> Form:
        """The official form that this report's year demands."""
        return FORMS[self.edition]

    def number(self, row: str, column: str = "total", table: str = "requests") -> int:
        """An integer cell, by default the 总计 of a row of table 3."""
        return int(self.values[table, row, column])

    def printed(self, address: Address) -> str:
        """What stands in the cell."""
        if address in self.cell_text:
            return self.cell_text[address]
        value = self.values[address]
        if address[2] == "change" and self.signs_change and value > 0:
            return f"+{value}"
        return f"{value}{self.amount_unit}" if address[1:] == ("procurement", "amount") and value else f"{value}"


def make_report(seed: int) -> Report:
    """The report of this seed."""
    rng = Random(f"report {seed}")
    agency = draw_agency(rng)
    year = rng.randint(2019, 2025)
    edition = "2019" if year < 2021 else "2021"
    size = _size(agency.unit_type, rng)
    values = draw_values(edition, size, agency.unit_type == "government" and agency.area.endswith("市"), rng)
    published, signed = _dates(agency.unit_type, year, rng)
    unpaid = int(values.get(("requests", "other_unpaid", "total"), 0))
    notices = unpaid + rng.randint(0, 3) if unpaid or (size in ("some", "many") and rng.random() < 0.3) else 0
    return Report(
        seed=seed,
        year=year,
        agency=agency.name,
        self_name=agency.self_name,
        area=agency.area,
        unit_type=agency.unit_type,
        edition=edition,
        size=size,
        title=_title(agency, year, rng),
        values=values,
        published=published,
        signed=signed,
        fee_notices=notices,
        fee_amount=100 * (notices - unpaid),
        prose_seed=rng.randrange(10**9),
        signs_change=rng.random() < 0.4,
        amount_unit=rng.choice(("", "", "元")),
    )


def _size(unit_type: str, rng: Random) -> str:
    weights = {
        "department": (45, 25, 22, 8),
        "office": (30, 35, 30, 5),
        "government": (2, 8, 40, 50),
        "township": (70, 25, 5, 0),
    }[unit_type]
    return rng.choices(("none", "few", "some", "many"), weights)[0]


def _dates(unit_type: str, year: int, rng: Random) -> tuple[date | None, date | None]:
    """Publication and signing, both in time; either may be absent."""
    first = date(year + 1, 1, 1)
    last = date(year + 1, 3, 31) if unit_type == "government" else date(year + 1, 1, 31)
    signed = first + timedelta(rng.randint(0, (last - first).days))
    published = signed + timedelta(rng.randint(0, (last - signed).days))
    kind = rng.choice(("both", "published", "signed", "neither"))
    return (
        published if kind in ("both", "published") else None,
        signed if kind in ("both", "signed") else None,
    )


def _title(agency: Agency, year: int, rng: Random) -> tuple[str, ...]:
    name = agency.name
    return rng.choice(
        (
            (f"{name}{year}年政府信息公开工作年度报告",),
            (f"{name}{year}年政府信息公开工作年度报告",),
            (f"{name}{year}年度政府信息公开工作年度报告",),
            (f"{year}年{name}政府信息公开工作年度报告",),
            (name, f"{year}年政府信息公开工作年度报告"),
            (f"{name}{year}年", "政府信息公开工作年度报告"),
            (f"{year}年度{name}政府信息公开工作年度报告",),
        )
    )

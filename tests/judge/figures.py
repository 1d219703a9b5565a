"""Draws the numbers of a report so that every identity of the form holds."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from .form import APPLICANTS, FORMS, Address, leaves

Value = int | Decimal
KINDS = tuple(name for name in APPLICANTS if name != "total")
_SCALE = {"none": 0, "few": 6, "some": 120, "many": 9000}


def draw_values(edition: str, size: str, legislates: bool, rng: Random) -> dict[Address, Value]:
    """All cells of the edition; size is none, few, some or many; only some units make 规章."""
    values: dict[Address, Value] = {}
    _requests(values, edition, size, rng)
    _remedies(values, size, rng)
    (_disclosure_2021 if edition == "2021" else _disclosure_2019)(values, size, legislates, rng)
    return {address: values[address] for address in FORMS[edition].addresses()}


def _upto(rng: Random, limit: int) -> int:
    """Small numbers are as likely as large ones; nought is common."""
    if limit <= 0 or rng.random() < 0.25:
        return 0
    return min(limit, int(limit ** rng.random() * rng.uniform(0.5, 1.3)))


def _requests(values: dict[Address, Value], edition: str, size: str, rng: Random) -> None:
    scale = _SCALE[size]
    for kind in KINDS:
        share = {"natural_person": 1.0, "business": 0.4}.get(kind, 0.08)
        received = _upto(rng, int(scale * share))
        carried_in = _upto(rng, int(scale * share * 0.12)) if rng.random() < 0.5 else 0
        carried_out = min(received + carried_in, _upto(rng, int(scale * share * 0.15)))
        total = received + carried_in - carried_out
        dealt = _share_out(total, leaves(edition), rng)
        for row, value in {
            "received": received,
            "carried_in": carried_in,
            **dealt,
            "total": total,
            "carried_out": carried_out,
        }.items():
            values["requests", row, kind] = value
    for row in ("received", "carried_in", *leaves(edition), "total", "carried_out"):
        values["requests", row, "total"] = sum((values["requests", row, kind] for kind in KINDS), 0)


def _share_out(total: int, rows: tuple[str, ...], rng: Random) -> dict[str, int]:
    dealt = dict.fromkeys(rows, 0)
    favoured = [*rng.sample(rows, rng.randint(1, min(9, len(rows)))), "granted"]
    rest = total
    while rest:
        part = rng.randint(1, max(1, rest // 2))
        dealt[rng.choice(favoured)] += part
        rest -= part
    return dealt


def _remedies(values: dict[Address, Value], size: str, rng: Random) -> None:
    scale = 0 if rng.random() < 0.4 else _SCALE[size] // 20
    for row in ("review", "direct", "after_review"):
        parts = {column: _upto(rng, scale) for column in ("upheld", "corrected", "other", "pending")}
        for column, value in {**parts, "total": sum(parts.values())}.items():
            values["remedies", row, column] = value


def _amount(rng: Random, limit: int) -> Value:
    whole = _upto(rng, limit)
    if not whole:
        return rng.choice((0, 0, 0, Decimal("0.00")))
    return rng.choice(
        (
            whole,
            Decimal(f"{whole}.{rng.randint(1, 9)}"),
            Decimal(f"{whole}.{rng.randint(0, 99):02}"),
            Decimal(f"0.{rng.randint(1, 99):02}"),
        )
    )


def _disclosure_2021(values: dict[Address, Value], size: str, legislates: bool, rng: Random) -> None:
    for row, allowed in (("regulations", legislates), ("normative_documents", True)):
        limit = min(_SCALE[size], 400) if allowed else 0
        issued, repealed = _upto(rng, limit // 4), _upto(rng, limit // 5)
        in_force = max(0, issued - repealed) + _upto(rng, limit)
        for column, value in (("issued", issued), ("repealed", repealed), ("in_force", in_force)):
            values["disclosure", row, column] = value
    busy = _SCALE[size] * rng.choice((1, 1, 40))
    for row in ("licensing", "penalty", "coercion"):
        values["disclosure", row, "decisions"] = _upto(rng, busy)
    values["disclosure", "fees", "amount"] = _amount(rng, _SCALE[size])


def _disclosure_2019(values: dict[Address, Value], size: str, legislates: bool, rng: Random) -> None:
    for row, allowed in (("regulations", legislates), ("normative_documents", True)):
        limit = min(_SCALE[size], 400) if allowed else 0
        made = _upto(rng, limit // 4)
        opened = min(made, _upto(rng, limit // 4))
        for column, value in (("made", made), ("opened", opened), ("open_total", opened + _upto(rng, limit))):
            values["disclosure", row, column] = value
    for row in ("licensing", "other_services", "penalty", "coercion", "fees"):
        last_year = _upto(rng, min(_SCALE[size], 900))
        change = rng.choice((0, 0, _upto(rng, 60) if size != "none" else 0, -min(last_year, _upto(rng, 60))))
        values["disclosure", row, "last_year"], values["disclosure", row, "change"] = last_year, change
        if row != "fees":
            values["disclosure", row, "decisions"] = _upto(rng, _SCALE[size] * 10)
    items = _upto(rng, min(_SCALE[size], 300))
    values["disclosure", "procurement", "items"] = items
    values["disclosure", "procurement", "amount"] = _amount(rng, items * 40000) if items else 0

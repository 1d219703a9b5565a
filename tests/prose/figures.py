"""Figures of tables 3 and 4 that keep every total of the form, drawn until an item's needs are met."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from random import Random
from typing import NamedTuple

from .expressions import names_in, value_of

Cell = tuple[str, str, str]
APPLICANTS = {
    "natural": "natural_person",
    "business": "business",
    "research": "research",
    "charity": "charity",
    "legal": "legal_service",
    "other_kind": "other",
}
GROUPS = {
    "granted": {"granted": "granted"},
    "partly": {"partly": "partly_granted"},
    "refused": {
        name: f"refused_{row}"
        for name, row in (
            ("secret", "state_secret"),
            *((name, name) for name in "by_law stability third_party internal process enforcement query".split()),
        )
    },
    "unavailable": {name: f"unavailable_{name}" for name in ("not_held", "not_created", "unclear")},
    "rejected": {
        name: f"rejected_{name}" for name in ("petition", "repeated", "publication", "excessive", "confirmation")
    },
    "other_handled": {"uncorrected": "other_uncorrected", "unpaid": "other_unpaid", "other_rest": "other_rest"},
}
LEAVES = {name: row for group in GROUPS.values() for name, row in group.items()}
REMEDIES = {"review": "review", "direct": "direct", "after": "after_review"}
RESULTS = ("upheld", "corrected", "other", "pending")
FREE = tuple(f"x{number}" for number in range(1, 10))
TOTALS = ("received", "carried_in", "base", "disposed", "carried_out", "orgs", "suits", "remedies", "last", "up")
YEARS = ("year", "last_year", "next_year")
NAMES = frozenset(
    (
        *(*TOTALS, *YEARS, *FREE, *APPLICANTS, *LEAVES, *GROUPS, *REMEDIES),
        *(f"{kind}_{result}" for kind in (*REMEDIES, "suits") for result in RESULTS),
    )
)
_SCALES = {
    "department": (0, 2, 6, 6, 20, 80, 400),
    "office": (0, 3, 8, 30, 90, 200),
    "township": (0, 0, 1, 3, 3, 8, 25),
    "government": (4, 40, 150, 700, 3000, 12000),
}
_TRIES = 20000
_MORE = re.compile(r"(\w+) >=? (?:[1-9]|0$)")
_NONE = re.compile(r"(\w+) == 0$")


class Figures(NamedTuple):
    """The numbers by the names that items use, and by the cell of the form they stand in (0 where none is named)."""

    by_name: Mapping[str, int]
    by_cell: Mapping[Cell, int]


def draw(unit: str, needs: Sequence[tuple[str, ast.expr]], rng: Random) -> Figures | None:
    """Figures for a unit of this type that meet the needs (as written, and parsed); None if none were found."""
    wanted = {match[1] for text, _ in needs if (match := _MORE.match(text))}
    barred = {match[1] for text, _ in needs if (match := _NONE.match(text))}
    for _ in range(_TRIES):
        scale = rng.choice(_SCALES[unit])
        cells = {**_requests(scale, wanted, barred, rng), **_remedies(scale, wanted, barred, rng)}
        names = _named(cells)
        names |= _others(names, rng)
        _solve(names, needs)
        if all(value_of(tree, names) for _, tree in needs):
            return Figures(names, cells)
    return None


def _solve(names: dict[str, int], needs: Sequence[tuple[str, ast.expr]]) -> None:
    """Gives the last free number of every equation the value that makes it true, where that is a count."""
    for _, tree in needs:
        free = sorted(names_in(tree) & set(FREE))
        if not free or not isinstance(tree, ast.Compare) or not isinstance(tree.ops[0], ast.Eq):
            continue
        sides = ast.BinOp(tree.left, ast.Sub(), tree.comparators[0])
        at_0, at_1 = (int(value_of(sides, {**names, free[-1]: number})) for number in (0, 1))
        if abs(at_1 - at_0) == 1 and -at_0 * (at_1 - at_0) > 0:
            names[free[-1]] = -at_0 * (at_1 - at_0)


def _upto(limit: float, rng: Random) -> int:
    """Small numbers are as likely as large ones; nought is common."""
    if limit <= 0 or rng.random() < 0.2:
        return 0
    return int((limit + 1) ** rng.random() * rng.uniform(0.7, 1.3))


def _requests(scale: int, wanted: set[str], barred: set[str], rng: Random) -> dict[Cell, int]:
    cells: dict[Cell, int] = {}
    in_wanted, out_wanted = "carried_in" in wanted, "carried_out" in wanted
    carries_in, carries_out = in_wanted or rng.random() < 0.5, out_wanted or rng.random() < 0.5
    leaves = [name for name in LEAVES if name not in barred and not any(name in GROUPS[g] for g in barred & {*GROUPS})]
    favoured = [name for name in leaves if name in wanted or any(g in wanted and name in GROUPS[g] for g in GROUPS)]
    favoured += rng.sample(leaves, min(len(leaves), rng.randint(1, 6)))
    for name, column in APPLICANTS.items():
        share = {"natural": 1.0, "business": 0.4}.get(name, 0.06)
        if name in wanted or ("orgs" in wanted and name == "business"):
            share = max(share, 0.3)
        if name in barred or ("orgs" in barred and name != "natural"):
            share = 0
        received = 0 if "received" in barred else _upto(scale * share, rng)
        carried_in = _upto(max(2, scale * 0.1) * share, rng) if carries_in and "carried_in" not in barred else 0
        left = _upto(max(2, scale * 0.12) * share, rng) if carries_out and "carried_out" not in barred else 0
        carried_out = min(received + carried_in, left)
        disposed = received + carried_in - carried_out if favoured else 0
        dealt = dict.fromkeys(LEAVES, 0)
        for leaf in _shares(disposed, favoured, rng):
            dealt[leaf[0]] += leaf[1]
        values = {"received": received, "carried_in": carried_in, "total": disposed, "carried_out": carried_out}
        for row, value in {**values, **{LEAVES[leaf]: dealt[leaf] for leaf in LEAVES}}.items():
            cells["requests", row, column] = value
    for row in {row for _, row, _ in cells}:
        cells["requests", row, "total"] = sum(cells["requests", row, column] for column in APPLICANTS.values())
    return cells


def _shares(total: int, among: Sequence[str], rng: Random) -> list[tuple[str, int]]:
    shares = []
    while total and among:
        part = rng.randint(1, max(1, total // 2))
        shares.append((rng.choice(among), part))
        total -= part
    return shares


def _remedies(requests: int, wanted: set[str], barred: set[str], rng: Random) -> dict[Cell, int]:
    scale = rng.choice((2, 5, max(8, requests // 25)))
    any_ = any(name.partition("_")[0] in {*REMEDIES, "suits", "remedies"} for name in wanted) or rng.random() < 0.6
    cells: dict[Cell, int] = {}
    for name, row in REMEDIES.items():
        groups = {name, "remedies"} if name == "review" else {name, "suits", "remedies"}
        scale_here = scale if any_ and not groups & barred else 0
        parts = {
            result: 0 if {f"{name}_{result}", f"suits_{result}"} & barred else _upto(scale_here / 2, rng)
            for result in RESULTS
        }
        for column, value in {**parts, "total": sum(parts.values())}.items():
            cells["remedies", row, column] = value
    return cells


def _named(cells: Mapping[Cell, int]) -> dict[str, int]:
    """The names of all figures that stand in the tables, and of their sums."""
    rows = {**LEAVES, "received": "received", "carried_in": "carried_in", "carried_out": "carried_out"}
    names = {name: cells["requests", row, "total"] for name, row in {**rows, "disposed": "total"}.items()}
    names |= {name: cells["requests", "received", column] for name, column in APPLICANTS.items()}
    names |= {group: sum(names[name] for name in members) for group, members in GROUPS.items()}
    for name, row in REMEDIES.items():
        names[name] = cells["remedies", row, "total"]
        names |= {f"{name}_{result}": cells["remedies", row, result] for result in RESULTS}
    names |= {f"suits_{result}": names[f"direct_{result}"] + names[f"after_{result}"] for result in RESULTS}
    names["suits"] = names["direct"] + names["after"]
    names["remedies"] = names["review"] + names["suits"]
    names["orgs"] = names["received"] - names["natural"]
    names["base"] = names["received"] + names["carried_in"]
    return names


def _others(names: Mapping[str, int], rng: Random) -> dict[str, int]:
    """The year, last year's number, and free numbers that no figure has."""
    year, received = rng.randint(2021, 2025), names["received"]
    last = max(0, int(received * rng.uniform(0.3, 1.9)) + rng.randint(-2, 3))
    last += last == received
    others = {"year": year, "last_year": year - 1, "next_year": year + 1, "last": last, "up": abs(received - last)}
    taken = {*names.values(), *others.values()}
    for name in FREE:
        # Half of them keep below the number of requests, where one is free, so that they look like figures.
        top = received - 1 if received > 30 and rng.random() < 0.5 else rng.choice((16, 60, 2 * received + 60))
        number = rng.randint(1, 2 * top)
        while number in taken:
            number = rng.randint(1, 2 * top)
        others[name] = number
        taken.add(number)
    return others

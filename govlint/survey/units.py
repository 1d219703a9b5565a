"""The list of the units that have to report: read from a file, then matched with the reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from govlint.chinese import fold, fold_mapped
from govlint.survey.rows import Row
from govlint.survey.settings import Settings


class Unit(NamedTuple):
    """A unit of the list; ``unit_type`` is an id, None when the list does not say."""

    name: str
    unit_type: str | None = None


def assign(rows: Sequence[Row], units: Sequence[Unit], settings: Settings) -> list[Row]:
    """The rows with their names in the list, followed by a row for each unit that has none.

    The type of unit that the list gives goes before that which the report's name suggests.
    """
    by_name = {fold(unit.name): unit for unit in units}
    of = _matches({fold(row.unit) for row in rows}, by_name, settings)
    done = []
    for row in rows:
        own = fold(row.unit)
        name = of.get(own) if row.named else of.get(own) or _within(row.unit, by_name, settings)
        unit = by_name.get(name) if name else None
        done.append(replace(row, listed=unit.name, unit_type=unit.unit_type or row.unit_type) if unit else row)
    present = {row.listed for row in done}
    absent = (unit for unit in by_name.values() if unit.name not in present)
    return done + [Row("", "missing", unit.name, listed=unit.name, unit_type=unit.unit_type) for unit in absent]


def _matches(names: Iterable[str], listed: Iterable[str], settings: Settings) -> dict[str, str]:
    """Folded name of a report → folded name of the list: the same one, else one with or without its place.

    Nothing is guessed: a name that fits several of the list has none, and neither have different names that fit one
    of the list but not each other, such as those of two counties.
    """
    wanted = set(listed)
    own = sorted(set(names))
    matches = {name: name for name in own if name in wanted}
    others = [name for name in own if name not in wanted]
    claims: dict[str, list[str]] = defaultdict(list)
    for name, fitting in _fitting(others, wanted, settings):
        if len(fitting) == 1:
            claims[fitting[0]].append(name)
    for target, claimants in claims.items():
        chain = sorted({*claimants, target}, key=len)
        if all(long.endswith(short) for short, long in pairwise(chain)):
            matches |= dict.fromkeys(claimants, target)
    return matches


def _fitting(names: Sequence[str], listed: Iterable[str], settings: Settings) -> Iterator[tuple[str, list[str]]]:
    """Each name with those of the list that differ from it by a place at the beginning alone."""
    by_end: Mapping[str, list[str]] = _by_ending(listed, settings)
    whole = set(listed)
    for name in names:
        shorter = [end for end in _endings(name, settings) if end in whole]
        yield name, sorted({*shorter, *by_end.get(name, ())})


def _by_ending(names: Iterable[str], settings: Settings) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for name in names:
        for end in _endings(name, settings):
            found[end].append(name)
    return found


def _endings(name: str, settings: Settings) -> Iterator[str]:
    """What is left of a name without a place before it."""
    for at in range(1, len(name) - 1):
        if settings.place.search(name[:at]) or settings.placed.search(name[at:]):
            yield name[at:]


def _within(file: str, listed: Iterable[str], settings: Settings) -> str | None:
    """The one name of the list that a file's name holds; of names within one another the longest."""
    folded, indices = fold_mapped(file)
    inside = [known for known in listed if known in folded]
    whole = [known for known in inside if not any(known != other and known in other for other in inside)]
    if len(whole) != 1:
        return None
    last = indices[folded.index(whole[0]) + len(whole[0]) - 1]
    return whole[0] if settings.follows.search(file[last + 1 :]) else None

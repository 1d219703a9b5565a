"""Which reports are the parts of which government's report: by a map, or by folders."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from govlint.chinese import fold
from govlint.crosscheck.filed import Filed, agreed, extends
from govlint.crosscheck.rollup_map import Entry, Listed, RollupMap
from govlint.model.diagnostic import Result
from govlint.model.errors import ConfigError, Mistake, Sentence
from govlint.model.finding import NotAssessable
from govlint.model.paths import real_path
from govlint.model.rule import Part


class Whole(NamedTuple):
    """A government's report and its units, or why it cannot be told which they are."""

    government: Filed
    parts: tuple[Part, ...] | NotAssessable


def _part(name: str, reports: Sequence[Filed], listed: Listed | None = None, *, absent: bool = False) -> Part:
    """A unit with its report of one year; several files of it serve when their numbers are the same."""
    one = agreed(reports) if reports else None
    return Part(name, one.report if one else None, absent, listed.place if listed else None)


class _Book:
    """The inputs of a run, to be looked up by path or by name of the agency."""

    def __init__(self, map_: RollupMap, filed: Sequence[Filed], results: Sequence[Result]) -> None:
        self._folder = map_.folder
        self._paths = {real_path(result.path): number for number, result in enumerate(results)}
        self._filed = {each.number: each for each in filed}
        self._by_name: dict[str, list[Filed]] = defaultdict(list)
        for each in filed:
            if each.agency:
                self._by_name[each.agency].append(each)
        self.all_read = len(filed) == len(results)

    def look_up(self, listed: Listed) -> tuple[list[Filed], bool]:
        """The reports, of any year, that a name or path means; and whether it means a file that is no such report."""
        for path in (Path(listed.name), self._folder / listed.name):
            number = self._paths.get(real_path(path))
            if number is not None:
                return ([self._filed[number]], False) if number in self._filed else ([], True)
        name = fold(listed.name)
        names = [name] if name in self._by_name else [n for n in self._by_name if extends(n, name) or extends(name, n)]
        return (list(self._by_name[names[0]]) if len(names) == 1 else []), False


def by_map(map_: RollupMap, filed: Sequence[Filed], results: Sequence[Result]) -> Iterator[Whole]:
    """The governments of a map, each report of theirs, with the units listed for them.

    Raises ConfigError when the map, unless it is a partial one, names a government that surely has no report.
    """
    book = _Book(map_, filed, results)
    mistakes: list[Mistake] = []
    for entry in map_.entries:
        governments, unusable = book.look_up(entry.government)
        if not governments and not unusable and book.all_read and not map_.partial:
            line, column = map_.document.source.position(entry.government.place.span.start)
            message = Sentence("no report of {name!r} among the inputs", name=entry.government.name)
            mistakes.append(Mistake(map_.document.source.path, line, column, message))
        for government in governments:
            yield Whole(government, tuple(_listed(book, entry, government.year)))
    if mistakes:
        raise ConfigError(mistakes)


def _listed(book: _Book, entry: Entry, year: int) -> Iterator[Part]:
    for unit in entry.units:
        reports, unusable = book.look_up(unit)
        of_year = [each for each in reports if each.year == year]
        yield _part(unit.name, of_year, unit, absent=not of_year and not unusable)


def by_folder(filed: Sequence[Filed], results: Sequence[Result]) -> Iterator[Whole]:
    """Each government that is the only one right in its folder, with the reports of its year there and below.

    A folder further down that has a government of its own counts as that government's report.
    """
    governments: dict[tuple[Path, int], list[Filed]] = defaultdict(list)
    for each in filed:
        if each.is_government:
            governments[each.path.parent, each.year].append(each)
    alone = {place: found for place, found in governments.items() if len({each.agency for each in found}) == 1}
    units: dict[tuple[Path, int], dict[str, list[Filed]]] = defaultdict(lambda: defaultdict(list))
    owned: set[int] = set()
    for each in filed:
        folders = (folder for folder in each.path.parents if (folder, each.year) in alone)
        owner = next((folder for folder in folders if each not in alone[folder, each.year]), None)
        if owner is not None:
            units[owner, each.year][each.agency or str(each.path)].append(each)
            owned.add(each.number)
    unread = _unread(filed, results)
    for place, found in governments.items():
        for government in found:
            if place in alone and (units[place] or unread.get(place[0])):
                parts = [_part(name, reports) for name, reports in sorted(units[place].items())]
                yield Whole(government, (*parts, *unread.get(place[0], ())))
            elif place not in alone and government.number not in owned:
                yield Whole(government, NotAssessable("several_governments", {"count": len(found)}))


def _unread(filed: Sequence[Filed], results: Sequence[Result]) -> dict[Path, list[Part]]:
    """By folder, the inputs there and below that may be units' reports and could not be read as such."""
    known = {each.number for each in filed}
    found: dict[Path, list[Part]] = defaultdict(list)
    for number, result in enumerate(results):
        if number not in known:
            for folder in Path(result.path).absolute().parents:
                found[folder].append(Part(result.path))
    return found

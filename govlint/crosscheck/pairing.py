"""Reports → series of one agency, and for each report the one of the year before."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

from govlint.crosscheck.filed import Filed, agreed, extends
from govlint.model.finding import NotAssessable
from govlint.model.report import Report

_Place = tuple[Path, str]
"""A folder, and a name in it."""


class Pairing:
    """The reports by agency and year.

    An agency is known by its name. A name that lacks the place (with or without the county, say) is taken for the
    longer one only in one folder, where just one longer name fits and no year has reports under both.
    """

    def __init__(self, filed: Sequence[Filed]) -> None:
        self._full = _full_names(filed)
        self._series: dict[str, dict[int, list[Filed]]] = defaultdict(lambda: defaultdict(list))
        for each in filed:
            if each.agency:
                self._series[self.agency(each)][each.year].append(each)

    def agency(self, filed: Filed) -> str:
        """The name under which a report's agency is known."""
        return self._full.get((filed.path.parent, filed.agency), filed.agency)

    def last_year(self, filed: Filed) -> Report | NotAssessable | None:
        """Last year's report of the same agency; why there is none; None for the first report of a series.

        Several files of one year (draft and final, two file types) serve when their numbers are the same.
        """
        if not filed.agency:
            return NotAssessable("no_agency")
        years = self._series[self.agency(filed)]
        found = years.get(filed.year - 1)
        if found:
            one = agreed(found)
            return one.report if one else NotAssessable("several_last_year", {"year": filed.year - 1})
        if min(years) < filed.year:
            return NotAssessable("no_last_year", {"year": filed.year - 1})
        return None


def _full_names(filed: Sequence[Filed]) -> dict[_Place, str]:
    """(folder, short name) → the one longer name that is surely the same agency's."""
    years: dict[_Place, set[int]] = defaultdict(set)
    for each in filed:
        years[each.path.parent, each.agency].add(each.year)
    longer: dict[_Place, list[str]] = defaultdict(list)
    for folder, name in years:
        for start in range(1, len(name)):
            if (folder, name[start:]) in years and extends(name, name[start:]):
                longer[folder, name[start:]].append(name)
    full = {
        (folder, short): names[0]
        for (folder, short), names in longer.items()
        if len(names) == 1 and not years[folder, short] & years[folder, names[0]]
    }
    uses = Counter((folder, name) for (folder, _), name in full.items())
    return {place: name for place, name in full.items() if uses[place[0], name] == 1 and (place[0], name) not in full}

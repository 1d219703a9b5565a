"""The reports beside that of an example (``with:``): last year's, other units', or the units of a government."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from govlint.crosscheck.linking import Rollup

MAP = "map.yaml"


class Company(NamedTuple):
    """The edits that make the other reports, and what tells which of them make up the example's own, if anything."""

    edits: tuple[Mapping[str, Any], ...]
    rollup: Rollup | None = None


def company_of(edit: Mapping[str, Any], year: int, agency: str) -> Company | None:
    """The reports that an example wants beside its own; None when it wants none.

    They are edits like the example: of its year unless they say another, last year's of its agency too. ``listed`` are
    the names of the units on a map; without it all units given are the government's.
    """
    wanted = edit.get("with")
    if wanted is None:
        return None
    edits = [{"year": year, **each} for name in ("units", "peers") for each in wanted.get(name, ())]
    if "last_year" in wanted:
        edits.append({"year": year - 1, "agency": agency, **wanted["last_year"]})
    rollup: Rollup | None = "folder" if "units" in wanted else None
    if "listed" in wanted:
        from govlint.crosscheck.rollup_map import parse_map

        rollup = parse_map(map_text(agency, wanted["listed"]), MAP)
    return Company(tuple(edits), rollup)


def map_text(government: str, units: list[str]) -> str:
    """A map of these units as people write it."""
    return "".join((f"government: {government}\nunits:\n", *(f"  - {unit}\n" for unit in units)))

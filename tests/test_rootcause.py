"""Broken totals that one cell explains become one diagnostic at that cell; all others stay as they are."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from test_cli import FAULTY
from test_cli import here as govlint

from govlint.examples.running import build
from govlint.linter import Linter, load_linter, select
from govlint.model.diagnostic import Diagnostic, Result

EQUATIONS = {"GL401", "GL402", "GL403"}
"""The rules of table 3 that say “equals”."""
CELLS = {2020: 23 * 7, 2023: 25 * 7}
"""How many cells table 3 has in the forms of these years."""


@cache
def linter(*ignored: str) -> Linter:
    """The rules of the cells and sums, less those ignored."""
    whole = load_linter()
    return whole.with_rules(select(whole.rules, ["GL3", "GL4"], ignored))


def lint(cells: Mapping[str, object], *ignored: str, year: int = 2023, layout: str = "tabs") -> Result:
    """The clean report with other numbers in some cells of table 3, judged."""
    edit = {"cell": {f"requests.{name}": str(text) for name, text in cells.items()}, "year": year, "layout": layout}
    built = build(edit, load_linter().data("examples/clean.yaml"), load_linter())
    result = linter(*ignored).check_bytes(built.data, built.path)
    assert result.read_error is None
    return result


@cache
def numbers(year: int = 2023) -> dict[str, int]:
    """Every cell of table 3 of the clean report."""
    table = lint({}, year=year).report.table_by_id["requests"]
    return {f"{cell.address.row}.{cell.address.column}": int(cell.number) for cell in table.cells}


def rules(result: Result) -> list[str]:
    return sorted(diagnostic.rule.id for diagnostic in result.diagnostics)


def causes(result: Result) -> dict[str, str | None]:
    """The cells that GL400 names, and the numbers that it offers."""
    found = [diagnostic.finding for diagnostic in result.diagnostics if diagnostic.rule.id == "GL400"]
    return {f"{finding.target.row}.{finding.target.column}": finding.expected for finding in found}


def printed(diagnostic: Diagnostic) -> str:
    return diagnostic.source.text[slice(*diagnostic.finding.location.span)]


def test_clean_report_has_no_cause():
    assert rules(lint({})) == rules(lint({}, year=2020)) == []


# One wrong cell


@pytest.mark.parametrize(("year", "step"), [(2020, 3), (2023, 1)])
def test_every_cell_too_large_is_the_one_cause(year, step):
    assert len(numbers(year)) == CELLS[year]
    for name, number in list(numbers(year).items())[::step]:
        result = lint({name: number + 5}, year=year)
        assert causes(result) == {name: str(number)}
        (diagnostic,) = result.diagnostics
        assert diagnostic.finding.found == printed(diagnostic) == str(number + 5)


def test_every_cell_too_small_is_the_one_cause():
    for name, number in numbers().items():
        if number:
            result = lint({name: number - 1})
            assert rules(result) == ["GL400"]
            assert causes(result) == {name: str(number)}


@pytest.mark.parametrize(
    ("cell", "mended"),
    [
        pytest.param("granted.natural_person", ["GL402", "GL403"], id="leaf"),
        pytest.param("received.business", ["GL401", "GL403"], id="leaf-received"),
        pytest.param("carried_out.other", ["GL401", "GL403"], id="leaf-carried-out"),
        pytest.param("granted.total", ["GL402", "GL403"], id="row-total"),
        pytest.param("received.total", ["GL401", "GL403"], id="row-total-received"),
        pytest.param("total.business", ["GL401", "GL402", "GL403"], id="column-total"),
        pytest.param("total.total", ["GL401", "GL402", "GL403"], id="grand-total"),
    ],
)
def test_what_was_broken_is_told(cell, mended):
    result = lint({cell: 44})
    (diagnostic,) = result.diagnostics
    finding = diagnostic.finding
    assert finding.params["value"] == Decimal(numbers()[cell])
    assert finding.params["count"] == len(mended)
    assert finding.params["rules"] == ", ".join(mended)
    assert sorted(related.params["rule"] for related in finding.related) == mended
    assert {related.role for related in finding.related} == {"equation"}
    assert printed(diagnostic) == "44"
    assert rules(lint({cell: 44}, "GL400")) == mended


@pytest.mark.parametrize("layout", ["tabs", "cells", "pipes", "html"])
def test_place_is_the_cell_in_every_layout(layout):
    result = lint({"refused_query.business": 77}, layout=layout)
    (diagnostic,) = result.diagnostics
    assert causes(result) == {"refused_query.business": "0"}
    assert printed(diagnostic) == "77"
    assert result.source.text.count("77") == 1


def test_only_table_3_has_causes():
    built = build({"cell": {"remedies.review.total": "7"}}, load_linter().data("examples/clean.yaml"), load_linter())
    assert rules(linter().check_bytes(built.data, built.path)) == ["GL404"]


# More than one wrong cell


def test_two_cells_in_different_rows_and_columns_are_two():
    result = lint({"granted.natural_person": 9, "refused_query.business": 3})
    assert rules(result) == ["GL400", "GL400"]
    assert causes(result) == {"granted.natural_person": "2", "refused_query.business": "0"}


def test_two_cells_off_by_the_same_are_two_where_no_other_two_would_do():
    result = lint({"granted.natural_person": 7, "refused_query.business": 5})
    assert rules(result) == ["GL400", "GL400"]
    assert causes(result) == {"granted.natural_person": "2", "refused_query.business": "0"}


def test_one_cell_too_large_and_one_too_small_are_two():
    result = lint({"granted.natural_person": 9, "partly_granted.business": 0})
    assert causes(result) == {"granted.natural_person": "2", "partly_granted.business": "1"}
    assert rules(result) == ["GL400", "GL400"]


def test_two_pairs_of_cells_that_would_do_alike_are_not_guessed_between():
    result = lint({"granted.natural_person": 1, "partly_granted.business": 0})
    assert causes(result) == {}
    assert rules(result) == ["GL402", "GL402", "GL403", "GL403"]


def test_two_cells_of_one_row_leave_their_row_alone():
    """Neither cell alone mends the row; so every broken equation is told by itself."""
    result = lint({"granted.natural_person": 5, "granted.business": 7})
    assert causes(result) == {}
    assert rules(result) == ["GL402", "GL402", "GL403"]


def test_a_cell_and_its_row_total_changed_alike_are_no_cause():
    result = lint({"granted.natural_person": 5, "granted.total": 5})
    assert causes(result) == {}
    assert rules(result) == ["GL402", "GL402"]
    assert {diagnostic.finding.target.column for diagnostic in result.diagnostics} == {"natural_person", "total"}


def test_a_cause_does_not_swallow_what_it_does_not_mend():
    result = lint({"total.charity": 6, "granted.natural_person": 5, "granted.total": 5})
    assert causes(result) == {"total.charity": "0"}
    assert rules(result) == ["GL400", "GL402", "GL402"]


def test_no_number_below_zero_is_offered():
    """Row and column are off by 3 and would be mended by -3 where 0 stands: that cell is not to blame."""
    result = lint({"granted.total": -1 + numbers()["granted.total"], "refused_query.natural_person": 9})
    assert all(Decimal(value) >= 0 for value in causes(result).values())


# Cells without a number


@pytest.mark.parametrize("blank", ["", "/", "abc"])
def test_blank_cell_elsewhere_changes_nothing(blank):
    result = lint({"other_rest.charity": blank, "granted.natural_person": 9})
    assert causes(result) == {"granted.natural_person": "2"}
    assert not EQUATIONS & set(rules(result))
    assert "GL400" in rules(result)


def test_blank_cell_in_the_row_leaves_one_equation():
    result = lint({"granted.charity": "", "granted.natural_person": 9})
    assert causes(result) == {}
    assert EQUATIONS & set(rules(result)) == {"GL402"}


def test_blank_cell_in_the_column_leaves_one_equation():
    result = lint({"other_rest.natural_person": "", "granted.natural_person": 9})
    assert causes(result) == {}
    assert EQUATIONS & set(rules(result)) == {"GL403"}


def test_column_total_is_found_by_the_equations_that_are_left():
    result = lint({"other_rest.natural_person": "", "total.natural_person": 9})
    assert causes(result) == {"total.natural_person": "3"}
    assert not EQUATIONS & set(rules(result))


# Selection


def test_without_gl400_the_single_equations_come_back():
    result = lint({"granted.natural_person": 9}, "GL400")
    assert rules(result) == ["GL402", "GL403"]


def test_without_one_of_the_equations_nothing_is_merged():
    assert rules(lint({"granted.natural_person": 9}, "GL402")) == ["GL403"]
    assert rules(lint({"granted.natural_person": 9}, "GL403")) == ["GL402"]


def test_without_one_of_three_equations_two_are_merged():
    result = lint({"total.natural_person": 9}, "GL402")
    assert rules(result) == ["GL400"]
    assert causes(result) == {"total.natural_person": "3"}


def found(*arguments: object) -> list[dict]:
    return govlint("check", "--output-format", "json", *arguments, FAULTY).json


def test_command_names_the_cell():
    (entry,) = [entry for entry in found("--lang", "en") if entry["rule"].startswith("GL4")]
    assert entry["rule"] == "GL400"
    assert entry["cell"] == {"table": "requests", "row": "granted", "column": "business"}
    assert (entry["line"], entry["column"], entry["end_line"], entry["end_column"]) == (51, 32, 51, 33)
    assert (entry["found"], entry["expected"]) == ("1", "0")
    assert [related["message"].split(":")[0] for related in entry["related"]] == ["GL402", "GL403"]
    assert [related["cell"]["row"] for related in entry["related"]] == ["total", "granted"]


def test_command_ignoring_gl400_tells_the_equations():
    assert {entry["rule"] for entry in found("--ignore", "GL400")} >= {"GL402", "GL403"}
    assert "GL400" not in {entry["rule"] for entry in found("--ignore", "one-wrong-cell")}


def test_command_with_one_equation_only_merges_nothing():
    (entry,) = found("--select", "GL403")
    assert (entry["rule"], entry["cell"]["row"], entry["cell"]["column"]) == ("GL403", "granted", "total")
    (entry,) = found("--select", "GL400,GL403")
    assert entry["rule"] == "GL403"


def test_the_same_equation_under_two_rules_is_one_cause(tmp_path):
    """A rule of one's own that repeats GL403 is not left over beside the cause that mends both."""
    (twin,) = [rule for rule in load_linter().rules if rule.id == "GL403"]
    text = Path(twin.origin).read_text(encoding="utf-8").replace("GL403", "XX403").replace(twin.name, "my-row-total")
    (tmp_path / "XX403.yaml").write_text(text, encoding="utf-8")
    names = [entry["rule"] for entry in found("--rules", tmp_path) if entry["rule"][2:3] == "4"]
    assert names == ["GL400"]

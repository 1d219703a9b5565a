"""A government's report and those of its units, by a map and by folders."""

from __future__ import annotations

from itertools import permutations

import pytest
from linked import COUNTY, GOVERNMENT, found, link, only, outcome, report, words

from govlint.crosscheck.rollup_map import parse_map
from govlint.model.errors import ConfigError

UNITS = [
    f"{COUNTY}{name}"
    for name in "教育局 财政局 民政局 司法局 审计局 统计局 林业局 商务局 信访局 医疗保障局 城关镇人民政府".split()
]


def files(missing: int = 0, **whole):
    """A government whose numbers are those of its one unit with numbers, 云溪县水务局, and eleven units with none."""
    units = {f"units/{number:02}.txt": report(agency=name, zero=True) for number, name in enumerate(UNITS)}
    for name in list(units)[:missing]:
        del units[name]
    return {"whole.txt": report(agency=GOVERNMENT, **whole), "units/water.txt": report(), **units}


MAP = "\n".join(
    [f"- government: {GOVERNMENT}", "  units:", "    - units/water.txt", *(f"    - {name}" for name in UNITS)]
)


@pytest.fixture(params=["map", "folder"])
def rollup(request):
    return parse_map(MAP, "map.yaml") if request.param == "map" else "folder"


def test_not_asked_not_checked():
    results = link(files(missing=5))
    assert found(results) == []
    assert outcome(results["whole.txt"], "GL804") == ("not_applicable", None)


def test_twelve_units_that_add_up(rollup):
    results = link(files(), rollup)
    assert found(results) == []
    assert outcome(results["whole.txt"], "GL804") == ("passed", None)


def test_one_fault_is_one_finding_with_the_cells_that_count(rollup):
    given = files()
    given["units/03.txt"] = report(agency=UNITS[3], zero=True, cell={"requests.granted.other": "2"})
    results = link(given, rollup)
    assert found(results) == [("whole.txt", "GL804")]
    finding = only(results["whole.txt"]).finding
    assert str(finding.target.address) == "requests.granted.other"
    assert (finding.params["number"], finding.params["sum"], finding.params["units"]) == (0, 2, 12)
    (there,) = finding.related
    assert there.location.source_id == "units/03.txt"
    assert results["units/03.txt"].source.text[slice(*there.location.span)] == "2"


def test_a_row_is_one_finding_whatever_its_columns(rollup):
    cells = {"requests.received.natural_person": "9", "requests.received.total": "10"}
    results = link(files(cell=cells), rollup)
    finding = only(results["whole.txt"]).finding
    assert finding.params["count"] == 2
    assert words(results["whole.txt"], only(results["whole.txt"])) == "9"
    assert [related.location.source_id for related in finding.related] == ["units/water.txt"]


def test_at_most_twelve_places_are_named():
    given = {f"{number}.txt": report(agency=f"{COUNTY}{number}局") for number in "甲乙丙丁戊己庚辛壬癸子丑寅卯"}
    results = link({"whole.txt": report(agency=GOVERNMENT), **given}, "folder")
    assert {len(diagnostic.finding.related) for diagnostic in results["whole.txt"].diagnostics} == {12}


def test_missing_unit_is_named_on_the_map():
    results = link(files(missing=1), parse_map(MAP, "map.yaml"))
    assert found(results) == [("map.yaml", "GL808")]
    diagnostic = only(results["map.yaml"])
    assert diagnostic.source.position(diagnostic.finding.location.span.start) == (4, 7)
    assert words(results["map.yaml"], diagnostic) == UNITS[0]
    assert outcome(results["whole.txt"], "GL804") == ("not_assessable", "unit_absent")
    assert outcome(results["map.yaml"], "GL808") == ("failed", None)


def test_report_of_another_year_is_none():
    given = {**files(), "units/00.txt": report(agency=UNITS[0], year=2022, zero=True)}
    assert found(link(given, parse_map(MAP, "map.yaml"))) == [("map.yaml", "GL808")]


def test_unreadable_unit_leaves_no_sum(rollup):
    given = files(cell={"requests.received.total": "99"})
    assert ("whole.txt", "GL804") in found(link(given, rollup))
    broken = link({**given, "units/water.txt": b"\x00\x01"}, rollup)
    assert found(broken) == []
    assert outcome(broken["whole.txt"], "GL804") == ("not_assessable", "unit_unusable")


def test_unreadable_row_silences_that_row(rollup):
    given = files(cell={"requests.received.total": "99", "remedies.direct.total": "7"})
    given["units/05.txt"] = report(agency=UNITS[5], zero=True, cell={"requests.received.total": ""})
    results = link(given, rollup)
    assert str(only(results["whole.txt"]).finding.target.address) == "remedies.direct.total"


def test_two_files_of_a_unit_count_once_if_their_numbers_agree(rollup):
    given = {**files(), "units/water.html": report(layout="html")}
    assert found(link(given, rollup)) == []
    differing = {**files(), "units/00b.txt": report(agency=UNITS[0], cell={"requests.other_rest.other": "5"})}
    results = link(differing, rollup)
    assert found(results) == []
    assert outcome(results["whole.txt"], "GL804") == ("not_assessable", "unit_unusable")


def test_order_of_inputs_does_not_matter(rollup):
    given = files(missing=9, cell={"disclosure.penalty.decisions": "4"})
    seen = {tuple(found(link({name: given[name] for name in names}, rollup))) for names in permutations(given)}
    assert len(seen) == 1


def test_amounts_may_be_off_by_rounding():
    cell = "disclosure.fees.amount"
    for whole, parts, fires in (
        ("3.1", ("1.53", "1.53"), False),
        ("3.2", ("1.53", "1.53"), True),
        ("4", ("1", "2"), True),
        ("3.06", ("1.53", "1.53"), False),
    ):
        given = {
            "w.txt": report(agency=GOVERNMENT, zero=True, cell={cell: whole}),
            "a.txt": report(zero=True, cell={cell: parts[0]}),
            "b.txt": report(agency=UNITS[0], zero=True, cell={cell: parts[1]}),
        }
        assert found(link(given, "folder")) == ([("w.txt", "GL804")] if fires else []), whole


# Folders


def test_government_below_stands_for_its_own_units():
    city = "临江市人民政府"
    given = {
        "city/whole.txt": report(agency=city),
        "city/office.txt": report(agency="临江市人民政府办公室", zero=True),
        "city/county/whole.txt": report(agency=GOVERNMENT),
        "city/county/a.txt": report(),
        "city/county/b.txt": report(agency=UNITS[0], zero=True),
    }
    assert found(link(given, "folder")) == []
    given["city/county/a.txt"] = report(cell={"requests.received.charity": "1"})
    assert found(link(given, "folder")) == [("city/county/whole.txt", "GL804")]


def test_years_in_one_folder_are_kept_apart():
    given = {
        f"{year}-{number}.txt": report(agency=agency, year=year, **({"zero": True} if year == 2022 else {}))
        for year in (2022, 2023)
        for number, agency in enumerate((GOVERNMENT, f"{COUNTY}水务局"))
    }
    assert not [rule for _, rule in found(link(given, "folder")) if rule == "GL804"]


def test_two_governments_side_by_side_are_not_told_apart():
    given = {"a.txt": report(agency=GOVERNMENT), "b.txt": report(agency="临江县人民政府"), "c.txt": report()}
    results = link(given, "folder")
    assert outcome(results["a.txt"], "GL804") == ("not_assessable", "several_governments")


def test_file_that_is_no_report_leaves_no_sum():
    given = {**files(), "units/essay.txt": "春天来了。\n".encode() * 50}
    assert outcome(link(given, "folder")["whole.txt"], "GL804") == ("not_assessable", "unit_unusable")


# Maps


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("", 1, 1, "should have 'government' and 'units'"),
        ("[]", 1, 1, "no entry: give 'government' and 'units'"),
        ("government: a\n", 1, 1, "lacks 'units'"),
        ("units: [a]\n", 1, 1, "lacks 'government'"),
        ("government: a\nunits: b\n", 2, 8, "should be a list of names of agencies, or of paths of their reports"),
        ("government: a\nunits: []\n", 2, 8, "should be a list of names of agencies, or of paths of their reports"),
        ("government: [a]\nunits: [b]\n", 1, 13, "should be the name of an agency, or the path of its report"),
        ("- government: a\n  units: [b, c, b]\n", 2, 17, "'b' is listed twice"),
        (
            "government: a\nunits:\n  - b\n  - {c: d}\n",
            4,
            5,
            "should be the name of an agency, or the path of its report",
        ),
        ("government: a\nunit: [b]\nunits: [b]\n", 2, 1, "unknown key 'unit' (there are: government, units)"),
        ("government: 'a\n", 2, 1, "found unexpected end of stream"),
        ("government: a\ngovernment: b\nunits: [c]\n", 2, 1, "key 'government' stands here twice"),
    ],
)
def test_mistakes_in_a_map_are_shown_at_their_line(text, line, column, message):
    with pytest.raises(ConfigError) as raised:
        parse_map(text, "map.yaml")
    assert [str(mistake) for mistake in raised.value.mistakes] == [f"map.yaml:{line}:{column}: {message}"]


def test_government_without_a_report_is_a_mistake():
    with pytest.raises(ConfigError) as raised:
        link(files(), parse_map("government: 临江县人民政府\nunits: [云溪县水务局]\n", "map.yaml"))
    assert str(raised.value).startswith("map.yaml:1:13: no report of '临江县人民政府'")


def test_several_entries_and_names_without_the_place():
    text = (
        f"- government: whole.txt\n  units: [水务局]\n- government: {GOVERNMENT}\n  units: [units/water.txt, 教育局]\n"
    )
    assert found(link(files(), parse_map(text, "map.yaml"))) == []


def test_names_that_several_agencies_fit_are_not_guessed():
    given = {**files(), "units/other.txt": report(agency="临江县水务局")}
    text = f"government: {GOVERNMENT}\nunits: [水务局]\n"
    assert found(link(given, parse_map(text, "map.yaml"))) == [("map.yaml", "GL808")]

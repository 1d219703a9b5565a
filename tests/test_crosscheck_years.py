"""This year's report and last year's: which belong together, and what does not carry over."""

from __future__ import annotations

from itertools import permutations

import pytest
from linked import as_word, found, link, only, outcome, report, words

CARRIED = {"cell": {"requests.carried_out.business": "1", "requests.carried_out.total": "3"}}
LAST = {"year": 2022, "cell": {"disclosure.normative_documents.in_force": "4"}}
"""Last year's report that agrees with the clean one."""


def pair(**edit):
    """Last year's report and this year's, which are as they should be but for an edit of last year's."""
    return {"2022.html": report(**{**LAST, "layout": "html", **edit}), "2023.txt": report()}


def test_silent_where_all_agrees():
    results = link(pair())
    assert found(results) == []
    assert {outcome(results["2023.txt"], rule)[0] for rule in ("GL801", "GL802", "GL803", "GL806")} == {"passed"}


def test_carried_over_points_into_both_reports():
    results = link(pair(cell={**LAST["cell"], "requests.carried_out.total": "3"}))
    assert found(results) == [("2023.txt", "GL801")]
    diagnostic = only(results["2023.txt"])
    (there,) = diagnostic.finding.related
    last = results["2022.html"].source
    assert str(diagnostic.finding.target.address) == "requests.carried_in.total"
    assert words(results["2023.txt"], diagnostic) == "0"
    assert there.location.source_id == last.id
    assert last.text[slice(*there.location.span)] == "3"
    assert str(there.cell) == "requests.carried_out.total"
    assert diagnostic.finding.expected == "3"


def test_columns_are_a_note_and_only_where_totals_agree():
    carried = {f"requests.carried_in.{name}": "2" for name in ("natural_person", "total")}
    moved = {f"requests.carried_out.{name}": "2" for name in ("legal_service", "total")}
    last = {**LAST, "cell": {**LAST["cell"], **moved}}
    results = link({"a.txt": report(**last), "b.txt": report(cell=carried)})
    assert found(results) == [("b.txt", "GL806")]
    diagnostic = only(results["b.txt"])
    assert diagnostic.finding.params["count"] == 2
    assert [str(related.cell) for related in diagnostic.finding.related] == [
        "requests.carried_out.natural_person",
        "requests.carried_out.legal_service",
    ]
    last["cell"]["requests.carried_out.total"] = "5"
    assert found(link({"a.txt": report(**last), "b.txt": report(cell=carried)})) == [("b.txt", "GL801")]


@pytest.mark.parametrize(("in_force", "fires"), [("4", False), ("5", True), ("3", True), ("", False)])
def test_stock_is_told_with_its_sum(in_force, fires):
    results = link(pair(cell={"disclosure.normative_documents.in_force": in_force}))
    assert found(results) == ([("2023.txt", "GL802")] if fires else [])
    if fires:
        finding = only(results["2023.txt"]).finding
        assert finding.params["sum"] == f"{in_force}+1−0={int(in_force) + 1}"
        assert len(finding.related) == 3


def test_stock_on_different_forms_is_not_judged():
    results = link({"a.txt": report(year=2020), "b.txt": report(year=2021)})
    assert found(results) == []
    assert outcome(results["b.txt"], "GL802") == ("not_assessable", "forms_differ")
    assert outcome(results["b.txt"], "GL801") == ("passed", None)


@pytest.mark.parametrize(
    ("last", "now", "fires"),
    [
        ({"review.pending": "2"}, {}, True),
        ({"review.pending": "1"}, {}, False),
        ({"direct.pending": "1"}, {"after_review.total": "1"}, False),
        ({"direct.pending": "1", "after_review.pending": "1"}, {"after_review.total": "1"}, True),
        ({"direct.pending": "/"}, {}, False),
    ],
)
def test_pending_cases(last, now, fires):
    cells = {**LAST["cell"], **{f"remedies.{name}": value for name, value in last.items()}}
    files = {
        "a.txt": report(year=2022, cell=cells),
        "b.txt": report(cell={f"remedies.{name}": value for name, value in now.items()}),
    }
    assert found(link(files)) == ([("b.txt", "GL803")] if fires else [])


def test_file_names_and_types_do_not_matter():
    last = report(year=2022, **CARRIED)
    for name, data in {"x1.txt": last, "报告（终稿）.docx": as_word(last)}.items():
        results = link({name: data, "2021/y.docx": as_word(report())})
        assert ("2021/y.docx", "GL801") in found(results)


def test_order_of_inputs_does_not_matter():
    files = {
        "a.txt": report(year=2022, **CARRIED),
        "b.html": report(layout="html"),
        "c.txt": report(year=2024, cell={"disclosure.normative_documents.in_force": "6"}),
        "d.txt": report(agency="云溪县教育局"),
        "e.txt": b"\x00\x01",
    }
    seen = set()
    for names in permutations(files):
        results = link({name: files[name] for name in names})
        assert list(results) == list(names)
        seen.add(tuple(found(results)))
    assert seen == {(("b.html", "GL801"), ("b.html", "GL802"))}


def test_first_report_has_nothing_before_it_and_a_gap_is_said():
    results = link({"a.txt": report(year=2021), "b.txt": report(year=2023), "c.txt": report(agency="云溪县教育局")})
    assert outcome(results["a.txt"], "GL801") == ("not_applicable", None)
    assert outcome(results["b.txt"], "GL801") == ("not_assessable", "no_last_year")
    assert outcome(results["c.txt"], "GL801") == ("not_applicable", None)


def test_several_files_of_last_year_serve_if_their_numbers_agree():
    last = report(year=2022, **CARRIED)
    same = {"draft.txt": last, "final.docx": as_word(last), "now.txt": report()}
    assert ("now.txt", "GL801") in found(link(same))
    results = link({**same, "draft.txt": report(**LAST)})
    assert found(results) == []
    assert outcome(results["now.txt"], "GL801") == ("not_assessable", "several_last_year")


def test_each_file_of_this_year_is_judged():
    files = {"a.txt": report(year=2022, **CARRIED), "b.txt": report(), "c.html": report(layout="html")}
    assert {path for path, rule in found(link(files)) if rule == "GL801"} == {"b.txt", "c.html"}


SHORT = {"agency": "水务局"}


@pytest.mark.parametrize(
    ("last", "now", "more", "paired"),
    [
        ("云溪县水务局", "云溪县 水务局", [], True),
        ("水务局", "云溪县水务局", [], True),
        ("县水务局", "云溪县水务局", [], True),
        ("青川省云溪县水务局", "云溪县水务局", [], True),
        ("云溪县水利局", "云溪县水务局", [], False),
        ("综合水务局", "水务局", [], False),
        ("水务局", "云溪县水务局", ["临江县水务局"], False),
        ("水务局", "云溪县水务局", ["水务局"], False),
    ],
)
def test_names_with_and_without_the_place(last, now, more, paired):
    files = {
        "a.txt": report(year=2022, agency=last, **CARRIED),
        "b.txt": report(agency=now),
        **{f"{number}.txt": report(agency=name) for number, name in enumerate(more)},
    }
    assert (("b.txt", "GL801") in found(link(files))) == paired


def test_short_names_of_other_folders_are_not_guessed():
    files = {"x/a.txt": report(year=2022, agency="水务局", **CARRIED), "y/b.txt": report()}
    assert found(link(files)) == []
    assert ("x/b.txt", "GL801") in found(link({"x/a.txt": files["x/a.txt"], "x/b.txt": files["y/b.txt"]}))

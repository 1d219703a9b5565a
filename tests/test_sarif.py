"""``sarif``: valid by the official schema, with all that GitHub asks for, and true."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from jsonschema import Draft4Validator
from linked import LINKED, as_word, report
from runs import FAULTS, LANGUAGES, LINTER, SOME, STALE, WAIVER, assert_as_kept, sample, waiving, write

from govlint.model.diagnostic import Result, RuleOutcome, Run
from govlint.model.errors import ReadError
from govlint.model.finding import Related
from govlint.model.source import Location, Source, Span
from govlint.writers import sarif as writer
from govlint.writers.places import fingerprints

ROOT = Path(__file__).parent.parent
SCHEMA = json.loads((ROOT / "tests" / "schemas" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
VALIDATOR = Draft4Validator(SCHEMA)
WORDING = {"heading": {5: "五、主要问题和改进情况"}}
HOSTILE = (
    'x[见](1)和[a](http://host.example)\\]{0}{"<script>alert(1)</script>"::error::]]>=cmd()\x1b[31m\x00\u202e\u2028😀𠮷'
)
LINK = re.compile(r"\[((?:[^\\\[\]]|\\[\\\[\]])*)\]\((\d+)\)")
"""An embedded link of a plain text message, as the standard defines it."""


def logged(run: Run, lang: str = "zh") -> dict[str, Any]:
    """The one run of the log, which is valid and has all that GitHub wants."""
    log = json.loads(write("sarif", run, lang))
    VALIDATOR.validate(log)
    github_takes(log)
    assert_sound(log["runs"][0])
    return log["runs"][0]


def github_takes(log: dict[str, Any]) -> None:
    """What GitHub's documentation marks as required, and its limits; nothing required is empty."""
    assert urlsplit(log["$schema"]).path.endswith("sarif-schema-2.1.0.json")
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert run["tool"]["driver"]["name"] == "govlint"
    for rule in run["tool"]["driver"]["rules"]:
        for text in (rule["shortDescription"]["text"], rule["fullDescription"]["text"]):
            assert 0 < len(text) <= 1024
        assert rule["id"]
        assert 0 < len(rule["name"]) <= 255
        assert rule["help"]["text"]
        assert rule["help"]["markdown"]
        assert rule["defaultConfiguration"]["level"] in {"note", "warning", "error"}
        assert 0 < len(rule["properties"]["tags"]) <= 10
        assert rule["properties"]["precision"] in {"very-high", "high", "medium", "low"}
        assert rule["properties"]["problem.severity"] in {"error", "warning", "recommendation"}
    assert len(run["results"]) <= 25_000
    for result in run["results"]:
        assert result["message"]["text"]
        assert result["partialFingerprints"]["primaryLocationLineHash"]
        assert len(result["locations"]) == 1
        places = [*result["locations"], *result.get("relatedLocations", [])]
        assert len(places) <= 1000
        for place in places:
            region = place["physicalLocation"]["region"]
            assert place["physicalLocation"]["artifactLocation"]["uri"]
            assert min(region.values()) >= 1
            assert region["startLine"] == region["endLine"]
            assert region["startColumn"] <= region["endColumn"]


def assert_sound(run: dict[str, Any]) -> None:
    """What belongs together: rules and results, links and places, suppressions, fingerprints."""
    assert run["columnKind"] == "utf16CodeUnits"
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        ids = [place["id"] for place in result.get("relatedLocations", [])]
        assert ids == list(range(1, len(ids) + 1))
        linked = [int(number) for _, number in LINK.findall(result["message"]["text"])]
        assert linked == ids[: len(linked)]
        assert len(linked) == min(len(ids), 20)
    assert len({"suppressions" in result for result in run["results"]}) < 2
    hashes = [result["partialFingerprints"]["primaryLocationLineHash"] for result in run["results"]]
    assert len(set(hashes)) == len(hashes)


def text_at(source: Source, physical: dict[str, Any], key: str = "region") -> str:
    """The words of a region, found as one does who only knows lines and UTF-16 code units."""
    region = physical[key]
    lines = source.text.split("\n")[region["startLine"] - 1 : region["endLine"]]
    units = [line.encode("utf-16-le") for line in lines]
    units[-1] = units[-1][: 2 * (region["endColumn"] - 1)]
    units[0] = units[0][2 * (region["startColumn"] - 1) :]
    return "\n".join(line.decode("utf-16-le") for line in units)


def uri_of(result: dict[str, Any]) -> str:
    return result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]


def places(run: Run, described: dict[str, Any]) -> Iterator[tuple[Source, Location, dict[str, Any]]]:
    """Every place of a run's diagnostics, primary and related, with what is said of it."""
    diagnostics = [diagnostic for result in run.results for diagnostic in result.diagnostics]
    diagnostics.sort(key=lambda diagnostic: diagnostic.source.path)
    for diagnostic, result in zip(diagnostics, sorted(described["results"], key=uri_of), strict=True):
        finding = diagnostic.finding
        yield diagnostic.source, finding.location, result["locations"][0]["physicalLocation"]
        for related, place in zip(finding.related, result.get("relatedLocations", []), strict=True):
            yield run.sources[related.location.source_id], related.location, place["physicalLocation"]


def prints(run: dict[str, Any]) -> dict[str, str]:
    return {
        result["partialFingerprints"]["primaryLocationLineHash"]: result["partialFingerprints"]["govlint/v1"]
        for result in run["results"]
    }


# Whole output


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_output_as_it_is(lang):
    """A snapshot, to be read by a person when it changes."""
    assert_as_kept(f"sarif.{lang}.json", write("sarif", sample(), lang))
    logged(sample(), lang)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_all_fixtures_are_valid(lang):
    paths = sorted(path for path in (ROOT / "fixtures" / "faulty").iterdir() if path.suffix != ".expected")
    run = LINTER.run([LINTER.check_bytes(path.read_bytes(), path.name) for path in paths])
    described = logged(run, lang)
    assert len(described["results"]) == sum(len(result.diagnostics) for result in run.results) > 50
    assert [rule["id"] for rule in described["tool"]["driver"]["rules"]] == [rule.id for rule in LINTER.in_force]
    assert described["language"] == {"zh": "zh-CN", "en": "en-US"}[lang]
    for source, location, physical in places(run, described):
        told = text_at(source, physical, "contextRegion" if "contextRegion" in physical else "region")
        assert told == source.text[slice(*location.span)]


def test_clean_run_has_no_results():
    described = logged(LINTER.run([LINTER.check_bytes(report(), "a.txt")]))
    assert described["results"] == []
    assert described["invocations"] == [{"executionSuccessful": True}]


def test_nothing_at_all_is_valid():
    logged(LINTER.run([]))


def test_large_logs_go_on_one_line(monkeypatch):
    lines = write("sarif", sample()).count("\n")
    monkeypatch.setattr(writer, "READABLE", 3)
    assert write("sarif", sample()).count("\n") == 1 < lines
    logged(sample())


def test_rules_tell_why_how_and_on_which_basis():
    described = logged(LINTER.run([]), "en")
    by_id = {rule["id"]: rule for rule in described["tool"]["driver"]["rules"]}
    for rule in LINTER.in_force:
        text = by_id[rule.id]["help"]["text"]
        assert " ".join(rule.why["en"].split()) in text
        assert not rule.fix or " ".join(rule.fix["en"].split()) in text
        for entry in rule.basis:
            assert entry["document"] in text or entry["document"] == "practice"
    assert by_id["GL403"]["help"]["markdown"].startswith("**Why**: ")
    assert by_id["GL403"]["properties"]["tags"] == ["GL4", "balance"]
    assert by_id["GL801"]["properties"]["tags"][2:] == ["series"]


# Places


def test_columns_count_utf_16_code_units():
    """An astral character before the place moves it by two."""
    text = report(cell={"requests.granted.business": "1"}).decode()
    plain = SOME.check_bytes(text.encode(), "a.txt")
    (before,) = logged(SOME.run([plain]))["results"]
    line = before["locations"][0]["physicalLocation"]["region"]["startLine"]
    lines = text.split("\n")
    lines[line - 1] = lines[line - 1].replace("予以公开", "予以公开𠮷", 1)
    result = SOME.check_bytes("\n".join(lines).encode(), "a.txt")
    (diagnostic,) = [one for one in result.diagnostics if one.rule.id == "GL400"]
    run = SOME.run([replace(result, diagnostics=(diagnostic,))])
    (after,) = logged(run)["results"]
    moved = after["locations"][0]["physicalLocation"]["region"]
    assert moved["startColumn"] == before["locations"][0]["physicalLocation"]["region"]["startColumn"] + 2
    assert moved["startColumn"] == result.source.position(diagnostic.finding.location.span.start).column + 1
    assert text_at(result.source, after["locations"][0]["physicalLocation"]) == "1"


def test_places_over_several_lines_are_cut_to_the_first_with_the_rest_as_context():
    result = SOME.check_bytes(report(**WORDING).replace(b"\n", b"\r\n"), "a.txt")
    (diagnostic,) = result.diagnostics
    start = diagnostic.finding.location.span.start
    span = Span(start, result.source.text.index("六、", start))
    finding = diagnostic.finding._replace(location=Location(result.source.id, span))
    run = SOME.run([replace(result, diagnostics=(replace(diagnostic, finding=finding),))])
    ((told),) = logged(run)["results"]
    physical = told["locations"][0]["physicalLocation"]
    assert text_at(result.source, physical) == WORDING["heading"][5]
    assert text_at(result.source, physical, "contextRegion") == result.source.text[span.start : span.end]


def test_cells_have_names_that_no_edition_or_language_changes():
    for lang in ("zh", "en"):
        (told,) = [one for one in logged(sample(), lang)["results"] if one["ruleId"] == "GL400"]
        (place,) = told["locations"]
        assert place["logicalLocations"] == [{"name": "business", "fullyQualifiedName": "requests.granted.business"}]
        assert "（一）予以公开" in place["message"]["text"]


def test_related_places_are_links():
    (told,) = [one for one in logged(sample())["results"] if one["ruleId"] == "GL400"]
    first, second = told["message"]["text"].split("\n")
    assert LINK.search(first) is None
    assert LINK.findall(second) == [(place["message"]["text"], str(place["id"])) for place in told["relatedLocations"]]
    assert second.startswith("相关位置：[GL402：1+")


def test_related_places_in_another_file():
    carried = {"disclosure.normative_documents.in_force": "4", "requests.carried_out.total": "3"}
    last = report(year=2022, layout="html", cell=carried)
    results = LINKED.link(
        [LINKED.check_bytes(last, "2022/水务局.html"), LINKED.check_bytes(report(), "2023/水务局.txt")]
    )
    run = LINKED.run(results)
    described = logged(run)
    ((told),) = described["results"]
    assert told["ruleId"] == "GL801"
    (there,) = told["relatedLocations"]
    assert unquote(there["physicalLocation"]["artifactLocation"]["uri"]) == "2022/水务局.html"
    assert text_at(results[0].source, there["physicalLocation"]) == "3"
    assert there["logicalLocations"][0]["fullyQualifiedName"] == "requests.carried_out.total"
    assert [source.path for source, _, _ in places(run, described)] == ["2023/水务局.txt", "2022/水务局.html"]


def test_more_related_places_than_github_takes():
    result = SOME.check_bytes(report(**WORDING), "a.txt")
    (diagnostic,) = result.diagnostics
    location = diagnostic.finding.location
    many = tuple(Related(location, "part", {"printed": f"第{n}处"}) for n in range(1, 1201))
    finding = diagnostic.finding._replace(related=many)
    log = json.loads(write("sarif", SOME.run([replace(result, diagnostics=(replace(diagnostic, finding=finding),))])))
    github_takes(log)
    (told,) = log["runs"][0]["results"]
    assert len(told["relatedLocations"]) == 999
    assert told["message"]["text"].endswith("[“第20处”](20)；还有 1180 处")


def test_places_in_files_without_lines_are_told_in_words():
    result = SOME.check_bytes(as_word(report(**FAULTS)), "报告.docx")
    described = logged(SOME.run([result]))
    (told,) = [one for one in described["results"] if one["ruleId"] == "GL400"]
    place = result.source.place(next(d for d in result.diagnostics if d.rule.id == "GL400").finding.location.span.start)
    assert f"第{place.row}行第{place.cell}列" in told["message"]["text"]
    assert text_at(result.source, told["locations"][0]["physicalLocation"]) == "1"


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("报告/2023年 (终).md", "%E6%8A%A5%E5%91%8A/2023%E5%B9%B4%20%28%E7%BB%88%29.md"),
        ("./报告//a.md", "%E6%8A%A5%E5%91%8A/a.md"),
        ("-", "stdin"),
        ("a:b.md", "a%3Ab.md"),
        ("/nowhere/a.md", "file:///nowhere/a.md"),
    ],
)
def test_files_are_named_from_the_root(path, uri):
    (told,) = logged(SOME.run([SOME.check_bytes(report(**WORDING), path)]))["results"]
    assert told["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": uri}


def test_root_of_the_run_counts(tmp_path):
    result = SOME.check_bytes(report(**WORDING), str(tmp_path / "reports" / "a.md"))
    (told,) = logged(SOME.run([result], str(tmp_path)))["results"]
    assert told["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": "reports/a.md"}


# Fingerprints


def test_fingerprints_stay_on_a_rerun_and_an_edit_elsewhere():
    before = SOME.run([SOME.check_bytes(report(**FAULTS), "a/2023.txt")])
    again = SOME.run([SOME.check_bytes(report(**FAULTS), "a/2023.txt")])
    longer = report(**FAULTS).replace("二、".encode(), "新加的一段。\n\n二、".encode(), 1)
    moved = SOME.run([SOME.check_bytes(longer, "a/2023.txt")])
    assert write("sarif", again) == write("sarif", before)
    assert write("sarif", moved) != write("sarif", before)
    assert prints(logged(moved)) == prints(logged(before))
    assert set(prints(logged(before)).values()) == set(fingerprints(before).values())


def test_files_of_one_name_in_two_folders_are_told_apart():
    data = report(**WORDING)
    told = prints(logged(SOME.run([SOME.check_bytes(data, f"{folder}/2023.txt") for folder in "甲乙"])))
    assert len(told) == 2
    assert len(set(told.values())) == 1


def test_a_waiver_changes_no_fingerprint():
    result = SOME.check_bytes(report(**FAULTS), "a.txt")
    run, waived = SOME.run([result]), SOME.run([waiving(result, "GL102")])
    assert list(prints(logged(waived))) == list(prints(logged(run)))


# Waivers


@pytest.mark.parametrize(("kind", "told"), [("file", "external"), ("baseline", "external"), ("inline", "inSource")])
def test_what_is_waived_is_suppressed(kind, told):
    result = waiving(SOME.check_bytes(report(**FAULTS), "a.txt"), "GL501", WAIVER._replace(kind=kind))
    suppressed = {one["ruleId"]: one["suppressions"] for one in logged(SOME.run([result]))["results"]}
    (suppression,) = suppressed.pop("GL501")
    assert not any(suppressed.values())
    assert len(suppressed) > 1
    assert suppression["kind"] == told
    assert suppression["status"] == "accepted"
    assert suppression["justification"] == "收费情况另行公布（王），2024-12-31 到期"
    place = suppression["location"]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": ".govlint-waivers.yaml"}, "region": {"startLine": 3}}


def test_a_waiver_may_say_no_more_than_why():
    waiver = WAIVER._replace(author=None, expires=None, reason="理由\x1b[31m")
    result = waiving(SOME.check_bytes(report(**FAULTS), "a.txt"), "GL501", waiver)
    (told,) = [one for one in logged(SOME.run([result]))["results"] if one["suppressions"]]
    assert told["suppressions"][0]["justification"] == "理由\\x1b[31m"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("why", ["unused", "changed", "expired", "unknown_rule", "no_reason"])
def test_stale_waivers_are_notifications(why, lang):
    (told,) = logged(replace(SOME.run([]), stale=(STALE._replace(why=why),)), lang)["invocations"]
    assert told["executionSuccessful"]
    (notification,) = told["toolExecutionNotifications"]
    assert (notification["level"], notification["descriptor"]["id"]) == ("warning", "stale-waiver")
    assert "GL301" in notification["message"]["text"]
    assert notification["locations"][0]["physicalLocation"]["region"] == {"startLine": 9}


# What went wrong


def test_unreadable_files_are_notifications():
    unread = Result("扫描 件.pdf", read_error=ReadError("", "encrypted"))
    (told,) = logged(LINTER.run([unread]))["invocations"]
    assert not told["executionSuccessful"]
    (notification,) = told["toolExecutionNotifications"]
    assert notification["level"] == "error"
    assert notification["message"]["text"] == "扫描 件.pdf 没有读成：文件已加密；请取消密码后再检查"
    assert unquote(notification["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]) == "扫描 件.pdf"


def test_rules_that_took_too_long_are_a_failure_too():
    result = LINTER.check_bytes(report(), "a.txt")
    slow = replace(result, outcomes=(RuleOutcome("GL901", "not_assessable", "too_slow", {"seconds": 2}),))
    (told,) = logged(LINTER.run([slow, slow]))["invocations"]
    assert not told["executionSuccessful"]
    (notification,) = told["toolExecutionNotifications"]
    assert LANGUAGES["zh"].say("cli", "slow_rule", {"name": "GL901", "count": 2}) == notification["message"]["text"]


def test_the_slightest_are_left_out_where_there_are_too_many(monkeypatch):
    result = waiving(SOME.check_bytes(report(**FAULTS), "a.txt"), "GL400")
    every = [one["ruleId"] for one in logged(SOME.run([result]))["results"]]
    assert every == ["GL102", "GL400", "GL102", "GL501", "GL106"]
    left = {
        1: ["GL501"],
        2: ["GL102", "GL501"],
        3: ["GL102", "GL102", "GL501"],
        4: ["GL102", "GL102", "GL501", "GL106"],
    }
    for most, kept in left.items():
        monkeypatch.setattr(writer, "MOST_RESULTS", most)
        described = logged(SOME.run([result]))
        assert [one["ruleId"] for one in described["results"]] == kept
        (told,) = described["invocations"]
        assert told["executionSuccessful"]
        assert str(5 - most) in told["toolExecutionNotifications"][0]["message"]["text"]


# Hostile text


def test_hostile_text_stays_text():
    result = SOME.check_bytes(report(cell={"remedies.review.upheld": HOSTILE}), f"目录/{HOSTILE}\ud800.txt")
    (told,) = logged(SOME.run([result]))["results"]
    text = told["message"]["text"]
    assert LINK.findall(text.split("\n")[0]) == []
    assert "](http" not in text
    assert '[a] (http://host.example)\\]{{0}}{{"<script>' in text
    assert "\\x1b[31m\\x00\\u202e" in text
    assert "😀𠮷" in text
    assert all(char.isprintable() for char in text.replace("\n", ""))
    uri = told["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri.isascii()
    assert not set(uri) & set(' "<>[]{}\\:')


def test_hostile_text_of_related_places_leads_where_it_should():
    result = SOME.check_bytes(report(**WORDING), "a.txt")
    (diagnostic,) = result.diagnostics
    related = tuple(Related(diagnostic.finding.location, "part", {"printed": word}) for word in (HOSTILE, "b[", "]\\"))
    finding = diagnostic.finding._replace(related=related)
    (told,) = logged(SOME.run([replace(result, diagnostics=(replace(diagnostic, finding=finding),))]))["results"]
    links = LINK.findall(told["message"]["text"])
    assert [number for _, number in links] == ["1", "2", "3"]
    shown = [re.sub(r"\\([\\\[\]])", r"\1", words).replace("{{", "{").replace("}}", "}") for words, _ in links]
    assert shown[1:] == ["“b[”", "“]\\”"]
    assert shown[0].startswith('“x[见](1)和[a](http://host.example)\\]{0}{"<script>')


def test_lone_surrogates_do_no_harm():
    result = SOME.check_bytes(report(**WORDING), "坏\udce6.txt")
    (diagnostic,) = result.diagnostics
    params = {name: f"{value}\ud83d" for name, value in diagnostic.finding.params.items()}
    finding = diagnostic.finding._replace(params=params)
    (told,) = logged(SOME.run([replace(result, diagnostics=(replace(diagnostic, finding=finding),))]))["results"]
    assert "\\ud83d" in told["message"]["text"]
    assert told["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].endswith("%E6.txt")


def test_user_rules_with_hardly_any_words_are_described():
    rule = replace(SOME.in_force[0], title={"zh": "<b>[题](1)</b>\n二"}, why={"zh": "长" * 2000}, fix={}, basis=())
    described = logged(replace(SOME.run([]), rules=(rule,)), "en")
    (told,) = described["tool"]["driver"]["rules"]
    assert told["shortDescription"]["text"] == "<b>[题](1)</b> 二"
    assert len(told["fullDescription"]["text"]) == 1024
    assert told["help"]["text"].startswith("Why: 长")
    assert "custom" in told["help"]["markdown"]

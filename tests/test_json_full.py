"""Waivers in ``json-full``: what is accepted and why, and which waivers did nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from runs import LINTER, SOME, STALE, WAIVER, sample, waiving, write
from test_cli import FAULTY

from govlint.model.diagnostic import Run
from govlint.model.waiver import Stale, Waiver
from govlint.writers.schemas import SCHEMAS

SCHEMA = Draft202012Validator(SCHEMAS["check-full"])


def read(run: Run, lang: str = "zh") -> dict[str, Any]:
    data = json.loads(write("json-full", run, lang))
    SCHEMA.validate(data)
    return data


def test_version():
    assert read(sample())["schema_version"] == 2
    assert SCHEMAS["check-full"]["$id"] == "govlint:check-full:2"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_waived_is_a_diagnostic_and_its_waiver(lang):
    (waived,) = read(sample(), lang)["waived"]
    assert waived.pop("waiver") == {
        "kind": "file",
        "path": ".govlint-waivers.yaml",
        "line": 3,
        "reason": WAIVER.reason,
        "author": "王",
        "expires": "2024-12-31",
    }
    first = sample().results[0]
    unwaived = replace(first, diagnostics=(*first.diagnostics, first.waived[0].diagnostic), waived=())
    shown = json.loads(write("json", SOME.run([unwaived]), lang))
    assert waived == next(entry for entry in shown if entry["rule"] == "GL501")


def test_waived_is_not_among_the_diagnostics():
    data = read(sample())
    assert data["diagnostics"] == json.loads(write("json", sample()))
    assert "GL501" not in {entry["rule"] for entry in data["diagnostics"]}
    ledger = {entry["rule"]: entry["outcome"] for entry in data["files"][0]["ledger"]}
    assert (ledger["GL501"], ledger["GL400"]) == ("waived", "failed")


def test_a_report_with_nothing_but_waived_findings_has_passed():
    result = SOME.with_rules(tuple(rule for rule in SOME.rules if rule.id == "GL501")).check_bytes(
        FAULTY.read_bytes(), "a.md"
    )
    (file,) = read(SOME.run([waiving(result, "GL501")]))["files"]
    assert file["outcome"] == "passed"


def test_waivers_that_did_nothing():
    assert read(sample())["stale_waivers"] == [
        {
            "rule": "GL301",
            "kind": "file",
            "path": ".govlint-waivers.yaml",
            "line": 9,
            "report": "2023/水务局.txt",
            "why": "unused",
        }
    ]


@pytest.mark.parametrize("why", ["unused", "changed", "expired", "unknown_rule", "no_reason"])
@pytest.mark.parametrize("kind", ["file", "baseline", "inline"])
def test_every_kind_of_waiver_is_valid(kind, why):
    waiver = Waiver(kind, "a.html", 1, "GL501", "a.html", "")
    result = waiving(LINTER.check_bytes(FAULTY.read_bytes(), "a.md"), "GL501", waiver)
    data = read(replace(LINTER.run([result]), stale=(Stale(waiver, why),)))
    assert (data["stale_waivers"][0]["why"], data["waived"][0]["waiver"]["author"]) == (why, None)


def test_schema_refuses_other_words():
    data = read(replace(sample(), stale=(STALE,)))
    data["stale_waivers"][0]["why"] = "lazy"
    assert not SCHEMA.is_valid(data)

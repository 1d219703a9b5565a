"""Rules on several reports as files: which kinds of check go with which scope, names of the form, examples."""

from __future__ import annotations

import pytest
from test_cli import CLEAN
from test_cli import here as govlint

OWN = """\
id: XX801
name: received-again
severity: warning
check: carried
scope: series
options: {table: requests, now: received, before: received, columns: [other]}
title: {zh: 试, en: Try}
message: {zh: "{now} {before}", en: "{now} {before}"}
why: {zh: 试。, en: To try.}
basis: [{document: practice}]
examples:
  - bad: {with: {last_year: {cell: {requests.received.other: "2"}}}, at: requests.received.other}
  - bad: {at: requests.received.other, with: {last_year: {cell: {requests.received.other: "3"}, layout: html}}}
  - good: {with: {last_year: {}}}
"""


@pytest.fixture
def pack(tmp_path):
    """A rule pack of one file, changed as asked."""

    def make(old: str = "", new: str = ""):
        assert old in OWN
        (tmp_path / "own.yaml").write_text(OWN.replace(old, new, 1), encoding="utf-8")
        return tmp_path

    return make


def test_own_rule_on_two_years_runs_its_examples(pack):
    assert govlint("test", pack()).status == 0


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        ("scope: series\n", "", "4:8", "check 'carried' needs scope 'series'"),
        ("scope: series", "scope: peers", "5:8", "check 'carried' needs scope 'series'"),
        ("scope: series", "scope: years", "5:8", "'years' is not one of report, series, peers, rollup"),
        ("columns: [other]", "columns: [othr]", "6:71", "unknown column 'othr'; did you mean 'other'?"),
        ("now: received", "now: recieved", "6:33", "unknown row 'recieved'; did you mean 'received'?"),
        ("table: requests", "table: request", "6:18", "unknown table 'request'; did you mean 'requests'?"),
        ("last_year: {}", "lastyear: {}", "14:19", "unknown key 'lastyear'; did you mean 'last_year'?"),
        ("{last_year: {}}", "{}", "14:18", "{} should be non-empty"),
    ],
)
def test_mistakes_are_shown_at_their_place(pack, old, new, place, message):
    ran = govlint("check", CLEAN, "--rules", pack(old, new), "--lang", "en")
    assert ran.status == 2
    assert f"own.yaml:{place}: {message}" in ran.err


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('other: "2"', 'other: "0"'),
        ("at: requests.received.other}", "at: requests.granted.other}"),
        ("last_year: {}", 'last_year: {cell: {requests.received.other: "1"}}'),
        ("last_year: {}", "last_year: {cell: {requests.recieved.other: '1'}}"),
    ],
)
def test_example_that_does_not_come_out_is_1(pack, old, new):
    ran = govlint("test", pack(old, new))
    assert ran.status == 1
    assert "XX801" in ran.err

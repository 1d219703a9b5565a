"""Mutations of the clean reports: what is changed, what the rules notice, and the list of what they need not."""

from __future__ import annotations

from functools import cache

import pytest
from test_cli import here as govlint

from govlint.cli.mutate import lines
from govlint.cli.output import make_language
from govlint.examples import noticing
from govlint.examples.mutations import (
    CELL_KINDS,
    LISTED,
    WORD_KINDS,
    Mutant,
    Mutation,
    mutants,
    official_parts,
    official_report,
)
from govlint.examples.noticing import Account, Judged, take_account
from govlint.examples.printing import Printer
from govlint.linter import load_linter

pytestmark = pytest.mark.long
LINTER = load_linter()


@cache
def every(year: int) -> list[Mutant]:
    return list(mutants(LINTER, year, "tabs"))


def printed(year: int, layout: str = "tabs") -> str:
    printer = Printer(layout)
    printer.print(official_report(LINTER, year))
    return printer.text


def test_exactly_the_listed_mutations_go_unnoticed():
    account = take_account()
    assert account.fine, "\n".join(lines(account, make_language(LINTER, "en")))
    assert {entry.mutation.year for entry in account.judged} == {2020, 2023}
    assert {entry.mutation.layout for entry in account.judged} == {"tabs", "html"}


@pytest.mark.parametrize("year", noticing.YEARS)
def test_every_number_is_changed_in_every_way(year):
    edition = next(edition for edition in LINTER.editions if edition.covers(year))
    cells = {f"{t.id}.{row.id}.{column.id}" for t in edition.tables for row in t.rows for column in row.columns}
    made = {(mutant.mutation.part, mutant.mutation.kind) for mutant in every(year)}
    assert {(cell, kind) for cell in cells for kind in CELL_KINDS} <= made


@pytest.mark.parametrize("year", noticing.YEARS)
def test_every_official_wording_is_changed(year):
    edition = next(edition for edition in LINTER.editions if edition.covers(year))
    words = [section.heading for section in edition.sections]
    for table in edition.tables:
        words += [table.note, table.opening]
        for block in table.blocks:
            words += [block.caption, *block.headers]
        for row in table.rows:
            words += [*row.groups, *([] if table.printed == "wide" else [row.label])]
    changed = {mutant.before for mutant in every(year) if mutant.mutation.kind == "misspelt"}
    assert {text for text in words if text} <= changed


@pytest.mark.parametrize("year", noticing.YEARS)
def test_a_mutation_changes_one_place_and_nothing_stays_changed(year):
    clean = printed(year)
    for mutant in every(year):
        text = mutant.data.decode()
        assert text != clean, mutant.mutation
        head = next(at for at in range(len(clean)) if clean[at] != text[at : at + 1])
        tail = next(at for at in range(1, len(clean)) if clean[-at] != text[-at:][:1])
        assert len(clean) - head - tail <= len(mutant.before) + 2, mutant.mutation
    assert printed(year) == clean


def test_names_of_parts_are_unique():
    for year in noticing.YEARS:
        names = [name for name, _, _ in official_parts(official_report(LINTER, year))]
        assert len(names) == len(set(names))


def test_shares_together_are_all():
    parts = [mutant.mutation for first in range(3) for mutant in mutants(LINTER, 2023, "tabs", first, 3)]
    assert sorted(parts) == sorted(mutant.mutation for mutant in every(2023))


@pytest.mark.parametrize("year", noticing.YEARS)
@pytest.mark.parametrize("layout", ["tabs", "html", "pipes", "cells"])
def test_clean_reports_are_silent(year, layout):
    result = LINTER.check_bytes(printed(year, layout).encode(), "a.html" if layout == "html" else "a.txt")
    assert result.diagnostics == ()


# The list


def listed() -> set[tuple[int, str, str]]:
    return {
        (year, kind, part)
        for group in LINTER.data(LISTED)["unnoticed"]
        for entry in group["mutations"]
        for year in entry["years"]
        for kind in entry["kinds"]
        for part in entry["parts"]
    }


def test_what_may_go_unnoticed_in_cells_is_only_this():
    """Blank and missing cells never; numbers of table 2 only; negatives and decimals where they are legal."""
    cells = {(kind, part) for year, kind, part in listed() if kind in ("number", "negative", "decimal")}
    assert {part.split(".")[0] for _, part in cells} == {"disclosure"}
    assert {part.split(".")[2] for kind, part in cells if kind == "negative"} == {"change"}
    assert {part for kind, part in cells if kind == "decimal"} == {
        "disclosure.fees.amount",
        "disclosure.procurement.amount",
    }
    addresses = {m.mutation.part for year in noticing.YEARS for m in every(year) if m.mutation.kind == "number"}
    assert not [entry for entry in listed() if entry[1] in ("blank", "removed") and entry[2] in addresses]


def test_no_heading_is_on_the_list():
    assert not [part for _, _, part in listed() if part.startswith("heading.")]


def test_every_group_says_why_in_both_languages():
    for group in LINTER.data(LISTED)["unnoticed"]:
        assert set(group) == {"why", "mutations"}
        assert min(len(group["why"][language]) for language in ("zh", "en")) > 10
        assert {kind for entry in group["mutations"] for kind in entry["kinds"]} <= {*CELL_KINDS, *WORD_KINDS}


# The account


@pytest.fixture
def few(monkeypatch):
    """Only the mutations of a few parts, judged in this process."""
    parts = {"requests.received.total", "remedies.review.upheld", "disclosure.fees.amount"}
    monkeypatch.setattr(noticing.os, "cpu_count", lambda: 1)
    monkeypatch.setattr(
        noticing,
        "mutants",
        lambda linter, *share: [mutant for mutant in mutants(linter, *share) if mutant.mutation.part in parts],
    )

    def account(*packs) -> Account:
        noticing._linter.cache_clear()
        return take_account(packs, (2023,), ("tabs",))

    yield account
    noticing._linter.cache_clear()


def test_what_only_a_rule_notices_is_missed_without_it(few, tmp_path):
    assert few().unlisted == ()
    for number, rule in enumerate(("GL404", "GL303")):
        (tmp_path / f"{number}.yaml").write_text(f"id: {rule}\ndefault: false\n", encoding="utf-8")
    account = few(tmp_path)
    assert {entry.mutation for entry in account.unlisted} == {
        Mutation(2023, "tabs", "number", "remedies.review.upheld"),
        Mutation(2023, "tabs", "negative", "remedies.review.upheld"),
        Mutation(2023, "tabs", "negative", "requests.received.total"),
        Mutation(2023, "tabs", "negative", "disclosure.fees.amount"),
    }
    assert not account.fine


def test_what_is_listed_but_noticed_is_told(few, tmp_path):
    (tmp_path / "own.yaml").write_text(FEES, encoding="utf-8")
    account = few(tmp_path)
    assert [entry.mutation for entry in account.noticed] == [Mutation(2023, "tabs", "number", "disclosure.fees.amount")]
    assert not account.fine


def test_rules_that_fire_on_clean_reports_notice_nothing(few, tmp_path):
    (tmp_path / "own.yaml").write_text(FEES.replace("limit: 1", "limit: 0"), encoding="utf-8")
    account = few(tmp_path)
    assert account.noisy == ("XX001",)
    assert account.noticed == ()
    assert not account.fine


FEES = """\
id: XX001
name: any-fees
severity: info
check: cells
options: {are: above, limit: 1, tables: [disclosure]}
title: {zh: 有收费, en: Fees}
message: {zh: 有收费, en: fees}
why: {zh: 有收费, en: fees}
basis: [{document: practice}]
examples: [{bad: {cell: {disclosure.fees.amount: "1"}}}]
"""


# What is said


def judged(kind: str, part: str, *, noticed: bool) -> Judged:
    return Judged(Mutation(2023, "tabs", kind, part), "4", "5\x1b[31m", noticed)


def test_words_of_the_account():
    seen, missed = judged("number", "requests.a.b", noticed=True), judged("blank", "requests.a.c", noticed=False)
    account = Account(
        (seen, missed), (missed,), (seen,), (Mutation(2020, "html", "cut", "x"),), ("XX001",), {"no sum": 7}
    )
    said = list(lines(account, make_language(LINTER, "en")))
    assert said[0] == "one more: 1 made, 1 noticed, 0 not"
    assert "left blank: 1 made, 0 noticed, 1 not" in said
    assert "listed (7): no sum" in said
    assert "  2023 tabs blank requests.a.c: “4” changed to “5\x1b[31m”" in said
    assert said[-1] == "mutations: 2, noticed: 1, not noticed: 1"
    assert "  2020 html cut x" in said
    assert any("XX001" in line for line in said)


@pytest.mark.parametrize("fine", [True, False])
def test_exit_status(monkeypatch, fine):
    seen = judged("number", "requests.a.b", noticed=True)
    account = Account((seen,), () if fine else (seen,), (), (), ())
    monkeypatch.setattr("govlint.cli.mutate.take_account", lambda packs, lang: account)
    ran = govlint("test", "--mutate", "--lang", "en")
    assert ran.status == (0 if fine else 1)
    assert "\x1b" not in ran.err
    assert ran.err.endswith("mutations: 1, noticed: 1, not noticed: 0\n")


def test_not_together_with_one_rule():
    ran = govlint("test", "--mutate", "--rule", "GL403")
    assert (ran.status, ran.out) == (2, "")
    assert "--mutate" in ran.err

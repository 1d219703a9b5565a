"""rules/quantities.yaml: every word has one meaning, every name in it exists and is used."""

from __future__ import annotations

import re
from collections import Counter
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

import govlint.prose
from govlint.linter import load_linter
from govlint.prose.plain import plain

LINTER = load_linter()
DATA = LINTER.data("quantities.yaml")
LEXICON = LINTER.prose.lexicon
TABLES = {form.id: form for edition in LINTER.editions for form in edition.tables}
CODE = "".join(path.read_text(encoding="utf-8") for path in Path(govlint.prose.__file__).parent.glob("*.py"))


def heads_of_words() -> dict[str, list[dict]]:
    found: dict[str, list[dict]] = {}
    for head in DATA["heads"]:
        for word in set(map(plain, head["words"].split())):
            found.setdefault(word, []).append(head)
    return found


def test_no_word_is_of_two_kinds():
    kinds = [(plain(word), kind) for kind, words in DATA["words"].items() for word in set(map(plain, words.split()))]
    often = Counter(word for word, _ in kinds)
    assert not sorted((word, kind) for word, kind in kinds if often[word] > 1)


def test_no_word_of_a_kind_is_also_a_head():
    heads = heads_of_words()
    both = {plain(word) for words in DATA["words"].values() for word in words.split()} & heads.keys()
    assert not sorted(both)


def test_heads_that_share_a_word_have_it_in_different_places():
    """Behind different claims; the one for everywhere else comes last, for the first that fits is taken."""
    for word, heads in heads_of_words().items():
        places = [head.get("after", "") for head in heads]
        assert len(set(places)) == len(places) and all(places[:-1]), word


def test_no_word_is_written_twice_under_one_head():
    twice = [
        (head["id"], word)
        for head in DATA["heads"]
        for word, count in Counter(map(plain, head["words"].split())).items()
        if count > 1
    ]
    assert not twice


def test_ids_of_heads_are_unique():
    assert not [name for name, count in Counter(head["id"] for head in DATA["heads"]).items() if count > 1]


@pytest.mark.parametrize("head", DATA["heads"], ids=lambda head: head["id"])
def test_rows_and_columns_exist(head):
    """In an edition; the newest one has all of them."""
    newest = max(LINTER.editions, key=lambda edition: edition.first)
    rows = newest.table_by_id[head.get("table", "requests")].rows
    for wanted, ids in (
        (head.get("rows", ()), {row.id for row in rows}),
        (head.get("columns", ()), {column.id for row in rows for column in row.columns}),
    ):
        for name in {name for reading in wanted for name in reading}:
            assert any(fnmatchcase(one, name) for one in ids), name


def test_families_are_those_that_rules_ask_for():
    asked = {
        family for rule in LINTER.rules if rule.kind.name == "quantity" for family in rule.options.get("families", ())
    }
    assert {head["family"] for head in DATA["heads"]} == asked
    assert {head["after"] for head in DATA["heads"] if "after" in head} <= asked


def test_kinds_of_words_are_known_to_the_code():
    named = set(re.findall(r'"([a-z]+)"', CODE))
    assert set(DATA["words"]) <= named | {"fill"}


def test_lists_and_patterns_are_read_by_the_code():
    """And every pattern of a date that the code asks for is there."""
    for key in DATA.keys() - {"words", "heads", "topics", "dates"}:
        assert f'"{key}"' in CODE, key
    for name in DATA["dates"]:
        assert f'"{name}"' in CODE, name
    assert set(DATA["topics"]) <= set(TABLES)


def test_units_of_counts_are_no_units_of_other_things():
    assert not set(DATA["count_units"]) & set(DATA["other_units"])
    assert set(DATA["loose_units"]) <= set(DATA["count_units"])


def test_every_head_is_found_by_each_of_its_words():
    by_text = {word.text: word for word in LEXICON.words}
    for word, heads in heads_of_words().items():
        assert {head.id for head in by_text[word].heads} == {head["id"] for head in heads}, word

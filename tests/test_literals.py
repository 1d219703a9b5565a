"""What patterns cannot match without: never more than is true."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govlint.linter import load_linter
from govlint.literals import MOST, needed
from govlint.patterns import Pattern, keep_in_mind, pattern, work_out


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("甲乙", ("甲乙",)),
        ("甲|乙丙", ("甲", "乙丙")),
        ("甲?乙", ("乙",)),
        ("甲*乙", ("乙",)),
        ("甲+乙", ("甲乙",)),
        ("甲{2}乙", ("甲甲乙",)),
        ("甲{2,}乙", ("甲甲乙",)),
        ("[甲乙]丙", ("甲丙", "乙丙")),
        ("[a-c]丙", ("a丙", "b丙", "c丙")),
        (r"甲\s乙丙", ("乙丙",)),
        ("甲.乙丙", ("乙丙",)),
        ("(?:甲|乙)(?P<x>丙)", ("甲丙", "乙丙")),
        ("甲(?=乙)", ("甲",)),
        ("甲(?=乙丙)", ("乙丙",)),
        ("甲(?!乙丙)", ("甲",)),
        ("(?<!乙丙)甲", ("甲",)),
        ("^甲$", ("甲",)),
        (r"甲\u4e59\.\)", ("甲乙.)",)),
        ("甲(?:乙+|丙)", ("甲乙", "甲丙")),
        ("[，。]+[,;]", ("，,", "，;", "。,", "。;")),
        (r"(甲|乙)\1", ("甲", "乙")),
        ("甲(?:乙丙)?丁", ("甲丁", "甲乙丙丁")),
    ],
)
def test_what_is_needed(text, wanted):
    assert set(needed(text)) == set(wanted)


@pytest.mark.parametrize(
    "text",
    ["", "甲?", "甲|", ".", "[一-鿿]", "[^甲]", r"\d", "(?i)a", "(?i:a)", "甲{0}", "(?:甲)*", "(甲", "甲)", "[甲",
     "(?!甲)", "^$", r"\N{DIGIT ONE}", "a{x}", "(?:甲|乙?)", "(?#甲)", "*"],
)  # fmt: skip
def test_where_nothing_is_known_nothing_is_said(text):
    assert needed(text) == ()


def test_not_too_many():
    every = "".join(map(chr, range(0x4E00, 0x4E00 + MOST + 1)))
    assert needed(f"[{every}]") == ()
    assert needed("|".join(every)) == ()
    assert set(needed(f"[{every[:-1]}]甲")) == {f"{char}甲" for char in every[:-1]}


def strings(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for each in data.values():
            yield from strings(each)
    elif isinstance(data, list | tuple):
        for each in data:
            yield from strings(each)


@cache
def bundled() -> list[str]:
    """Every pattern that anything is known of beforehand."""
    linter = load_linter()
    data = [linter.data("facts.yaml"), *(rule.options for rule in linter.rules)]
    return sorted({text for text in strings(data) if needed(text)})


@given(st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_match_of_a_bundled_pattern_lacks_what_is_needed(data):
    text = data.draw(st.sampled_from(bundled()))
    found = data.draw(st.from_regex(text))
    assert any(need in found for need in needed(text)), (text, found)


ATOMS = [
    "甲",
    "乙",
    "a",
    "[甲乙]",
    "[a-c]",
    "[^甲]",
    ".",
    r"\d",
    r"\s",
    "^",
    "$",
    r"\b",
    r"\.",
    "(?=甲)",
    "(?!乙)",
    "(?<=乙)",
]
TIMES = ["", "", "", "?", "*", "+", "{2}", "{1,2}", "{0,1}", "{2,}", "??", "+?"]


def made_up() -> st.SearchStrategy[str]:
    atom = st.tuples(st.sampled_from(ATOMS), st.sampled_from(TIMES)).map(
        lambda pair: pair[0] + (pair[1] if pair[0] not in ("^", "$", r"\b") and not pair[0].startswith("(?") else "")
    )
    return st.recursive(
        st.lists(atom, min_size=1, max_size=4).map("".join),
        lambda inner: st.one_of(
            st.lists(inner, min_size=2, max_size=3).map("|".join),
            st.tuples(inner, st.sampled_from(TIMES)).map(lambda pair: f"(?:{pair[0]}){pair[1]}"),
            st.lists(inner, min_size=2, max_size=3).map("".join),
        ),
        max_leaves=6,
    )


@given(made_up(), st.lists(st.text("甲乙丙abc.1 ", max_size=12), min_size=10, max_size=30))
@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_pattern_finds_what_it_would_find_anyway(text, places):
    compiled = re.compile(text)
    for place in places:
        lazy = Pattern(text, needed(text))
        assert [match.span() for match in lazy.finditer(place)] == [match.span() for match in compiled.finditer(place)]
        for name in ("search", "match", "fullmatch"):
            one, other = getattr(Pattern(text, needed(text)), name)(place), getattr(compiled, name)(place)
            assert (one and one.span()) == (other and other.span())


def test_a_pattern_is_compiled_only_when_it_may_match(monkeypatch):
    compiled = []
    monkeypatch.setattr("govlint.patterns.re.compile", lambda text: compiled.append(text) or real(text))
    lazy = Pattern("甲[乙丙]", ("甲乙", "甲丙"))
    assert lazy.search("甲丁乙") is None
    assert not list(lazy.finditer("甲丁乙"))
    assert compiled == []
    assert lazy.search("甲丁甲丙").span() == (2, 4)
    assert lazy.search("甲乙").span() == (0, 2)
    assert compiled == ["甲[乙丙]"]


real = re.compile


def test_what_was_kept_is_used_and_nonsense_is_not(monkeypatch):
    known: dict[str, tuple[str, ...]] = {}
    monkeypatch.setattr("govlint.patterns._known", known)
    keep_in_mind(None)
    keep_in_mind(["甲"])
    assert known == {}
    keep_in_mind(work_out([{"any": ["子丑?寅"], "near": 3}, None]))
    assert {text: set(needs) for text, needs in known.items()} == {"子丑?寅": {"子丑寅", "子寅"}}
    pattern.cache_clear()
    assert set(pattern("子丑?寅").needs) == {"子丑寅", "子寅"}
    assert pattern("子丑?寅") is pattern("子丑?寅")
    pattern.cache_clear()


def test_patterns_of_bundled_rules_are_known_beforehand():
    load_linter()
    known = [pattern(text).needs for rule in load_linter().rules for text in strings(rule.options) if needed(text)]
    assert len(known) > 100
    assert all(known)

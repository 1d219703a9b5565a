"""All that is to be said of one rule, as data; how it is printed is for others to decide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from govlint.examples.differences import described
from govlint.examples.edits import EditError
from govlint.examples.excerpts import WIDTH, around
from govlint.examples.running import Ran, alone, run_example
from govlint.handbook.yamltext import yaml_text
from govlint.linter import Linter
from govlint.model.errors import ReadError
from govlint.model.rule import Example, Rule
from govlint.writers.language import Language

_SEEN = frozenset(("cell", "label", "heading", "text"))
"""Edits that leave a place to look at."""
_ODD = frozenset(("layout", "whole", "remove", "form"))


class Shown(NamedTuple):
    """An example of a rule: the edit in one line, the report around it, and what the rule says there."""

    bad: bool
    edit: str
    excerpt: tuple[str, ...]
    messages: tuple[str, ...]


class RulePage(NamedTuple):
    """A rule in one language; ``facts`` are (name, words) in the order in which they are told."""

    id: str
    name: str
    title: str
    facts: tuple[tuple[str, str], ...]
    options: str
    examples: tuple[Shown, ...]


def rule_page(rule: Rule, linter: Linter, language: Language, width: int = WIDTH) -> RulePage:
    """The page of a rule, its excerpts so many columns wide.

    Its first bad and its first good example are run, to show what is really printed.
    """
    words = language.words["rule"]
    facts = [
        (words["severity"], language.words["severity"][rule.severity] + ("" if rule.default else words["optional"])),
        (words["applies"], _applies(rule, language)),
        (
            words["check"],
            rule.kind.name + ("" if rule.scope == "report" else f" ({language.words['scope'][rule.scope]})"),
        ),
        (words["message"], language.of(rule.message)),
        (words["why"], language.of(rule.why)),
        *([(words["fix"], language.of(rule.fix))] if rule.fix else []),
        *([(words["autofix"], words[f"autofix_{rule.autofix}"])] if rule.autofix else []),
        *((words["basis"], " ".join(entry.values())) for entry in rule.basis if entry["document"] != "practice"),
    ]
    if all(entry["document"] == "practice" for entry in rule.basis):
        facts.append((words["basis"], words["practice"]))
    return RulePage(
        rule.id,
        rule.name,
        language.of(rule.title),
        tuple(facts),
        yaml_text(rule.options) if rule.options else "",
        tuple(_shown(rule, example, linter, language, width) for example in _telling(rule.examples)),
    )


def _applies(rule: Rule, language: Language) -> str:
    words = language.words["rule"]
    first, last, types = rule.applies
    if first is None and last is None:
        years = words["all_years"]
    elif first == last:
        years = f"{first}"
    elif last is None:
        years = words["from_year"].format(year=first)
    elif first is None:
        years = words["to_year"].format(year=last)
    else:
        years = f"{first}–{last}"
    return "; ".join(
        [years, *([", ".join(language.words["unit_type"][name] for name in sorted(types))] if types else [])]
    )


def _telling(examples: Sequence[Example]) -> list[Example]:
    """The first bad and the first good example, those first that show best: plainly printed, one place edited."""
    chosen = []
    for bad in (True, False):
        some = [example for example in examples if example.bad == bad]
        some.sort(key=lambda example: (not _SEEN & example.edit.keys(), bool(_ODD & example.edit.keys())))
        chosen += some[:1]
    return chosen


def _shown(rule: Rule, example: Example, linter: Linter, language: Language, width: int) -> Shown:
    edit = described(example.edit)
    try:
        ran = run_example(rule, example, linter.data("examples/clean.yaml"), alone(rule, linter))
    except (EditError, ReadError) as error:
        return Shown(example.bad, edit, (), (str(error),))
    messages = tuple(_said(ran, number, language) for number in range(min(len(ran.found), 3)))
    return Shown(example.bad, edit, _excerpt(ran, width), messages)


def _said(ran: Ran, number: int, language: Language) -> str:
    """A diagnostic as ``--output-format concise`` prints it, without the path."""
    found = ran.found[number]
    position = found.source.position(found.finding.location.span.start)
    severity = language.words["severity"][found.severity]
    return f"{position.line}:{position.column}: {severity} {found.rule.id} {language.message(found)}"


def _excerpt(ran: Ran, width: int) -> tuple[str, ...]:
    """The report around the first place found, else around the edit; nothing where nothing is left to show."""
    if ran.found:
        first = ran.found[0]
        return tuple(around(first.source, first.finding.location.span, width))
    if ran.built.place is None or ran.result.source is None:
        return ()
    return tuple(around(ran.result.source, ran.built.place, width))

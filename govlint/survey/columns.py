"""The columns of the table of reports, the same in CSV and XLSX: ids for programs, labels for people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import NamedTuple

from govlint.survey.rows import Row
from govlint.survey.totals import Survey
from govlint.writers.language import Language

Shown = str | int | Decimal | None


class Column(NamedTuple):
    """``value`` is what a program reads, ``words`` what a person reads; ``width`` is in characters."""

    id: str
    label: str
    width: int
    value: Callable[[Row], Shown]
    words: Callable[[Row], Shown]


def columns(survey: Survey, language: Language) -> list[Column]:
    """Who and what, counts by severity, counts by rule (of those that found something), key figures, date."""
    return [*_head(survey, language), *_rules(survey, language), *_figures(survey, language), *_tail(language)]


def _head(survey: Survey, language: Language) -> Iterator[Column]:
    def in_list(row: Row) -> str | None:
        return None if not survey.listed else "no" if row.listed is None else "yes"

    def in_list_words(row: Row) -> str | None:
        said = in_list(row)
        return language.say("survey", f"listed_{said}") if said else None

    yield _column("unit", language, 34, lambda row: row.unit)
    yield _column("listed_unit", language, 34, lambda row: row.listed)
    yield _column("in_list", language, 10, in_list, in_list_words)
    yield _column("unit_type", language, 12, lambda row: row.unit_type, lambda row: type_words(row, survey, language))
    yield _column("year", language, 8, lambda row: row.year)
    yield _column("edition", language, 8, lambda row: row.edition)
    yield _column("path", language, 40, lambda row: row.path or None)
    yield _column("outcome", language, 10, lambda row: row.outcome, lambda row: outcome_words(row, language))
    yield _column("reason", language, 30, lambda row: reason_words(row, language))
    for name in ("errors", "warnings", "infos"):
        yield _column(name, language, 8, _count(name))


def _rules(survey: Survey, language: Language) -> Iterator[Column]:
    for total in survey.found:
        label = f"{total.rule.id}\n{language.of(total.rule.title)}"
        yield Column(total.rule.id, label, 14, *(_rule_count(total.rule.id),) * 2)


def _figures(survey: Survey, language: Language) -> Iterator[Column]:
    for figure in survey.settings.figures:
        yield Column(figure.id, language.of(figure.label), 10, *(_figure(figure.id),) * 2)


def _tail(language: Language) -> Iterator[Column]:
    yield _column("published", language, 12, lambda row: row.published)


def _column(
    name: str,
    language: Language,
    width: int,
    value: Callable[[Row], Shown],
    words: Callable[[Row], Shown] | None = None,
) -> Column:
    return Column(name, language.say("survey", name), width, value, words or value)


def _count(name: str) -> Callable[[Row], Shown]:
    return lambda row: getattr(row, name) if row.outcome == "read" else None


def _rule_count(name: str) -> Callable[[Row], Shown]:
    return lambda row: row.rules.get(name, 0) if row.outcome == "read" else None


def _figure(name: str) -> Callable[[Row], Shown]:
    return lambda row: row.figures.get(name)


def outcome_words(row: Row, language: Language) -> str:
    """Whether the report was read, in words."""
    return language.say("survey", f"outcome_{row.outcome}")


def reason_words(row: Row, language: Language) -> str | None:
    """Why a file could not be read; None for one that was."""
    return language.read_error(row.read_error) if row.read_error else None


def type_words(row: Row, survey: Survey, language: Language) -> str | None:
    """The type of unit in words; None when it is not known."""
    return language.of(survey.settings.type_labels[row.unit_type]) if row.unit_type else None

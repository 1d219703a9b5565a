"""The parts of the web page: defects, groups, what is not there, reports, figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from govlint.survey.columns import reason_words, type_words
from govlint.survey.outputs.markup import Head, bar, percent, section, severity_count, table
from govlint.survey.rows import Row
from govlint.survey.totals import RuleTotal, Survey
from govlint.writers.csv_text import plain
from govlint.writers.language import Language
from govlint.writers.markup import Content, Html, esc, joined

_LISTED = ' class="wide sortable" data-filter'
_SMALL = ' class="small"'
_COMMONEST = 15
"""So many defects are shown at once, the rest when asked for."""


def sections(survey: Survey, language: Language) -> Iterator[Html]:
    """The parts of the page, in order; those that would be empty are left out."""
    overview = [_commonest(survey, language)] if survey.found else []
    if survey.groups:
        overview.append(_groups(survey, language))
    yield Html(f'<div class="overview">{joined(overview)}</div>')
    if survey.missing:
        yield _missing(survey, language)
    if survey.unreadable:
        yield _unreadable(survey, language)
    if survey.read:
        yield _reports(survey, language)
        yield _figures(survey, language)


def _commonest(survey: Survey, language: Language) -> Html:
    first, rest = survey.commonest[:_COMMONEST], survey.commonest[_COMMONEST:]
    content = _rules("rules", first, survey, language)
    if rest:
        said = esc(language.say("survey", "further_rules", {"count": len(rest)}))
        more = _rules("further-rules", rest, survey, language)
        content = Html(f"{content}\n<details><summary>{said}</summary>{more}</details>")
    note = language.say("survey", "commonest_note")
    return section("rules", language.say("survey", "commonest"), content, note=note)


def _rules(name: str, totals: Sequence[RuleTotal], survey: Survey, language: Language) -> Html:
    read = len(survey.read)
    heads = _heads(language, "rule k", "rule_title words", "severity k", "reports n", "share n", "- bar", "findings n")
    rows = [
        (
            total.rule.id,
            language.of(total.rule.title),
            Html(f'<span class="{total.rule.severity}">{esc(language.words["severity"][total.rule.severity])}</span>'),
            total.reports,
            percent(total.reports, read),
            bar(total.reports / read),
            total.findings,
        )
        for total in totals
    ]
    return table(name, heads, rows, marks=_SMALL)


def _groups(survey: Survey, language: Language) -> Html:
    heads = _heads(
        language, "year", "unit_type k", "reports n", "tile_flawed n", "share n", "errors n", "warnings n", "infos n"
    )
    labels = survey.settings.type_labels
    rows = [
        (
            _known(group.year, language),
            language.of(labels[group.unit_type]) if group.unit_type else _known(None, language),
            group.reports,
            group.flawed,
            percent(group.flawed, group.reports),
            severity_count(group.errors, "error"),
            severity_count(group.warnings, "warning"),
            severity_count(group.infos, "info"),
        )
        for group in survey.groups
    ]
    return section("groups", language.say("survey", "groups"), table("groups", heads, rows, marks=_SMALL))


def _missing(survey: Survey, language: Language) -> Html:
    names = joined(
        Html(f"<li>{esc(row.unit)} <small>{esc(type_words(row, survey, language))}</small></li>")
        for row in survey.missing
    )
    content = Html(f'<ul id="missing" class="names" data-filter>{names}</ul>')
    return section("missing", language.say("survey", "tile_missing"), content, len(survey.missing))


def _unreadable(survey: Survey, language: Language) -> Html:
    heads = _heads(language, "path path", "reason reason", *(["listed_unit unit"] if survey.listed else []))
    rows = [
        (row.path, reason_words(row, language), *([row.listed] if survey.listed else [])) for row in survey.unreadable
    ]
    content = table("unreadable", heads, rows, marks=_LISTED)
    return section("unreadable", language.say("survey", "tile_unreadable"), content, len(rows))


def _reports(survey: Survey, language: Language) -> Html:
    heads = _heads(
        language, "unit unit", "unit_type k", "year n", "errors n", "warnings n", "infos n", "rules codes",
        "published k", "path path",
    )  # fmt: skip
    heads[3] = heads[3]._replace(sorted="descending")
    titles = {rule.id: language.of(rule.title) for rule in survey.rules}
    rows = [
        (
            _unit(row, survey, language),
            type_words(row, survey, language),
            row.year,
            severity_count(row.errors, "error"),
            severity_count(row.warnings, "warning"),
            severity_count(row.infos, "info"),
            joined(_code(name, count, titles[name]) for name, count in row.rules.items()),
            row.published,
            row.path,
        )
        for row in survey.worst_first
    ]
    content = table("reports", heads, rows, marks=_LISTED)
    note = language.say("survey", "reports_note")
    return section("reports", language.say("survey", "sheet_reports"), content, len(rows), note)


def _figures(survey: Survey, language: Language) -> Html:
    figures = survey.settings.figures
    heads = [
        *_heads(language, "unit unit", "year n"),
        *(Head(language.of(figure.label), "n") for figure in figures),
    ]
    rows = [
        (row.unit, row.year, *(plain(row.figures.get(figure.id)) for figure in figures)) for row in survey.worst_first
    ]
    note = language.say("survey", "figures_note")
    content = table("figures", heads, rows, marks=_LISTED)
    return section("figures", language.say("survey", "figures"), content, note=note)


def _unit(row: Row, survey: Survey, language: Language) -> Html:
    """The unit, and what the list has to say to it."""
    parts: list[Content] = [row.unit]
    if survey.listed and row.listed is None:
        parts.append(Html(f'<span class="tag">{esc(language.say("survey", "listed_no"))}</span>'))
    elif row.listed and row.listed != row.unit:
        parts.append(Html(f"<br><small>{esc(language.say('survey', 'listed_as', {'name': row.listed}))}</small>"))
    return joined(parts)


def _code(name: str, count: int, title: str) -> Html:
    times = f"×{count}" if count > 1 else ""
    return Html(f'<span title="{esc(title)}">{esc(name)}{times}</span> ')


def _heads(language: Language, *wanted: str) -> list[Head]:
    """Headers from “word class” each; ``-`` for one without words."""
    heads = []
    for entry in wanted:
        word, _, kind = entry.partition(" ")
        heads.append(Head("" if word == "-" else language.say("survey", word), kind))
    return heads


def _known(value: int | None, language: Language) -> Content:
    return language.say("survey", "unknown") if value is None else value

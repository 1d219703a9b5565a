"""The survey as one web page that needs nothing else: no network, and no script unless one wants to sort or filter."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

from govlint.survey.outputs.markup import percent
from govlint.survey.outputs.web_parts import sections
from govlint.survey.totals import Survey
from govlint.writers.language import Language
from govlint.writers.markup import Html, esc, joined
from govlint.writers.webpage import assemble

_LINKED = frozenset(("missing", "unreadable"))


def write_html(survey: Survey, language: Language) -> bytes:
    """The content of the page."""
    parts = {
        "version": esc(survey.version),
        "title": esc(language.say("survey", "title")),
        "lead": esc(language.say("survey", "lead", {"rules": len(survey.rules), "version": survey.version})),
        "tiles": joined(_tiles(survey, language)),
        "sections": joined(sections(survey, language), "\n"),
        "filter": esc(language.say("survey", "filter")),
        "shown": esc(language.words["survey"]["shown"]),
        "footer": esc(language.say("survey", "footer")),
    }
    return assemble(files("govlint.survey") / "page", language, parts).encode("utf-8", "backslashreplace")


def _tiles(survey: Survey, language: Language) -> Iterator[Html]:
    read = len(survey.read)
    flawed = sum(1 for row in survey.read if row.errors)
    clean = sum(1 for row in survey.read if not row.errors and not row.warnings)
    if survey.listed:
        units = len({row.listed for row in survey.rows if row.listed})
        yield _tile(language, "units", units)
        yield _tile(language, "missing", len(survey.missing), units, bad=True)
    yield _tile(language, "read", read)
    yield _tile(language, "unreadable", len(survey.unreadable), bad=True)
    yield _tile(language, "flawed", flawed, read, bad=True)
    yield _tile(language, "clean", clean, read)
    if survey.listed:
        yield _tile(language, "strangers", len(survey.strangers()))


def _tile(language: Language, name: str, count: int, whole: int = 0, *, bad: bool = False) -> Html:
    share = f"<small>{percent(count, whole)}</small>" if whole else ""
    mark = ' class="bad"' if bad and count else ""
    label = esc(language.say("survey", f"tile_{name}"))
    linked = f'<a href="#part-{name}">{label}</a>' if name in _LINKED and count else label
    return Html(f"<div{mark}><dt>{linked}</dt><dd>{count}{share}</dd></div>")

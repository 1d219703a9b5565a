"""``html``: the page put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import NamedTuple

from govlint.model.diagnostic import Result, Run
from govlint.model.source import Location
from govlint.writers.language import Language
from govlint.writers.markup import Html, element, esc, joined
from govlint.writers.page.cards import Cards
from govlint.writers.page.marks import Mark
from govlint.writers.page.paper import Paper
from govlint.writers.page.placing import marks_of
from govlint.writers.page.summary import facts_list, overview, parts_list, stale_list
from govlint.writers.page.toolbar import toolbar
from govlint.writers.places import count_severities
from govlint.writers.webpage import assemble


class Content(NamedTuple):
    """What a page says of a run: the sentence on top, in plain text, and what stands below it, in this order."""

    lead: str
    overview: Html
    toolbar: Html
    reports: Html
    stale: Html


def write(run: Run, language: Language) -> str:
    """All reports of a run on one page that needs nothing else."""
    around = {
        "version": esc(run.version),
        "title": esc(language.say("web", "title")),
        "footer": esc(language.say("web", "footer")),
    }
    inside = {name: esc(part) for name, part in content(run, language)._asdict().items()}
    return assemble(files("govlint.writers.page"), language, {**around, **inside})


def content(run: Run, language: Language) -> Content:
    """All reports of a run as parts of a page, with what leads to them and what steers it."""
    marks, anchors = marks_of(run, language)
    reports = (
        _report(result, number, run, some, anchors, language)
        for number, (result, some) in enumerate(zip(run.results, marks, strict=True), 1)
    )
    return Content(
        _lead(run, language),
        overview(run, language),
        toolbar(run, language),
        joined(reports, "\n"),
        stale_list(run, language),
    )


def _lead(run: Run, language: Language) -> str:
    """How many reports there are and what was found."""
    counts = count_severities(diagnostic for result in run.results for diagnostic in result.diagnostics)
    total = sum(counts.values())
    read = sum(1 for result in run.results if not result.read_error)
    said = language.say("summary", "found" if total else "clean", {"files": read, "total": total, **counts})
    unread = len(run.results) - read
    if not read:
        return language.say("summary", "none")
    if unread:
        said += language.say("summary", "joint") + language.say("summary", "unread", {"count": unread})
    return said


def _report(
    result: Result, number: int, run: Run, marks: Sequence[Mark], anchors: Mapping[Location, str], language: Language
) -> Html:
    """One report: its facts above, the findings on one side, its text on the other."""
    words = language.words["review"]
    title = element("h2", result.path, id=f"h-{number}", class_="path")
    if result.read_error:
        unread = element("b", words["unread"] + words["colon"], class_="error")
        return _section(number, joined((title, element("p", joined((unread, language.read_error(result.read_error)))))))
    paper = Paper(result, number, marks, language)
    text = joined((element("h3", language.say("web", "paper")), element("div", paper.write(), class_="sheet")), "\n")
    cards = Cards(result, number, run, anchors, language).write()
    head = (title, facts_list(result, run, language), parts_list(result, number, run, paper.ids, language))
    desk = (
        element("div", cards, class_="findings"),
        element("article", text, class_="paper", lang="zh-CN", aria_label=language.say("web", "paper")),
    )
    sign = joined(element("span", words[name] + words["colon"]) for name in ("reviewer", "date"))
    body = (
        element("header", joined(head, "\n")),
        element("div", joined(desk, "\n"), class_="desk"),
        element("p", sign, class_="sign"),
    )
    return _section(number, joined(body, "\n"))


def _section(number: int, content: Html) -> Html:
    return element("section", content, id=f"r-{number}", class_="report", aria_labelledby=f"h-{number}")

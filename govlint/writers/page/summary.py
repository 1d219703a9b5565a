"""What stands above the reports: the overview of several, and of each its facts and the result by part."""

from __future__ import annotations

from collections.abc import Iterator, Set

from govlint.model.diagnostic import Result, Run
from govlint.model.rule import SEVERITIES
from govlint.writers.language import Language
from govlint.writers.markup import Content, Html, element, joined
from govlint.writers.parts import Part, parts_of
from govlint.writers.places import count_severities
from govlint.writers.review import STALE, facts_of, stale_facts

_CLASSES = {"written": "path", "file": "path"}


def overview(run: Run, language: Language) -> Html:
    """All reports of a run in a table, each linked; nothing for a single one."""
    if len(run.results) < 2:
        return Html("")
    words, severity = language.words["review"], language.words["severity"]
    heads = [*(words[name] for name in ("file", "unit", "year")), *severity.values()]
    head = joined(element("th", name, scope="col", class_="v" if at > 2 else None) for at, name in enumerate(heads))
    rows = (element("tr", joined(_cells(result, number, language))) for number, result in enumerate(run.results, 1))
    inside = (element("thead", element("tr", head)), element("tbody", joined(rows, "\n")))
    table = element("div", element("table", joined(inside)), class_="scroll")
    title = element("h2", joined((words["overview"], " ", element("span", len(run.results), class_="count"))))
    return element("section", joined((title, table)), id="overview", class_="overview")


def _cells(result: Result, number: int, language: Language) -> Iterator[Html]:
    facts = result.report.facts if result.report else None
    yield element("th", element("a", result.path, href=f"#r-{number}"), scope="row", class_="path")
    yield element("td", facts.agency.value if facts and facts.agency else "")
    yield element("td", facts.year.value if facts and facts.year else "")
    if result.read_error:
        yield element("td", language.say("review", "unread"), colspan=len(SEVERITIES), class_="error")
        return
    for severity, count in count_severities(result.diagnostics).items():
        yield element("td", element("span", count, class_=severity if count else "zero"), class_="v")


def facts_list(result: Result, run: Run, language: Language) -> Html:
    """What the report says of itself, as a list."""
    pairs = (
        element("div", joined((element("dt", name), element("dd", text))))
        for name, text in facts_of(result, run, language)
    )
    return element("dl", joined(pairs), class_="facts")


def parts_list(result: Result, number: int, run: Run, ids: Set[str], language: Language) -> Html:
    """The result of each part; those that stand in the text (``ids``) are linked."""
    parts = parts_of(result, {rule.id: rule for rule in run.rules}, language)
    items = joined((_part(part, number, ids, language) for part in parts), "\n")
    title = element("h3", language.say("review", "by_part"))
    return joined((title, element("ul", items, class_="parts")))


def _part(part: Part, number: int, ids: Set[str], language: Language) -> Html:
    section = part.key.removeprefix("section.")
    name = f"t-{number}-{part.key}" if section == part.key else f"s-{number}-{section}"
    label: Content = element("a", part.label, href=f"#{name}") if name in ids else part.label
    severities = [severity for severity in SEVERITIES if part.found[severity]]
    counts = [f"{language.say('severity', severity)} {part.found[severity]}" for severity in severities]
    counts += [f"{language.say('review', 'not_assessable')} {part.unjudged}"] if part.unjudged else []
    counts += [f"{language.say('review', 'waived')} {part.waived}"] if part.waived else []
    said = (
        element("span", label, class_="label"),
        element("b", language.say("review", part.verdict)),
        element("small", language.say("review", "joint").join(counts)),
    )
    return element("li", joined(said, " "), class_=part.verdict)


def stale_list(run: Run, language: Language) -> Html:
    """The waivers that did nothing; nothing where there are none."""
    if not run.stale:
        return Html("")
    words = language.words["review"]
    head = joined(element("th", words[name], scope="col") for name in STALE)
    rows = (
        element("tr", joined(element("td", row[name], class_=_CLASSES.get(name)) for name in STALE))
        for row in (stale_facts(stale, language) for stale in run.stale)
    )
    inside = (element("thead", element("tr", head)), element("tbody", joined(rows, "\n")))
    title = element("h2", joined((words["stale"], " ", element("span", len(run.stale), class_="count"))))
    table = element("div", element("table", joined(inside)), class_="scroll")
    return element("section", joined((title, table)), class_="overview")

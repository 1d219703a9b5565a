"""``markdown``: the sheet on which somebody signs for a report: facts, result by part, defects, what was waived."""

from __future__ import annotations

from collections.abc import Iterator

from govlint.model.diagnostic import Diagnostic, Result, Run
from govlint.model.rule import SEVERITIES
from govlint.writers.language import Language
from govlint.writers.markdown_text import md, table
from govlint.writers.parts import parts_of
from govlint.writers.places import count_severities
from govlint.writers.review import STALE, Told, facts_of, stale_facts, tell, unjudged, waiver_facts

_BLANK = "\uff3f" * 8
"""A line to write on."""


def write(run: Run, language: Language) -> str:
    """One sheet for each report, under an overview where there are several."""
    lines = [f"# {language.say('review', 'title')}", ""]
    if len(run.results) > 1:
        lines += [f"## {language.say('review', 'overview')}", "", *_overview(run, language)]
    for result in run.results:
        lines += [f"## {md(result.path)}", ""]
        lines += _sheet(result, run, language) if not result.read_error else _unread(result, language)
    if len(run.results) > 1:
        lines += _stale(run, language, "##")
    return "\n".join(lines).rstrip("\n") + "\n"


def _overview(run: Run, language: Language) -> list[str]:
    words, severity = language.words["review"], language.words["severity"]
    rows = []
    for result in run.results:
        facts = result.report.facts if result.report else None
        unit = md(facts.agency.value) if facts and facts.agency else ""
        year = md(facts.year.value) if facts and facts.year else ""
        counts = count_severities(result.diagnostics)
        found = [words["unread"], "", ""] if result.read_error else list(counts.values())
        rows.append([md(result.path), unit, year, *found])
    return table([words["file"], words["unit"], words["year"], *severity.values()], rows)


def _unread(result: Result, language: Language) -> list[str]:
    assert result.read_error
    return [_field(language.say("review", "unread"), language.read_error(result.read_error), language), ""]


def _sheet(result: Result, run: Run, language: Language) -> Iterator[str]:
    words = language.words["review"]
    yield from table(
        [words["item"], words["content"]],
        ([md(name), md(text)] for name, text in facts_of(result, run, language)),
    )
    yield from [f"### {words['by_part']}", "", *_parts(result, run, language)]
    yield from [f"### {words['findings']}", ""]
    for number, diagnostic in enumerate(result.diagnostics, 1):
        yield from _defect(number, diagnostic, result, run, language)
    yield from [] if result.diagnostics else [words["no_findings"], ""]
    yield from [f"### {words['unjudged']}", "", *_unjudged(result, run, language)]
    if result.waived:
        yield from [f"### {words['waived']}", ""]
        for number, (diagnostic, waiver) in enumerate(result.waived, 1):
            yield _head(number, diagnostic, language)
            said = tell(diagnostic, result, run, language)
            for name, text in ((words["place"], said.place), *waiver_facts(waiver, language)):
                yield _item(number, name, text, language)
        yield ""
    if len(run.results) == 1:
        yield from _stale(run, language, "###")
    signed = (_field(words[name], _BLANK, language) for name in ("reviewer", "date"))
    yield from ["---", "", "\u3000\u3000".join(signed), ""]


def _parts(result: Result, run: Run, language: Language) -> list[str]:
    words, severity = language.words["review"], language.words["severity"]
    parts = parts_of(result, {rule.id: rule for rule in run.rules}, language)
    heads = [words["part"], words["verdict"], *severity.values(), words["not_assessable"]]
    rows = [
        [md(part.label), words[part.verdict], *(part.found[name] for name in SEVERITIES), part.unjudged]
        for part in parts
    ]
    if any(part.waived for part in parts):
        heads.append(words["waived"])
        rows = [[*row, part.waived] for row, part in zip(rows, parts, strict=True)]
    return table(heads, rows)


def _defect(number: int, diagnostic: Diagnostic, result: Result, run: Run, language: Language) -> Iterator[str]:
    words = language.words["review"]
    said = tell(diagnostic, result, run, language)
    yield _head(number, diagnostic, language)
    fields = {
        "place": said.place,
        "found": said.found,
        "expected": said.expected,
        "related": _related(said, language),
        "basis": said.basis,
        "why": said.why,
        "fix": said.fix,
    }
    for name, text in fields.items():
        if text is not None and text != "":
            yield _item(number, words[name], text, language)
    yield ""


def _related(said: Told, language: Language) -> str:
    """The further places in one line."""
    shown = (aside.text + language.say("review", "in_brackets", {"text": aside.place}) for aside in said.related)
    return language.say("review", "joint").join(shown)


def _head(number: int, diagnostic: Diagnostic, language: Language) -> str:
    severity = language.say("severity", diagnostic.severity)
    return f"{number}. **{severity} {md(diagnostic.rule.id)}** {md(language.message(diagnostic))}"


def _item(number: int, name: str, text: str, language: Language) -> str:
    return f"{' ' * len(f'{number}. ')}- {_field(name, text, language)}"


def _field(name: str, text: str, language: Language) -> str:
    return md(name + language.say("review", "colon") + text)


def _unjudged(result: Result, run: Run, language: Language) -> list[str]:
    words = language.words["review"]
    found = unjudged(result, run, language)
    if not found:
        return [words["no_unjudged"], ""]
    rows = (
        [md(reason), "<br>".join(md(f"{rule.id} {language.of(rule.title)}") for rule in rules)]
        for reason, rules in found.items()
    )
    return table([words["why"], words["rule"]], rows)


def _stale(run: Run, language: Language, level: str) -> list[str]:
    """The waivers that did nothing, if there are any."""
    if not run.stale:
        return []
    words = language.words["review"]
    rows = [[md(text) for text in stale_facts(stale, language).values()] for stale in run.stale]
    return [f"{level} {words['stale']}", "", *table([words[name] for name in STALE], rows)]

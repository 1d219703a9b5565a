"""``junit``: every rule that judged a report as a test case, for the test pages of Jenkins, GitLab and others.

A rule is one case in a file, however often it found something: those pages know a case by file and name, show one
failure of it, and tell from run to run what broke and what was mended. For that rules that passed are cases too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from xml.etree.ElementTree import Element, SubElement

from govlint.model.diagnostic import Diagnostic, Result, RuleOutcome, Run
from govlint.model.rule import Rule
from govlint.model.waiver import Stale, Waiver
from govlint.writers.language import Language
from govlint.writers.places import where
from govlint.writers.review import basis_words
from govlint.writers.uris import relative_path
from govlint.writers.xml_text import document, legal

Found = tuple[Diagnostic, Waiver | None]
READABLE = "readable"
"""The case that every file has: whether it could be read. So no suite is ever empty."""
WAIVERS = "waivers"
"""The case of a file with waivers that did nothing."""
SHOWN_RELATED = 6
"""So many related places of a diagnostic are named; the rest are counted."""


def write(run: Run, language: Language) -> str:
    """A ``testsuite`` for each input with the cases of the rules; rules that are not for the report have none.

    Errors and warnings fail. Notes pass, with their text as ``system-out``: a failed case marks a build, and notes are
    not meant to. Skipped are waived rules, rules that could not be judged, and those whose findings another
    rule stands for, each with the reason. Waivers that did nothing are a failed case of the file where they stand.
    """
    root = Element("testsuites", name="govlint")
    for result in run.results:
        path = legal(relative_path(result.path, run.root))
        root.append(_suite(path, _cases(result, run, path, language)))
    for path in dict.fromkeys(stale.waiver.path for stale in run.stale):
        found = [stale for stale in run.stale if stale.waiver.path == path]
        name = legal(relative_path(path, run.root))
        root.append(_suite(name, [_waivers(found, name, language)]))
    for name in ("tests", "failures", "errors"):
        root.set(name, str(sum(int(suite.get(name, 0)) for suite in root)))
    return document(root)


def _suite(path: str, cases: Iterable[Element]) -> Element:
    suite = Element("testsuite", name=path)
    suite.extend(cases)
    suite.set("tests", str(len(suite)))
    for name, kind in {"failures": "failure", "errors": "error", "skipped": "skipped"}.items():
        suite.set(name, str(len(suite.findall(f"testcase/{kind}"))))
    return suite


def _cases(result: Result, run: Run, path: str, language: Language) -> Iterator[Element]:
    readable = Element("testcase", classname=path, name=READABLE)
    if result.read_error:
        readable.set("file", path)
        SubElement(readable, "error", message=legal(language.read_error(result.read_error)), type="unreadable")
    yield readable
    findings = _by_rule(result)
    outcomes = {outcome.rule: outcome for outcome in result.outcomes}
    owners = _owners(result)
    for rule in run.rules:
        case = Element("testcase", classname=path, name=f"{rule.id} {rule.name}")
        if rule.id in findings:
            found = findings[rule.id]
            first, _ = found[0]
            line, _ = first.source.position(first.finding.location.span.start)
            case.attrib.update(file=path, line=str(line))
            case.append(_verdict(rule, found, result, path, language))
            yield case
        elif rule.id in outcomes and outcomes[rule.id].outcome != "not_applicable":
            if outcomes[rule.id].outcome != "passed":
                SubElement(case, "skipped", message=legal(_excuse(outcomes[rule.id], owners, language)))
            yield case


def _by_rule(result: Result) -> dict[str, list[Found]]:
    """What each rule found, and the waivers for it; what is waived comes last."""
    findings: dict[str, list[Found]] = {}
    for found in (*((diagnostic, None) for diagnostic in result.diagnostics), *result.waived):
        findings.setdefault(found[0].rule.id, []).append(found)
    return findings


def _verdict(rule: Rule, found: Sequence[Found], result: Result, path: str, language: Language) -> Element:
    """What a rule found in a file: all of it as text, the first also as message."""
    live = [diagnostic for diagnostic, waiver in found if waiver is None]
    if not live:
        message = next(_waived(waiver, language) for _, waiver in found if waiver)
        element = Element("skipped", message=legal(message))
    elif rule.severity == "info":
        element = Element("system-out")
    else:
        message = _several([language.message(diagnostic) for diagnostic in live], language)
        element = Element("failure", message=legal(message), type=rule.severity)
    element.text = "\n".join(legal(line) for line in _lines(rule, found, result, path, language))
    return element


def _several(messages: Sequence[str], language: Language) -> str:
    """The first of several messages, and how many there are."""
    first = messages[0]
    return language.say("junit", "several", {"count": len(messages), "message": first}) if len(messages) > 1 else first


def _lines(rule: Rule, found: Sequence[Found], result: Result, path: str, language: Language) -> Iterator[str]:
    for diagnostic, waiver in found:
        line, column = diagnostic.source.position(diagnostic.finding.location.span.start)
        yield f"{path}:{line}:{column}: {language.message(diagnostic)}"
        place = where(diagnostic, result.report, language)
        if place:
            yield f"  {place}"
        related = diagnostic.finding.related
        yield from (f"  {language.related(each)}" for each in related[:SHOWN_RELATED])
        if len(related) > SHOWN_RELATED:
            yield "  " + language.say("pretty", "more", {"count": len(related) - SHOWN_RELATED})
        if waiver:
            yield f"  {_waived(waiver, language)}"
    basis = basis_words(rule, result.report, language)
    for name, words in {"why": language.of(rule.why), "fix": language.of(rule.fix), "basis": basis}.items():
        if words:
            yield language.say("rule", "field", {"name": language.say("pretty", name), "text": words})


def _waived(waiver: Waiver, language: Language) -> str:
    return language.say("junit", "waived", {"reason": waiver.reason})


def _waivers(found: Sequence[Stale], path: str, language: Language) -> Element:
    """The waivers of one file that did nothing, as one case."""
    case = Element("testcase", classname=path, name=WAIVERS, file=path, line=str(found[0].waiver.line))
    messages = [language.say("stale", stale.why, stale.waiver._asdict()) for stale in found]
    failure = SubElement(case, "failure", message=legal(_several(messages, language)), type="warning")
    lines = (f"{path}:{stale.waiver.line}: {message}" for stale, message in zip(found, messages, strict=True))
    failure.text = "\n".join(map(legal, lines))
    return case


def _owners(result: Result) -> dict[object, str]:
    """The rules whose findings another rule stands for, and that rule."""
    every = [*result.diagnostics, *(waived.diagnostic for waived in result.waived)]
    return {
        related.params["rule"]: diagnostic.rule.id
        for diagnostic in every
        for related in diagnostic.finding.related
        if "rule" in related.params
    }


def _excuse(outcome: RuleOutcome, owners: dict[object, str], language: Language) -> str:
    """Why a rule that found nothing of its own has not passed."""
    if outcome.reason:
        reason = language.say("not_assessable", outcome.reason, outcome.params)
        return language.say("junit", "not_assessable", {"reason": reason})
    return language.say("junit", "merged", {"rule": owners.get(outcome.rule, "")})

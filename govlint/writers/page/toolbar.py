"""What steers the page where scripts run: going from finding to finding, and choosing among them."""

from __future__ import annotations

from collections.abc import Iterator

from govlint.model.diagnostic import Diagnostic, Run
from govlint.writers.language import Language
from govlint.writers.markup import Html, element, esc, joined
from govlint.writers.parts import part_of, parts_of
from govlint.writers.places import count_severities


def toolbar(run: Run, language: Language) -> Html:
    """The bar, hidden until the script shows it; nothing where nothing was found."""
    found = [diagnostic for result in run.results for diagnostic in result.diagnostics]
    if not found:
        return Html("")
    words = language.words["web"]
    steps = (_button(name, language) for name in ("previous", "next"))
    inside = (
        element("div", joined(steps), class_="steps"),
        _severities(found, language),
        _choice("rule", _rules(found, language), language),
        _choice("part", _parts(run, language), language),
        _button("fold", language),
        element("output", aria_live="polite"),
        element("small", words["keys"], class_="keys"),
    )
    return element(
        "div",
        joined(inside, "\n"),
        id="bar",
        class_="bar",
        role="group",
        aria_label=words["bar"],
        hidden=True,
        data_shown=words["shown"],
        data_unfold=words["unfold"],
    )


def _button(name: str, language: Language) -> Html:
    return element("button", language.say("web", name), type="button", id=name)


def _severities(found: list[Diagnostic], language: Language) -> Html:
    boxes = []
    for severity, count in count_severities(found).items():
        if count:
            box = Html(f'<input type="checkbox" name="severity" value="{esc(severity)}" checked>')
            named = (box, language.say("severity", severity), element("span", count, class_=f"count {severity}"))
            boxes.append(element("label", joined(named, " ")))
    legend = element("legend", language.say("web", "severity"), class_="unseen")
    return element("fieldset", joined((legend, *boxes)))


def _choice(name: str, options: Iterator[tuple[str, str]], language: Language) -> Html:
    """A list to choose from, all to begin with."""
    every = (("", language.say("web", "all")), *options)
    inside = joined(element("option", text, value=value) for value, text in every)
    return element("label", joined((language.say("review", name), element("select", inside, name=name)), " "))


def _rules(found: list[Diagnostic], language: Language) -> Iterator[tuple[str, str]]:
    rules = {diagnostic.rule.id: diagnostic.rule for diagnostic in found}
    return ((name, f"{name} {language.of(rules[name].title)}") for name in sorted(rules))


def _parts(run: Run, language: Language) -> Iterator[tuple[str, str]]:
    """The parts in which something was found, in printed order."""
    rules = {rule.id: rule for rule in run.rules}
    used = {part_of(one, result.report) for result in run.results for one in result.diagnostics}
    labels: dict[str, str] = {}
    for result in run.results:
        for part in parts_of(result, rules, language) if result.source else ():
            labels.setdefault(part.key, part.label)
    return ((key, label) for key, label in labels.items() if key in used)

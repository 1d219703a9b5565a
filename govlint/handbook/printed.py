"""Pages on rules as text for a terminal and as Markdown, and the list of all rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from govlint.handbook.rule_page import RulePage, Shown
from govlint.model.rule import Rule
from govlint.writers.language import Language
from govlint.writers.places import escape_controls, printed_line

WIDE = 144
"""Columns of an excerpt in Markdown: a whole row of table 3."""
_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~])")


def as_text(page: RulePage, language: Language) -> str:
    """The page for a terminal, nothing in it a command to it."""
    words = language.words["rule"]
    lines = [f"{page.id} {page.name}", page.title, ""]
    lines += [words["field"].format(name=name, text=text) for name, text in page.facts]
    if page.options:
        lines += ["", words["field"].format(name=words["options"], text="").rstrip()]
        lines += [f"  {line}" for line in page.options.splitlines()]
    for shown in page.examples:
        title = words["bad" if shown.bad else "good"]
        lines += ["", words["field"].format(name=title, text=shown.edit)]
        lines += [f"  {line}" for line in shown.excerpt]
        lines += [f"  {message}" for message in shown.messages]
    return "".join(printed_line(line) + "\n" for line in lines)


def as_markdown(page: RulePage, language: Language) -> str:
    """The page as Markdown."""
    words = language.words["rule"]
    lines = [f"# {page.id} {_escaped(page.title)}", "", f"`{page.name}`", ""]
    lines += [f"- **{name}**{words['colon']}{_escaped(text)}" for name, text in page.facts]
    if page.options:
        lines += ["", f"## {words['options']}", "", *_fenced(page.options.splitlines(), "yaml")]
    for shown in page.examples:
        lines += ["", f"## {words['bad' if shown.bad else 'good']}", "", *_example(shown, language)]
    return "\n".join(lines) + "\n"


def _example(shown: Shown, language: Language) -> Iterator[str]:
    yield f"{language.words['rule']['edit']}{language.words['rule']['colon']}{_code(shown.edit)}"
    printed = [*shown.excerpt, *([""] if shown.excerpt and shown.messages else []), *shown.messages]
    if printed:
        yield ""
        yield from _fenced(printed, "text")


def index_markdown(rules: Sequence[Rule], language: Language, *, links: bool = True) -> str:
    """All rules as Markdown tables, family by family; ``links`` to the page of each beside this one."""
    words = language.words["rule"]
    lines = [f"# {words['all']}", "", words["intro"]]
    for family in dict.fromkeys(_family(rule) for rule in rules):
        about = language.words["family"].get(family)
        lines += ["", f"## {family} {about}" if about else f"## {family}", "", words["head"], "|---|---|---|---|"]
        for rule in rules:
            if _family(rule) == family:
                name = f"[{rule.id}]({rule.id}.md)" if links else rule.id
                severity = language.words["severity"][rule.severity] + ("" if rule.default else words["optional"])
                lines.append(f"| {name} | {severity} | `{rule.name}` | {_escaped(language.of(rule.title))} |")
    return "\n".join(lines) + "\n"


def _family(rule: Rule) -> str:
    """``GL4`` for the rules that come with govlint, the letters of the id for others."""
    return rule.id[:3] if rule.id.startswith("GL") else rule.id.rstrip("0123456789")


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", escape_controls(" ".join(text.split())))


def _code(text: str) -> str:
    """Text as inline code, whatever backticks it has."""
    shown = escape_controls(" ".join(text.split()))
    runs = [len(run) for run in re.findall("`+", shown)]
    fence = "`" * (max(runs, default=0) + 1)
    return f"{fence} {shown} {fence}" if runs else f"{fence}{shown}{fence}"


def _fenced(lines: Sequence[str], language: str) -> Iterator[str]:
    """Lines as a block of code that nothing in them can end."""
    runs = [len(run) for line in lines for run in re.findall("`{3,}", line)]
    fence = "`" * max(3, max(runs, default=0) + 1)
    yield f"{fence}{language}"
    yield from (printed_line(line) for line in lines)
    yield fence

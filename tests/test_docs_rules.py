"""The pages on rules: one for each rule in each language and a list, as ``govlint rule`` makes them.

GOVLINT_UPDATE=1 writes them anew and removes those of rules that are gone.
"""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path

import pytest
from test_cli import here as govlint

from govlint.cli.output import make_language
from govlint.examples.running import build
from govlint.handbook.printed import WIDE, as_markdown, as_text, index_markdown
from govlint.handbook.rule_page import RulePage, rule_page
from govlint.linter import load_linter

RULES = Path(__file__).parent.parent / "docs" / "rules"
FOLDERS = {"en": RULES, "zh": RULES / "zh"}
UPDATE = os.environ.get("GOVLINT_UPDATE") == "1"
pytestmark = pytest.mark.long
LINTER = load_linter()
INDEX = "README.md"


@cache
def rule_pages(lang: str) -> list[RulePage]:
    """All that is to be said of every rule."""
    return [rule_page(rule, LINTER, make_language(LINTER, lang), WIDE) for rule in LINTER.rules]


def made(lang: str) -> dict[str, str]:
    """Every page by its file name."""
    language = make_language(LINTER, lang)
    pages = {f"{page.id}.md": as_markdown(page, language) for page in rule_pages(lang)}
    return {**pages, INDEX: index_markdown(LINTER.rules, language)}


@pytest.mark.parametrize("lang", FOLDERS)
def test_pages_are_what_the_rules_say(lang):
    folder, pages = FOLDERS[lang], made(lang)
    if UPDATE:
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.md"):
            old.unlink()
        for name, text in pages.items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
    printed = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    assert sorted(printed) == sorted(pages)
    stale = [name for name, text in pages.items() if printed[name] != text]
    assert not stale, f"GOVLINT_UPDATE=1 pytest tests/test_docs_rules.py writes them anew: {stale}"


@pytest.mark.parametrize("lang", FOLDERS)
def test_every_rule_can_be_explained(lang):
    language = make_language(LINTER, lang)
    for rule, page in zip(LINTER.rules, rule_pages(lang), strict=True):
        assert as_text(page, language).startswith(f"{rule.id} {rule.name}\n{page.title}\n\n")


@pytest.mark.parametrize("lang", FOLDERS)
def test_a_page_tells_all_of_its_rule(lang):
    for rule in LINTER.rules:
        text = (FOLDERS[lang] / f"{rule.id}.md").read_text(encoding="utf-8").replace("\\", "")
        for words in (rule.title, rule.message, rule.why, rule.fix or rule.why):
            assert " ".join(words[lang].split()).replace("\\", "") in text, rule.id
        for entry in rule.basis:
            assert entry["document"] in text or entry["document"] == "practice", rule.id
        assert text.count("```text") in (1, 2), rule.id


@pytest.mark.parametrize("id_", ["GL102", "GL301", "GL403", "GL501", "GL901"])
def test_bad_examples_are_shown_with_what_the_check_prints(id_, tmp_path):
    (rule,) = [rule for rule in LINTER.rules if rule.id == id_]
    text = (RULES / f"{id_}.md").read_text(encoding="utf-8")
    said = re.findall(rf"^\d+:\d+: (?:error|warning|info) {id_} .*$", text, re.M)
    printed = []
    for number, example in enumerate(rule.examples):
        report = tmp_path / f"{number}.txt"
        report.write_bytes(build(example.edit, LINTER.data("examples/clean.yaml"), LINTER).data)
        ran = govlint("check", "--lang", "en", "--select", id_, "--output-format", "concise", report)
        printed += [line.removeprefix(f"{report}:") for line in ran.out.splitlines()]
    assert said
    assert set(said) <= set(printed)


@pytest.mark.parametrize("lang", FOLDERS)
def test_the_list_names_and_links_every_rule(lang):
    text = (FOLDERS[lang] / INDEX).read_text(encoding="utf-8")
    for rule in LINTER.rules:
        assert f"| [{rule.id}]({rule.id}.md) |" in text
        assert rule.name in text
    assert [line for line in text.splitlines() if line.startswith("## ")] == list(
        dict.fromkeys(line for line in text.splitlines() if line.startswith("## "))
    )


@pytest.mark.parametrize("lang", FOLDERS)
def test_the_command_prints_the_page(lang):
    ran = govlint("rule", "GL107", "--output-format", "markdown", "--lang", lang)
    assert ran.out == (FOLDERS[lang] / "GL107.md").read_text(encoding="utf-8")
    text = govlint("rule", "GL107", "--lang", lang).out
    assert text.startswith("GL107 overview-aspects\n")
    listed = govlint("rules", "--output-format", "markdown", "--lang", lang).out
    assert "[GL107]" not in listed
    assert "| GL107 |" in listed

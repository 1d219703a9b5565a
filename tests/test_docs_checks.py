"""The pages on kinds of checks: every kind with its options, and rules shown that load and whose examples pass.

GOVLINT_UPDATE=1 writes the generated part anew.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from test_cli import here as govlint

from govlint.checks import KINDS
from govlint.cli.output import make_language
from govlint.handbook.guide import lacking, load_guide, options_of
from govlint.handbook.kinds_page import kinds_markdown
from govlint.linter import load_linter

DOCS = Path(__file__).parent.parent / "docs"
PAGES = {"en": ("checks.md", "rules"), "zh": ("checks.zh.md", "rules/zh")}
MARK = "<!-- kinds -->\n"
UPDATE = os.environ.get("GOVLINT_UPDATE") == "1"
LINTER = load_linter()


def page(lang: str) -> str:
    return (DOCS / PAGES[lang][0]).read_text(encoding="utf-8")


def chapters(lang: str) -> dict[str, str]:
    """The generated chapters by the kind they are about."""
    generated = page(lang).split(MARK)[1]
    return {text.split("\n", 1)[0]: text for text in re.split(r"^### ", generated, flags=re.M)[1:]}


def shown(lang: str, kind: str) -> str:
    (rule,) = re.findall(r"^```yaml\n(.*?)^```$", chapters(lang)[kind], re.M | re.S)
    return rule


@pytest.mark.parametrize("lang", PAGES)
def test_kinds_are_told_as_they_are(lang):
    name, pages = PAGES[lang]
    before, _, after = page(lang).split(MARK)
    made = kinds_markdown(KINDS, LINTER.rules, load_guide(LINTER), make_language(LINTER, lang), pages)
    text = before + MARK + "\n" + made + "\n" + MARK + after
    if UPDATE:
        (DOCS / name).write_text(text, encoding="utf-8", newline="\n")
    assert page(lang) == text


@pytest.mark.parametrize("lang", PAGES)
def test_every_kind_is_told(lang):
    told = chapters(lang)
    assert list(told) == list(KINDS)
    for kind in KINDS.values():
        for path, _ in options_of(kind):
            assert f"| `{path}`" in told[kind.name], (kind.name, path)
        for param in kind.params:
            assert f"`{{{param}}}`" in told[kind.name], (kind.name, param)


def test_the_guide_explains_every_kind_option_and_name():
    assert lacking(load_guide(LINTER), KINDS) == []


def test_the_guide_explains_nothing_that_is_not_there():
    told = LINTER.data("guide.yaml")["kinds"]
    assert set(told) == set(KINDS)
    for name, entry in told.items():
        assert set(entry.get("options", {})) <= {path for path, _ in options_of(KINDS[name])}, name
        assert set(entry.get("params", {})) <= KINDS[name].params, name


@pytest.mark.parametrize("lang", PAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_rule_shown_for_a_kind_works(kind, lang, tmp_path):
    (tmp_path / "shown.yaml").write_text(shown(lang, kind), encoding="utf-8")
    ran = govlint("test", tmp_path, "--lang", "en")
    assert ran.status == 0, ran.err
    assert re.fullmatch(r"rules: 1, examples: [2-9]\d*, failed: 0\n", ran.err)


@pytest.mark.parametrize("lang", PAGES)
def test_pack_shown_changes_a_rule(lang, tmp_path):
    (text,) = re.findall(r"^```yaml\n(# pack/.*?)^```$", page(lang), re.M | re.S)
    (tmp_path / "mine.yaml").write_text(text, encoding="utf-8")
    (rule,) = [rule for rule in load_linter(packs=[tmp_path]).rules if rule.id == "GL301"]
    assert rule.severity == "error"
    assert govlint("test", tmp_path).status == 0


@pytest.mark.parametrize("lang", PAGES)
def test_links_lead_somewhere(lang):
    prose = re.sub(r"^```.*?^```$", "", page(lang), flags=re.M | re.S)
    for target in re.findall(r"\]\(([^)#:]+)\)", prose):
        assert (DOCS / target).exists(), target

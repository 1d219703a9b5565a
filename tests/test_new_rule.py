"""``govlint new-rule``: a file that loads and passes for every kind of check, explained, and never written over."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML
from test_cli import here as govlint

from govlint.checks import KINDS
from govlint.handbook.described import PUBLISHED
from govlint.handbook.guide import options_of
from govlint.linter import load_linter

LINTER = load_linter()
FIRST = f"# yaml-language-server: $schema={PUBLISHED}"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_new_rule_of_every_kind_works(kind, lang, tmp_path):
    ran = govlint("new-rule", "XX001", "my-own-rule", "--check", kind, "-o", tmp_path / "pack", "--lang", lang)
    path = tmp_path / "pack" / "XX001-my-own-rule.yaml"
    assert (ran.status, ran.out) == (0, "")
    assert str(path) in ran.err
    text = path.read_text(encoding="utf-8")
    assert text.split("\n", 1)[0] == FIRST
    schema = json.loads((tmp_path / "pack" / PUBLISHED).read_text(encoding="utf-8"))
    data = YAML(typ="safe").load(text)
    assert [error.message for error in Draft202012Validator(schema).iter_errors(data)] == []
    assert (data["id"], data["name"], data["check"]) == ("XX001", "my-own-rule", kind)
    tested = govlint("test", tmp_path / "pack", "--lang", "en")
    assert tested.status == 0, tested.err
    assert re.fullmatch(r"rules: 1, examples: [3-9]\d*, failed: 0\n", tested.err)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_key_option_and_name_is_explained(kind, lang, tmp_path):
    govlint("new-rule", "XX001", "my-own-rule", "--check", kind, "-o", tmp_path, "--lang", lang)
    lines = (tmp_path / "XX001-my-own-rule.yaml").read_text(encoding="utf-8").splitlines()
    keys = [number for number, line in enumerate(lines) if re.match("[a-z]", line)]
    assert all(lines[number - 1].startswith("# ") for number in keys)
    comments = [line for line in lines[2:] if line.startswith("#")]
    han = [bool(re.search("[\u4e00-\u9fff]", line)) for line in comments]
    assert all(han) if lang == "zh" else sum(han) <= 2
    for path, _ in options_of(KINDS[kind]):
        assert any(line.startswith(f"#   {path}: ") for line in comments), path
    for param in KINDS[kind].params:
        assert any(line.startswith(f"#   {{{param}}}: ") for line in comments), param


def test_default_kind_and_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert govlint("new-rule", "XX001", "mine").status == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["XX001-mine.yaml", PUBLISHED]
    assert "check: pattern\n" in (tmp_path / "XX001-mine.yaml").read_text(encoding="utf-8")


def test_nothing_is_ever_overwritten(tmp_path):
    (tmp_path / "XX001-mine.yaml").write_text("my work", encoding="utf-8")
    (tmp_path / PUBLISHED).write_text("my schema", encoding="utf-8")
    ran = govlint("new-rule", "XX001", "mine", "-o", tmp_path, "--lang", "en")
    assert (ran.status, ran.out) == (2, "")
    assert "was left alone" in ran.err
    assert (tmp_path / "XX001-mine.yaml").read_text(encoding="utf-8") == "my work"
    assert govlint("new-rule", "XX002", "other", "-o", tmp_path).status == 0
    assert (tmp_path / PUBLISHED).read_text(encoding="utf-8") == "my schema"


def test_link_is_not_followed_out_of_the_folder(tmp_path):
    away = tmp_path / "away.txt"
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "XX001-mine.yaml").symlink_to(away)
    assert govlint("new-rule", "XX001", "mine", "-o", tmp_path / "pack").status == 2
    assert not away.exists()


def test_schema_above_the_folder_is_used(tmp_path):
    assert govlint("new-rule", "XX001", "mine", "-o", tmp_path).status == 0
    assert govlint("new-rule", "XX002", "other", "-o", tmp_path / "deep" / "down").status == 0
    text = (tmp_path / "deep" / "down" / "XX002-other.yaml").read_text(encoding="utf-8")
    assert text.startswith(f"# yaml-language-server: $schema=../../{PUBLISHED}\n")
    assert not (tmp_path / "deep" / "down" / PUBLISHED).exists()


@pytest.mark.parametrize(
    ("id_", "name", "said"),
    [
        ("xx001", "mine", "no id"),
        ("XX1", "mine", "no id"),
        ("XX001\n", "mine", "no id"),
        ("XX001", "My Rule", "no name"),
        ("XX001", "../mine", "no name"),
        ("XX001", "mine\n", "no name"),
        ("GL403", "mine", "taken by rule GL403"),
        ("XX001", "requests-row-total", "taken by rule GL403"),
    ],
)
def test_bad_or_taken_names_are_2_and_write_nothing(id_, name, said, tmp_path):
    ran = govlint("new-rule", id_, name, "-o", tmp_path / "pack", "--lang", "en")
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
    assert not (tmp_path / "pack").exists()


def test_folder_that_cannot_be_made_is_2(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    ran = govlint("new-rule", "XX001", "mine", "-o", tmp_path / "file" / "pack")
    assert ran.status == 2
    assert "file" in ran.err


def test_bundled_ids_stay_free():
    """What the guide calls its made-up rules, no bundled rule is called."""
    names = {entry["example"]["name"] for entry in LINTER.data("guide.yaml")["kinds"].values() if "example" in entry}
    assert not names & {rule.name for rule in LINTER.rules}


def test_written_as_people_write_it():
    from govlint.handbook.yamltext import yaml_text
    from govlint.yamlfile import parse_yaml

    for path in sorted(Path(LINTER.rules[0].origin).parent.glob("*.yaml")):
        data = parse_yaml(path.read_text(encoding="utf-8"), str(path)).data
        assert parse_yaml(yaml_text(data), "again").data == data, path
        assert max(map(len, yaml_text(data).splitlines())) < 600
    odd = {
        "first": ["8", "true", "x\ny", "", " x"],
        "words": ["a: b", "'", '"', "\\d", "-", "a?b", "[x", "{y", "#z", "*", "&", "!", "|"],
        "more": [">", "%", "@", "`", "~", "null", "1.5", "0x1f", "\u2028", "\x1b[31m"],
        "nested": [{"p": 1, "q": [1.5, True, None]}, {"only": {"m": {}}}],
        "none": [],
    }
    assert parse_yaml(yaml_text(odd), "odd").data == odd
    assert YAML(typ="safe").load(yaml_text(odd)) == odd

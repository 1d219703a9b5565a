"""The published schema of rule files: fresh, described in both languages, and named in every rule file.

GOVLINT_UPDATE=1 writes rules/rule.schema.json anew.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from test_cli import here as govlint

from govlint.checks import KINDS
from govlint.handbook.described import PUBLISHED, schema_text
from govlint.linter import RULE_FOLDERS, load_linter

RULES = Path(__file__).parent.parent / "rules"
UPDATE = os.environ.get("GOVLINT_UPDATE") == "1"
LINTER = load_linter()
FILES = sorted(path for folder in RULE_FOLDERS for path in (RULES / folder).glob("*.yaml"))
SCHEMA = json.loads(schema_text(LINTER))


def test_published_schema_is_fresh():
    path = RULES / PUBLISHED
    if UPDATE:
        path.write_text(schema_text(LINTER), encoding="utf-8", newline="\n")
    assert path.read_text(encoding="utf-8") == schema_text(LINTER)


def test_command_prints_the_published_schema():
    assert govlint("schema", "rule").out == schema_text(LINTER)


def test_schema_is_a_schema():
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_rule_file_names_the_schema_and_fits_it(path):
    first = path.read_text(encoding="utf-8").split("\n", 1)[0]
    assert first == f"# yaml-language-server: $schema=../{PUBLISHED}"
    assert (path.parent / ".." / PUBLISHED).resolve() == RULES / PUBLISHED
    data = LINTER.data(path.relative_to(RULES).as_posix())
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(data)] == []


def described(schema: dict, path: str = "") -> Iterator[tuple[str, str]]:
    """(path, description) of every property."""
    for name, inner in schema.get("properties", {}).items():
        yield f"{path}{name}", inner.get("description", "")
        yield from described(inner.get("items", inner), f"{path}{name}.")


@pytest.mark.parametrize("kind", [None, *KINDS])
def test_every_key_is_described_in_english_and_chinese(kind):
    if kind is None:
        found = dict(described(SCHEMA))
        assert {"id", "applies.years", "examples.bad.cell", "basis.clause"} <= set(found)
    else:
        (then,) = [e["then"] for e in SCHEMA["allOf"] if e["if"]["properties"]["check"]["const"] == kind]
        found = dict(described(then))
        assert "options" in found
    for path, text in found.items():
        english, _, chinese = text.partition("\n\n")
        assert english.isascii() or "“" in english, path
        assert any("\u4e00" <= char <= "\u9fff" for char in chinese), path


def test_no_two_keys_share_their_words_by_mistake():
    """Descriptions are put on copies: what bad and good examples, titles and messages say differs."""
    of = SCHEMA["properties"]
    examples = of["examples"]["items"]["properties"]
    assert of["title"]["description"] != of["message"]["description"] != of["why"]["description"]
    assert examples["bad"]["description"] != examples["good"]["description"]


def test_a_kind_is_not_judged_by_the_options_of_another():
    """A file without ``check`` lacks that, and nothing else."""
    data = dict(LINTER.data("national/GL403-requests-row-total.yaml"))
    del data["check"]
    errors = [error.message for error in Draft202012Validator(SCHEMA).iter_errors(data)]
    assert errors == ["'check' is a required property"]


def test_options_that_must_be_given_are_missed(tmp_path):
    text = (RULES / "national" / "GL901-placeholder.yaml").read_text(encoding="utf-8").replace("GL901", "XX001")
    head, _, rest = text.replace("name: placeholder", "name: my-placeholder").partition("options:\n")
    (tmp_path / "own.yaml").write_text(head + rest[rest.index("title:") :], encoding="utf-8")
    ran = govlint("test", tmp_path, "--lang", "en")
    assert ran.status == 2
    assert ran.err.splitlines()[0] == f"{tmp_path}/own.yaml:2:1: lacks 'options'"


def test_tables_are_offered_by_their_ids():
    (then,) = [e["then"] for e in SCHEMA["allOf"] if e["if"]["properties"]["check"]["const"] == "balance"]
    assert then["properties"]["options"]["properties"]["table"]["enum"] == ["disclosure", "requests", "remedies"]

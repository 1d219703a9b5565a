"""``govlint config``, ``init``, ``schema config`` and ``rules`` under a configuration; what a start costs.

GOVLINT_UPDATE=1 writes rules/config.schema.json anew.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from configs import BAD, grow, run
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML
from test_rule_schema import described

from govlint.config.config import NO_CONFIG, SCALARS, RuleChoice
from govlint.config.loading import load_pieces
from govlint.config.merging import merge
from govlint.config.schema import PUBLISHED, config_schema
from govlint.handbook.config_guide import NAME, config_schema_text
from govlint.linter import load_linter
from govlint.writers.language import Language

ROOT = Path(__file__).parent.parent
LINTER = load_linter()
ENGLISH = Language("en", LINTER.data("locale/en.yaml"))
SCHEMA = json.loads(config_schema_text(LINTER))
CONFIG, HOOKS = ".govlint.yaml", ".pre-commit-config.yaml"


@pytest.fixture
def tree(tmp_path):
    return grow(tmp_path)


def fits(text: str) -> list[str]:
    """What the published schema has against a configuration."""
    data = YAML(typ="safe").load(text)
    return [error.message for error in Draft202012Validator(SCHEMA).iter_errors({} if data is None else data)]


def test_published_schema_is_fresh():
    path = ROOT / "rules" / PUBLISHED
    if os.environ.get("GOVLINT_UPDATE") == "1":
        path.write_text(config_schema_text(LINTER), encoding="utf-8", newline="\n")
    assert path.read_text(encoding="utf-8") == config_schema_text(LINTER)


def test_command_prints_the_published_schema(tmp_path):
    assert run(tmp_path, "schema", "config").out == config_schema_text(LINTER)
    Draft202012Validator.check_schema(SCHEMA)


def test_every_key_is_described_in_both_languages():
    found = dict(described(SCHEMA))
    assert {"select", "files.unit-type"} <= found.keys()
    for path, text in found.items():
        english, _, chinese = text.partition("\n\n")
        assert english and not any("\u4e00" <= char <= "\u9fff" for char in english), path
        assert any("\u4e00" <= char <= "\u9fff" for char in chinese), path


def test_unit_types_are_those_of_the_facts():
    types = config_schema()["properties"]["files"]["items"]["properties"]["unit-type"]["enum"]
    assert set(types) == {entry["type"] for entry in LINTER.data("facts.yaml")["unit_types"]}


def test_the_guide_explains_every_key_in_the_order_of_the_schema():
    keys = LINTER.data(NAME)["keys"]
    assert [key for key in keys if "." not in key] == list(config_schema()["properties"])
    assert all({"zh", "en"} <= entry.keys() for entry in keys.values())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_init_writes_what_holds_anyway(tree, lang):
    folder = tree({"a.md": BAD})
    assert run(folder, "init", "--lang", lang).status == 0
    text = (folder / CONFIG).read_text(encoding="utf-8")
    assert fits(text) == []
    config = merge(load_pieces(str(folder / CONFIG), lambda _: ENGLISH))
    for name in SCALARS.values():
        assert getattr(config, name).value == getattr(NO_CONFIG, name).value
    (choice,) = config.choices
    assert choice._replace(file=None) == RuleChoice()
    rest = replace(config, path=None, sources=(), choices=(), **{n: getattr(NO_CONFIG, n) for n in SCALARS.values()})
    assert rest == NO_CONFIG
    comments = [line for line in text.splitlines() if line.startswith("# ")]
    assert any("\u4e00" <= char <= "\u9fff" for char in "".join(comments)) == (lang == "zh")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_init_writes_as_examples_may_be_uncommented(tree, lang):
    """Every key stands in the file, and every example holds."""
    folder = tree({"a.md": BAD})
    run(folder, "init", "--lang", lang)
    text = re.sub(r"^#(?! )", "", (folder / CONFIG).read_text(encoding="utf-8"), flags=re.M)
    assert fits(text) == []
    data = YAML(typ="safe").load(text)
    assert data.keys() == config_schema()["properties"].keys()
    for path in data["extend"]:
        made = {path: ""} if path.endswith(".yaml") else {f"{path}/a.yaml": "id: GL301\nseverity: info\n"}
        tree(made)
    tree({CONFIG: text, data["rollup"]: "government: a\nunits: [b]\n", data["waivers"]: "waivers: []\n"})
    ran = run(folder, "check", "a.md")
    assert ran.status == 1, ran.err


def test_init_leaves_alone_what_is_there(tree):
    folder = tree({".govlint.yml": "strict: true\n", HOOKS: "repos: []\n"})
    ran = run(folder, "init", "--lang", "en")
    assert ran.status == 2
    assert ".govlint.yml is there already and was left alone" in ran.err
    assert (folder / ".govlint.yml").read_text() == "strict: true\n"
    ran = run(folder, "init", "--force", "--lang", "en")
    assert ran.status == 0
    assert not (folder / CONFIG).exists()
    assert "strict: false" in (folder / ".govlint.yml").read_text()
    assert (folder / HOOKS).read_text() == "repos: []\n"
    assert "- id: govlint" in ran.out, "the lines to add"


def test_init_follows_no_links(tree, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside")
    folder = tree({})
    (folder / HOOKS).symlink_to(outside / "hooks")
    (folder / CONFIG).symlink_to(outside / "config")
    assert run(folder, "init").status == 2
    assert run(folder, "init", "--force").status == 0
    assert list(outside.iterdir()) == []
    assert not (folder / CONFIG).is_symlink()
    assert (folder / HOOKS).is_symlink()


def test_init_in_a_folder_of_a_repository(tree):
    """The hook stands where pre-commit looks for it, and takes the reports of the folder."""
    folder = tree({"报告（2023）/a.md": BAD, "README.md": ""})
    assert run(folder, "init", "报告（2023）").status == 0
    assert (folder / "报告（2023）" / CONFIG).is_file()
    (hook,) = YAML(typ="safe").load((folder / HOOKS).read_text(encoding="utf-8"))["repos"][0]["hooks"]
    assert re.search(hook["files"], "报告（2023）/x/年报.DOCX")
    assert not re.search(hook["files"], "README.md")
    assert "already" in run(folder, "init", "报告（2023）", "--force", "--lang", "en").err
    assert run(folder, "init", "gone").status == 2


def test_the_hook_of_init_is_that_of_the_repository(tree):
    folder = tree({})
    run(folder, "init")
    (repo,) = YAML(typ="safe").load((folder / HOOKS).read_text(encoding="utf-8"))["repos"]
    (hook,) = repo["hooks"]
    published = YAML(typ="safe").load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))[0]
    assert [hook[key] for key in ("id", "entry", "args")] == [published[key] for key in ("id", "entry", "args")]
    for suffix in ("docx", "htm", "shtml", "XLSX", "md", "ods", "fods", "png", "py"):
        name = f"a.{suffix}"
        assert bool(re.search(hook["files"], name)) == bool(re.search(published["files"], name)), name


SHOWN = {
    CONFIG: "extend: [base.yaml, ours]\nfail-on: info\nexclude: [drafts]\nignore: [GL102]\nseverity: {GL301: error}\n"
    "options: {GL701: {by: {township: '02-01'}}}\nfiles: [{path: '*.md', unit-type: office, agency: 某办}]\n"
    "per-file-ignores: {'*.md': [GL5]}\n",
    "base.yaml": "lang: en\nextend-select: [OPT101]\n",
    "ours/a.yaml": "id: GL400\nseverity: warning\n",
    "drafts/a.md": BAD,
}


def test_config_as_text(tree):
    folder = tree(SHOWN)
    lines = run(folder, "config", "drafts/a.md", GOVLINT_OUTPUT_FORMAT="json").out.splitlines()
    for line in (
        "Configuration: .govlint.yaml",
        "  builds on base.yaml",
        "  rule pack ours  (.govlint.yaml:1)",
        "  lang              en            (base.yaml:1)",
        "  output-format     json          (GOVLINT_OUTPUT_FORMAT)",
        "  fail-on           info          (.govlint.yaml:2)",
        "  strict            false",
        "  exclude           drafts        (.govlint.yaml:3)",
        "  per-file-ignores  *.md  GL5     (.govlint.yaml:8)",
        "  files             *.md  office  某办  (.govlint.yaml:7)",
        "  GL301   error   cell-blank  (.govlint.yaml:5)",
        "  GL302   warning cell-not-a-number",
        "  GL400   warning one-wrong-cell  (ours/a.yaml)",
        "  GL701   warning published-late  (.govlint.yaml:6)",
        "  GL102   warning heading-wording  (.govlint.yaml:4)",
        "For drafts/a.md:",
        "  left out when its folder is checked: drafts  (.govlint.yaml:3)",
        "  not judged by GL501  (.govlint.yaml:8)",
        "  type of unit: office  (.govlint.yaml:7)",
        "  agency: 某办  (.govlint.yaml:7)",
    ):
        assert line in lines, line
    on, off = (next(n for n, line in enumerate(lines) if line.startswith(start)) for start in ("Rules in", "Rules not"))
    assert on < lines.index("  GL301   error   cell-blank  (.govlint.yaml:5)") < off
    assert off < lines.index("  GL102   warning heading-wording  (.govlint.yaml:4)")


def test_config_as_json(tree):
    folder = tree(SHOWN)
    shown = json.loads(run(folder, "config", "drafts/a.md", "--output-format", "json", "--lang", "zh").out)
    assert shown["settings"]["lang"] == {"value": "zh", "origin": {"kind": "command_line", "name": "--lang"}}
    assert shown["settings"]["strict"] == {"value": False, "origin": None}
    at = {"kind": "file", "name": CONFIG}
    assert shown["settings"]["exclude"] == [{"value": "drafts", "origin": {**at, "line": 3, "column": 11}}]
    rules = {rule["id"]: rule for rule in shown["rules"]}
    assert len(rules) == len(LINTER.rules)
    assert rules["GL102"]["in_force"] is False
    assert rules["GL102"]["chosen_by"] == {**at, "line": 4, "column": 10}
    assert rules["GL301"]["severity_by"] == {**at, "line": 5, "column": 12}
    assert rules["OPT101"]["chosen_by"] == {"kind": "file", "name": "base.yaml", "line": 2, "column": 17}
    assert rules["GL400"]["packs"] == ["ours/a.yaml"]
    assert shown["path"]["excluded"]["value"] == "drafts"
    assert {entry["value"] for entry in shown["path"]["ignored"]} >= {"GL501", "GL506"}


def test_config_without_a_configuration(tree):
    ran = run(tree({}), "config", "--lang", "en")
    assert ran.out.startswith("Configuration: none; the defaults hold\n")
    assert f"Rules in force: {len(LINTER.in_force)} of {len(LINTER.rules)}" in ran.out
    ran = run(tree({}), "config", "--lang", "en", GOVLINT_OUTPUT_FORMAT="pdf")
    assert (ran.status, "GOVLINT_OUTPUT_FORMAT: no output format “pdf”" in ran.err) == (2, True)


def test_what_names_a_configuration_is_shown(tree):
    folder = tree({"ci/a.yaml": "lang: en\n"})
    shown = Path("ci", "a.yaml")
    assert run(folder, "config", GOVLINT_CONFIG="ci/a.yaml").out.startswith(
        f"Configuration: {shown}  (GOVLINT_CONFIG)\n"
    )
    assert run(folder, "config", "--config", "ci/a.yaml").out.startswith(f"Configuration: {shown}  (--config)\n")


def test_a_hostile_configuration_is_shown_inert(tree):
    folder = tree({CONFIG: 'exclude: ["\\e]0;x\\a\\u202e"]\n', "a.md": BAD})
    out = run(folder, "config", "a.md").out
    assert "\\x1b" in out
    assert not {"\x1b", "\x07", "\u202e"} & set(out)


def test_rules_are_shown_as_the_configuration_changes_them(tree):
    folder = tree(SHOWN)
    lines = run(folder, "rules").out.splitlines()
    assert any(re.match(r"GL301 +error", line) for line in lines)
    assert any(line.startswith("GL102") and line.endswith("(off: .govlint.yaml:4)") for line in lines)
    assert any(line.startswith("OPT101") and line.endswith("(turned on by base.yaml:2)") for line in lines)
    assert any(line.startswith("OPT102") and line.endswith("(off unless selected)") for line in lines)
    assert any(
        re.match(r"GL301 +warning", line)
        for line in run(folder, "rules", "--isolated", "--lang", "en").out.splitlines()
    )
    assert 'township: "02-01"' in run(folder, "rule", "GL701").out


IMPORTS = """
import sys
from govlint.cli.main import main
sys.argv = ["govlint", *sys.argv[1:]]
try:
    main()
except SystemExit:
    print(*sorted(name for name in sys.modules), file=sys.stderr)
"""


def loaded(cwd: Path, *arguments: str) -> set[str]:
    """The modules that a run loads."""
    command = [sys.executable, "-c", IMPORTS, "check", "-q", *arguments]
    plain = {name: value for name, value in os.environ.items() if not name.startswith("GOVLINT_") or "CACHE" in name}
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, encoding="utf-8", env=plain, check=False)
    assert "Traceback" not in done.stderr, done.stderr
    return set(done.stderr.split())


def test_a_start_loads_no_more_than_it_needs(tree):
    """Without a configuration nothing that reads one; with one, on the second run, no YAML and no JSON Schema."""
    heavy = {"ruamel.yaml", "jsonschema", "govlint.config.schema", "govlint.config.checking"}
    folder = tree({"a.md": BAD})
    first = loaded(folder, "a.md")
    assert not (heavy | {"govlint.config.loading", "govlint.config.merging", "govlint.config.options"}) & first
    tree(
        {
            CONFIG: SHOWN[CONFIG].replace("extend: [base.yaml, ours]", "extend: [base.yaml]"),
            "base.yaml": SHOWN["base.yaml"],
        }
    )
    run(folder, "check", "a.md")
    again = loaded(folder, "a.md")
    assert "govlint.config.loading" in again
    assert not heavy & again

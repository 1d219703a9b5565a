"""Which configuration holds: found upwards, named, or none; precedence; what is left out; several at once."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path

import pytest
from configs import BAD, FOUND, findings, grow, run, severities

CONFIG = ".govlint.yaml"
ENGLISH = "lang: en\noutput-format: concise\n"


@pytest.fixture
def tree(tmp_path):
    return grow(tmp_path)


def used(cwd, *paths: str, **environment: str) -> str | None:
    """The configuration that holds for a path."""
    ran = run(cwd, "config", "--output-format", "json", *paths, **environment)
    assert ran.status == 0, ran.err
    return json.loads(ran.out)["config"]


def test_it_is_found_upwards_from_the_reports(tree, tmp_path_factory):
    folder = tree({CONFIG: "", "a/b/r.md": BAD, "c/.govlint.yml": "", "c/d/r.md": BAD})
    assert used(folder, "a/b/r.md") == CONFIG
    assert used(folder, "c/d") == str(Path("c", ".govlint.yml"))
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    assert used(elsewhere, str(folder / "c" / "d" / "r.md")) == str(folder / "c" / ".govlint.yml")


def test_else_from_the_working_folder(tree, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside")
    (outside / ".git").mkdir()
    (outside / "r.md").write_bytes(BAD)
    folder = tree({CONFIG: ENGLISH, "a/r.md": BAD})
    assert used(folder, str(outside / "r.md")) == CONFIG
    assert used(folder / "a") == str(folder / CONFIG)


def test_a_repository_is_the_world(tree):
    folder = tree({CONFIG: "", "inner/r.md": BAD, "inner/.git/HEAD": ""})
    assert used(folder / "inner", "r.md") is None
    assert used(folder, "inner/r.md") == CONFIG, "from the working folder"


def test_standard_input_goes_by_its_name(tree, monkeypatch):
    folder = tree({"a/.govlint.yaml": "severity: {ALL: info}\nselect: [GL4]\n"})

    def feed(*options: str) -> set[str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(BAD)))
        return set(severities(folder, *options, paths=["-"]))

    assert feed() == set(FOUND)
    assert feed("--stdin-filename", "a/r.md") == {"GL400"}


def test_folders_and_dangling_links_of_that_name_are_mistakes(tree):
    """What is there under that name was meant; without a word all would be checked as if nothing were said."""
    folder = tree({f"a/{CONFIG}/x": "", "a/r.md": BAD, "b/r.md": BAD})
    (folder / "b" / CONFIG).symlink_to("gone")
    for name in ("a", "b"):
        ran = run(folder, "check", f"{name}/r.md", "--lang", "en")
        assert (ran.status, ran.out) == (2, "")
        assert os.path.join(name, CONFIG) in ran.err  # noqa: PTH118


def test_one_may_be_named_or_none_wanted(tree):
    folder = tree({CONFIG: "select: [GL1]\n", "ci/strict.yaml": "select: [GL4]\n", "a/r.md": BAD})
    assert set(severities(folder)) == {"GL102"}
    assert set(severities(folder, "--config", "ci/strict.yaml")) == {"GL400"}
    assert set(severities(folder, GOVLINT_CONFIG="ci/strict.yaml")) == {"GL400"}
    assert set(severities(folder, "--config", CONFIG, GOVLINT_CONFIG="ci/strict.yaml")) == {"GL102"}
    assert set(severities(folder, "--isolated")) == set(FOUND)
    assert set(severities(folder, "--isolated", GOVLINT_CONFIG="ci/strict.yaml")) == set(FOUND)
    ran = run(folder, "check", "a", "--isolated", "--config", CONFIG, "--lang", "en")
    assert (ran.status, "--config and --isolated do not go together" in ran.err) == (2, True)


def test_patterns_go_from_the_folder_of_the_file_that_says_them(tree):
    folder = tree({"ci/strict.yaml": "exclude: [a/x.md]\n", "a/x.md": BAD, "ci/a/x.md": BAD})
    found = findings(folder, "--config", "ci/strict.yaml")
    assert {os.path.normpath(each["path"]) for each in found} == {str(Path("a", "x.md"))}


def test_precedence(tree):
    """Defaults, configuration, environment, command line: each goes before those before it."""
    folder = tree({"r.md": BAD})

    def words(*options: str, **environment: str) -> str:
        return run(folder, "check", "r.md", "-q", *options, **environment).out.splitlines()[0]

    assert "警告" in words()
    tree({CONFIG: "lang: en\noutput-format: jsonl\nfail-on: never\n"})
    assert words().startswith("{") and "blank in table 2" in words()
    environment = {"GOVLINT_LANG": "zh", "GOVLINT_OUTPUT_FORMAT": "concise"}
    assert "警告" in words(**environment)
    assert " warning " in words("--lang", "en", **environment)
    assert words("--output-format", "json", **environment) == "["
    assert run(folder, "check", "r.md").status == 0
    assert run(folder, "check", "r.md", "--fail-on", "error").status == 1


def test_the_choice_of_rules_goes_on_from_layer_to_layer(tree):
    folder = tree(
        {
            "base.yaml": "select: [GL1, GL4, GL5]\nignore: [GL5]\nseverity: {GL4: info}\n",
            CONFIG: "extend: [base.yaml]\nextend-select: [GL3]\nignore: [GL1]\n",
            "r.md": BAD,
        }
    )
    assert severities(folder) == {"GL400": "info", "GL301": "warning"}
    assert severities(folder, "--extend-select", "GL5,GL1") == {
        "GL400": "info", "GL301": "warning", "GL501": "error", "GL102": "warning",
    }  # fmt: skip
    assert severities(folder, "--select", "GL5,GL4") == {"GL501": "error", "GL400": "info"}
    assert severities(folder, "--ignore", "GL4") == {"GL301": "warning"}


def test_what_is_off_may_be_turned_on_again(tree):
    folder = tree({"base.yaml": "severity: {GL301: off}\n", CONFIG: "extend: [base.yaml]\n", "r.md": BAD})
    assert "GL301" not in severities(folder)
    assert severities(folder, "--select", "GL301") == {"GL301": "warning"}
    tree({CONFIG: "extend: [base.yaml]\nseverity: {cell-blank: info}\n"})
    assert severities(folder)["GL301"] == "info"


def test_files_build_on_each_other(tree):
    folder = tree(
        {
            "shared/one.yaml": "fail-on: never\nlang: en\nexclude: [drafts]\n",
            "shared/two.yaml": "fail-on: warning\nextend: [pack, deep/three.yaml]\n",
            "shared/deep/three.yaml": "lang: zh\nseverity: {GL102: info}\n",
            "shared/pack/blank.yaml": "id: GL301\nseverity: error\n",
            CONFIG: "extend: [shared/one.yaml, shared/two.yaml]\nseverity: {GL102: error}\n",
            "r.md": BAD,
            "drafts/r.md": BAD,
        }
    )
    assert {os.path.normpath(found["path"]) for found in findings(folder)} == {"r.md"}
    assert severities(folder) == FOUND | {"GL301": "error", "GL102": "error"}
    shown = json.loads(run(folder, "config", "--output-format", "json").out)
    assert [name.replace(os.sep, "/") for name in shown["files"]] == [
        "shared/one.yaml",
        "shared/deep/three.yaml",
        "shared/two.yaml",
        CONFIG,
    ]
    settings = shown["settings"]
    assert settings["fail-on"]["value"] == "warning"
    assert settings["fail-on"]["origin"]["name"].replace(os.sep, "/") == "shared/two.yaml"
    assert settings["lang"]["value"] == "zh"
    (pack,) = shown["packs"]
    assert pack["value"].replace(os.sep, "/") == "shared/pack"


def test_a_file_that_two_build_on_counts_once(tree):
    """Else the second time would undo what the first one's successor says."""
    folder = tree(
        {
            "base.yaml": "fail-on: error\n",
            "a.yaml": "extend: [base.yaml]\nfail-on: warning\n",
            "b.yaml": "extend: [base.yaml]\n",
            CONFIG: "extend: [a.yaml, b.yaml]\n",
            "r.md": BAD,
        }
    )
    shown = json.loads(run(folder, "config", "--output-format", "json").out)
    assert shown["files"] == ["base.yaml", "a.yaml", "b.yaml", CONFIG]
    assert shown["settings"]["fail-on"]["value"] == "warning"


def test_packs_of_the_command_line_change_what_the_configuration_says(tree):
    own = "id: XX001\nname: own-rule\n" + OWN_RULE
    folder = tree(
        {
            CONFIG: "extend: [ours]\nseverity: {GL301: info, XX001: error}\n",
            "ours/a.yaml": "id: GL301\nseverity: error\n",
            "r.md": BAD,
        }
    )
    tree({"cli/a.yaml": "id: GL301\nseverity: warning\n", "cli/own.yaml": own})
    assert run(folder, "check", "r.md").status == 2, "XX001 is not known without the pack"
    assert severities(folder, "--rules", "cli", paths=["r.md"]) == FOUND | {"XX001": "error"}
    tree({CONFIG: "extend: [ours]\nseverity: {GL301: info}\n"})
    assert severities(folder, paths=["r.md"])["GL301"] == "info", "the configuration goes before its packs"


OWN_RULE = """severity: info
check: pattern
options: {any: [云溪县]}
title: {zh: 甲, en: a}
message: {zh: 甲, en: a}
why: {zh: 甲, en: a}
basis: [{document: practice}]
examples: [{good: {text: {按期: 按期}}}]
"""


def test_several_configurations_are_told(tree):
    folder = tree(
        {f"a/{CONFIG}": "select: [GL1]\n", f"b/{CONFIG}": ENGLISH, "a/r.md": BAD, "b/r.md": BAD, "c/r.md": BAD}
    )
    ran = run(folder, "check", "a/r.md", "b", "--lang", "en", "-q")
    a, b = str(Path("a", CONFIG)), str(Path("b", CONFIG))
    assert f"no configuration holds for all of these files; not used: {a}, {b} (" in ran.err
    tree({CONFIG: "ignore: [GL1]\n"})
    ran = run(folder, "check", "a/r.md", "b", "--lang", "en", "-q")
    assert f"{CONFIG} holds for the whole run; not used: {a}, {b} (" in ran.err
    ran = run(folder, "check", ".", "--lang", "en", "-q")
    assert f"{CONFIG} holds for the whole run; not used: {a}, {b} (" in ran.err, "also those met on the way"
    for quiet in (["a"], ["c"], [".", "--isolated"], [".", "--config", CONFIG]):
        assert "not used" not in run(folder, "check", *quiet, "--lang", "en", "-q").err
    tree({CONFIG: f"extend: [a/{CONFIG}, b/{CONFIG}]\n"})
    assert "not used" not in run(folder, "check", ".", "--lang", "en", "-q").err, "they are part of it"


def test_survey_and_parse_tell_it_too(tree):
    folder = tree({CONFIG: "lang: en\n", f"b/{CONFIG}": "", "a/r.md": BAD, "b/r.md": BAD})
    for command in ("survey", "parse"):
        assert f"{CONFIG} holds for the whole run" in run(folder, command, "a", "b").err


def test_rules_for_single_files_from_the_command_line(tree):
    folder = tree({CONFIG: "per-file-ignores: {a.md: [GL1]}\n", "a.md": BAD, "x/b.md": BAD})
    left = severities(folder, "--per-file-ignores", "a.md:GL3, GL4", "--per-file-ignores", "x/:GL5", paths=["a.md"])
    assert set(left) == {"GL501"}
    for text, words in (
        ("a.md", "should be a pattern"),
        (":GL1", "should be a pattern"),
        ("a.md:GLX", "no rule “GLX”"),
    ):
        ran = run(folder, "check", "a.md", "--per-file-ignores", text, "--lang", "en")
        assert (ran.status, words in ran.err) == (2, True), ran.err


def test_inline_waivers_can_be_turned_off(tree):
    waived = BAD.replace(b"## ", "<!-- govlint-ignore-file GL301: 已核实 -->\n\n## ".encode(), 1)
    folder = tree({"a.md": waived})
    assert "GL301" not in severities(folder)
    tree({CONFIG: "inline-waivers: false\n"})
    assert "GL301" in severities(folder)


def test_nothing_is_written_whatever_a_configuration_says(tree):
    """Not even by naming places: a cloned repository may not."""
    folder = tree(
        {
            CONFIG: "waivers: sub/w.yaml\nrollup: folder\noutput-format: sarif\nextend: [pack]\n",
            "pack/a.yaml": "id: GL301\nseverity: info\n",
            "a.md": BAD,
        }
    )
    before = sorted(folder.rglob("*"))
    run(folder, "check", ".")
    run(folder, "survey", ".")
    run(folder, "config")
    assert sorted(folder.rglob("*")) == before

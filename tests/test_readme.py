"""The READMEs print commands, options, output and rules as they really are."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML
from test_cli import here

from govlint.cli.main import COMMANDS
from govlint.linter import load_linter

ROOT = Path(__file__).parent.parent
NAMES = ("README.md", "README.zh.md")
TEST_COMMAND = "python3 -m venv .venv && .venv/bin/pip install -q -e '.[test]' && .venv/bin/python -m pytest"
CHECK_COMMAND = re.compile(
    r"^python3 -m venv \.venv && \.venv/bin/pip install -q \. && \.venv/bin/(govlint check .*)$", re.M
)


@pytest.fixture(params=NAMES)
def readme(request):
    return (ROOT / request.param).read_text(encoding="utf-8")


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.M | re.S)


def test_test_command_is_printed_and_run_by_ci(readme):
    assert TEST_COMMAND in readme.splitlines()
    assert f'test_command="{TEST_COMMAND}"' in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_check_command_is_run_by_ci():
    command = CHECK_COMMAND.search((ROOT / "README.md").read_text(encoding="utf-8"))
    assert command is not None
    assert f'check_command="{command[0]}"' in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_output_is_what_the_check_command_prints(readme):
    command = CHECK_COMMAND.search(readme)
    assert command is not None
    program = [sys.executable, "-m", *shlex.split(command[1])]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert done.stdout + done.stderr in blocks(readme, "text")


def test_families_are_those_of_the_rules(readme):
    families = {rule.id[:3] for rule in load_linter().rules}
    assert set(re.findall(r"^\| (GL\d|[A-Z]{3}) \|", readme, re.M)) == families


def test_options_exist(readme):
    options = set()
    for command in COMMANDS:
        options |= set(re.findall(r"--[a-z][a-z-]+", here(command, "--help").out))
        assert f"govlint {command}" in readme
    section = readme.split("<!-- options -->")[1]
    printed = set(re.findall(r"--[a-z][a-z-]+", section))
    assert printed == options - {"--help"}


def test_rule_shown_is_the_rule_that_runs(readme):
    (shown,) = [block for block in blocks(readme, "yaml") if block.startswith("id: GL")]
    data = YAML(typ="safe").load(shown)
    (rule,) = [rule for rule in load_linter().rules if rule.id == data["id"]]
    schema, _, text = Path(rule.origin).read_text(encoding="utf-8").partition("\n")
    assert schema.startswith("# yaml-language-server: ")
    assert shown == text


def test_pack_shown_is_a_pack(readme, tmp_path):
    (shown,) = [block for block in blocks(readme, "yaml") if block.startswith("# pack/")]
    (tmp_path / "shown.yaml").write_text(shown, encoding="utf-8")
    data = YAML(typ="safe").load(shown)
    (rule,) = [rule for rule in load_linter(packs=[tmp_path]).rules if rule.id == data["id"]]
    assert rule.severity == data["severity"]
    assert rule.severity not in [other.severity for other in load_linter().rules if other.id == rule.id]


def test_readmes_link_to_what_exists(readme):
    for target in re.findall(r"\]\(([^)#:]+)\)", readme):
        assert (ROOT / target).exists(), target

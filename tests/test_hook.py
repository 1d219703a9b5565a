"""The pre-commit hook: its file is sound, and what it would run does run."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from govlint.readers import FILE_SUFFIXES, SUFFIXES

ROOT = Path(__file__).parent.parent
HOOKS = YAML(typ="safe").load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
FAULTY = sorted((ROOT / "fixtures" / "faulty").rglob("*.md"))[0]
CLEAN = sorted((ROOT / "fixtures" / "clean").rglob("*.md"))[0]


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_hook_has_what_pre_commit_needs(hook):
    assert {"id", "name", "entry", "language"} <= hook.keys()
    assert hook["language"] == "python"
    assert re.fullmatch(r"\d+\.\d+\.\d+", hook["minimum_pre_commit_version"])


def test_hook_is_per_file():
    (hook,) = [hook for hook in HOOKS if hook["id"] == "govlint"]
    assert hook.get("pass_filenames", True)
    assert not hook.get("require_serial", False)


@pytest.mark.parametrize(("report", "status"), [(FAULTY, 1), (CLEAN, 0)], ids=["faulty", "clean"])
def test_entry_runs(report, status):
    (hook,) = [hook for hook in HOOKS if hook["id"] == "govlint"]
    program, *rest = shlex.split(hook["entry"])
    assert program == "govlint"
    command = [sys.executable, "-m", program, *rest, *hook["args"], str(report)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == status, done.stdout + done.stderr


@pytest.mark.parametrize("suffix", [*SUFFIXES, *FILE_SUFFIXES, ".HTML", ".Txt", ".DOCX"])
def test_files_are_those_that_have_a_reader(suffix):
    (hook,) = [hook for hook in HOOKS if hook["id"] == "govlint"]
    assert re.search(hook["files"], f"reports/2023年年度报告{suffix}")


@pytest.mark.parametrize("name", ["a.png", "a.zip", "a.py", "a.md.zip", "amd", "html"])
def test_other_files_are_left_alone(name):
    (hook,) = [hook for hook in HOOKS if hook["id"] == "govlint"]
    assert not re.search(hook["files"], name)


def test_hook_brings_the_extras_that_its_files_need():
    (hook,) = [hook for hook in HOOKS if hook["id"] == "govlint"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    assert sorted(hook["additional_dependencies"]) == sorted([*extras["pdf"], *extras["doc"]])

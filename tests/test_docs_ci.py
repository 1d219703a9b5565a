"""The examples for CI services: valid by the services' own schemas, and their scripts do what they say."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pytest
from linked import put, report
from ruamel.yaml import YAML
from test_cli import here
from test_crosscheck_rules import OWN
from test_docs_commands import commands, understand
from test_pre_commit import commit
from test_pre_commit import run as run_plain

from govlint.version import __version__

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "ci"
GITHUB, REVIEWDOG, GITLAB = (FOLDER / f"{name}.yml" for name in ("github-actions", "github-reviewdog", "gitlab-ci"))
JENKINS = FOLDER / "Jenkinsfile"
INSTALLED = re.compile(r'"govlint(?:\[([\w,]+)\])? @ git\+<address of this repository>@(\S+)"')
GOOD, BAD, CHANGED = "reports/水务局 2023年.txt", "reports/教育局/2023年.html", "reports/财政局/2023 年报（改）.HTM"
FAULT = "GL400"
needs_bash = pytest.mark.skipif(not shutil.which("bash") or not shutil.which("git"), reason="needs bash and git")


class Script(NamedTuple):
    """A piece of shell in an example, and how the service calls the shell."""

    name: str
    text: str
    shell: tuple[str, ...] = ("bash", "-e")


def load(path: Path) -> dict:
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))


def steps(path: Path) -> Iterator[tuple[str, dict]]:
    """The steps of a GitHub workflow, each with its job."""
    for name, job in load(path)["jobs"].items():
        for step in job["steps"]:
            yield name, step


def jenkins_strings() -> list[str]:
    """What the ``sh`` steps of the Jenkinsfile run, as Groovy reads the two kinds of strings."""
    found = re.findall(r"\bsh (?:'''(.*?)'''|'([^'\n]*)')", JENKINS.read_text(encoding="utf-8"), re.S)
    return [(block or line).replace("\\\n", "") for block, line in found]


def scripts() -> Iterator[Script]:
    """Every script of the examples that calls govlint."""
    for path in (GITHUB, REVIEWDOG):
        for job, step in steps(path):
            shell = ("bash", "-eo", "pipefail") if step.get("shell") == "bash" else ("bash", "-e")
            yield Script(f"{path.stem}-{job}", step.get("run", ""), shell)
    job = load(GITLAB)["govlint"]
    yield Script("gitlab", "\n".join((*job["before_script"], *job["script"])))
    for text in jenkins_strings():
        yield Script("jenkins", text.replace(".venv/bin/", ""), ("sh", "-xe"))


SCRIPTS = {script.name: script for script in scripts() if any(commands(script.text))}


@pytest.fixture
def desk(tmp_path):
    """A repository with a good and a bad report, and a folder of programs: govlint, and stand-ins for others."""
    programs = {
        "govlint": f'exec "{sys.executable}" -m govlint "$@"',
        "pip": "exit 0",
        "reviewdog": 'echo "$@" >reviewdog.options; cat >reviewdog.seen',
    }
    (tmp_path / "bin").mkdir()
    for name, text in programs.items():
        path = tmp_path / "bin" / name
        path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
        path.chmod(0o755)
    work = tmp_path / "work"
    put(work, {GOOD: report(), BAD: faulty()})
    commit(work)
    return work


def faulty() -> bytes:
    """A report with one error, and nothing else."""
    return report(layout="html", agency="云溪县教育局", cell={"requests.received.total": "9"})


def run(script: Script, work: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join((str(work.parent / "bin"), os.environ["PATH"]))
    given = {"GITHUB_STEP_SUMMARY": str(work / "summary.md"), "PATH": path, **environment}
    return run_plain(*script.shell, "-c", script.text, cwd=work, **given)


def written(work: Path, names: Mapping[str, object]) -> dict[str, str]:
    return {name: (work / name).read_text(encoding="utf-8") for name in names}


@pytest.mark.parametrize(
    ("path", "options"),
    [
        (GITHUB, ("vendor.github-workflows",)),
        (REVIEWDOG, ("vendor.github-workflows",)),
        (GITLAB, ("vendor.gitlab-ci", "--data-transform", "gitlab-ci")),
    ],
    ids=lambda value: value.stem if isinstance(value, Path) else "",
)
def test_valid_by_the_schema_of_the_service(path, options):
    done = run_plain(sys.executable, "-m", "check_jsonschema", "--builtin-schema", *options, path, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_braces_and_quotes_of_the_jenkinsfile_match():
    text = re.sub(r"'''.*?'''|'[^'\n]*'|//[^\n]*", "", JENKINS.read_text(encoding="utf-8"), flags=re.S)
    assert "'" not in text
    opened = []
    for char in re.sub(r"[^(){}\[\]]", "", text):
        if char in "({[":
            opened.append({"(": ")", "{": "}", "[": "]"}[char])
        else:
            assert opened, char
            assert opened.pop() == char
    assert not opened
    assert re.fullmatch(r"\s*pipeline\s*\{\s*agent any\s+stages\s*\{.*\}\s+post\s*\{.*\}\s*\}\s*", text, re.S)


@pytest.mark.parametrize("path", sorted(FOLDER.iterdir()), ids=lambda path: path.name)
def test_what_is_installed_is_this_version_with_extras_that_exist(path):
    text = path.read_text(encoding="utf-8")
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    for wanted, version in INSTALLED.findall(text):
        assert set(filter(None, wanted.split(","))) <= extras.keys()
        assert version == f"v{__version__}"
    assert len(INSTALLED.findall(text)) == len(re.findall(r"pip\S* install", text))


def test_no_script_is_overlooked():
    assert {name: len(list(commands(script.text))) for name, script in SCRIPTS.items()} == {
        "github-actions-all": 1,
        "github-actions-changed": 1,
        "github-reviewdog-review": 1,
        "gitlab": 1,
        "jenkins": 1,
    }
    texts = [path.read_text(encoding="utf-8") for path in FOLDER.iterdir()]
    assert len(re.findall(r"\bgovlint check\b", "".join(texts))) == len(SCRIPTS)


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS)
def test_commands_are_understood(script, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for words in commands(script.text):
        understand(words)


@needs_bash
def test_github_writes_what_it_uploads(desk):
    script = SCRIPTS["github-actions-all"]
    (upload,) = [step for _, step in steps(GITHUB) if "upload-sarif" in step.get("uses", "")]
    name = upload["with"]["sarif_file"]
    assert upload["if"] == f"always() && hashFiles('{name}') != ''"
    assert run(script, desk).returncode == 1
    (found,) = json.loads((desk / name).read_text(encoding="utf-8"))["runs"]
    assert {result["ruleId"] for result in found["results"]} == {FAULT}
    assert FAULT in (desk / "summary.md").read_text(encoding="utf-8")
    put(desk, {BAD: report(layout="html", agency="云溪县教育局")})
    done = run(script, desk)
    assert done.returncode == 0, done.stdout + done.stderr


@needs_bash
def test_github_checks_only_the_changed_reports(desk):
    base = run_plain("git", "rev-parse", "HEAD", cwd=desk).stdout.strip()
    script = SCRIPTS["github-actions-changed"]
    done = run(script, desk, BASE=base)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    (desk / GOOD).unlink()
    put(desk, {CHANGED: faulty(), "reports/封面.png": b"\x89PNG\r\n\x1a\n", "其他.txt": b"x"})
    commit(desk)
    done = run(script, desk, BASE=base)
    assert done.returncode == 1, done.stderr
    notes = [line for line in done.stdout.splitlines() if line.startswith("::")]
    assert notes
    assert all(f"file={CHANGED}," in note for note in notes)


def test_github_takes_the_same_types_of_files_as_the_hooks():
    (types,) = re.findall(r"types='(.*)'", SCRIPTS["github-actions-changed"].text)
    hooks = YAML(typ="safe").load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert {hook["files"] for hook in hooks if hook["id"] != "govlint-fix"} == {rf"(?i)\.({types})$"}


@needs_bash
def test_gitlab_writes_its_reports_and_artifacts(desk):
    artifacts = load(GITLAB)["govlint"]["artifacts"]
    assert artifacts["when"] == "always"
    assert run(SCRIPTS["gitlab"], desk).returncode == 1
    (found,) = json.loads((desk / artifacts["reports"]["codequality"]).read_text(encoding="utf-8"))
    assert (found["check_name"], found["location"]["path"]) == (FAULT, BAD)
    suites = ElementTree.parse(desk / artifacts["reports"]["junit"]).getroot()
    assert suites.findall(".//failure")
    for name in artifacts["paths"]:
        assert FAULT in (desk / name).read_text(encoding="utf-8")


@needs_bash
def test_jenkins_writes_what_its_steps_read(desk):
    text = JENKINS.read_text(encoding="utf-8")
    assert run(SCRIPTS["jenkins"], desk).returncode == 1
    names = dict(re.findall(r"(testResults|pattern|artifacts): '([^']+)'", text))
    assert ElementTree.parse(desk / names["testResults"]).getroot().findall(".//failure")
    (file,) = [file for file in ElementTree.parse(desk / names["pattern"]).getroot() if file.findall("error")]
    assert file.get("name") == BAD
    assert (desk / names["artifacts"]).is_file()


@needs_bash
def test_reviewdog_is_given_its_format_and_decides(desk):
    """Findings leave the decision to it; a file that cannot be read ends the job."""
    script = SCRIPTS["github-reviewdog-review"]
    assert run(script, desk).returncode == 0
    assert "-f=rdjson" in (desk / "reviewdog.options").read_text(encoding="utf-8").split()
    seen = json.loads((desk / "reviewdog.seen").read_text(encoding="utf-8"))
    assert [each["location"]["path"] for each in seen["diagnostics"]] == [BAD]
    put(desk, {"reports/空.txt": b""})
    (desk / "reviewdog.seen").unlink()
    assert run(script, desk).returncode == 2
    assert not (desk / "reviewdog.seen").exists()


@pytest.mark.parametrize("page", ["ci.md", "ci.zh.md"])
def test_arguments_told_for_the_hooks_do_run(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    put(tmp_path, {"changed.txt": report(), "reports/2023.txt": report(), "pack/own.yaml": OWN.encode()})
    yaml = YAML(typ="safe")
    entries = {hook["id"]: hook["entry"] for hook in yaml.load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
    told = re.findall(r"`([\w-]+)`[：:] ?`args: (\[.*?\])`", (ROOT / "docs" / page).read_text(encoding="utf-8"))
    assert {hook for hook, _ in told} == entries.keys()
    for hook, arguments in told:
        given = yaml.load(arguments) + ([] if hook == "govlint-cross" else ["changed.txt"])
        ran = here(*entries[hook].split()[1:], *given)
        assert ran.status == 0, ran.err

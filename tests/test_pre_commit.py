"""The hooks in the real pre-commit: installed from a repository, run in another one with Chinese file names.

Needs git, pre-commit and a package registry. Without them the tests are skipped with a warning;
GOVLINT_REQUIRE_PRE_COMMIT=1 makes them fail instead.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import warnings
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple, NoReturn

import pytest
from linked import as_word, put, report
from ruamel.yaml import YAML
from sources import SOURCES
from test_packaging import UNREACHABLE

from govlint.version import __version__

pytestmark = pytest.mark.long
ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "docs" / "ci" / "pre-commit-config.yaml"
PLACEHOLDER = "<address of this repository>"
LAST = "reports/水务局/2022年年度报告.html"
THIS = "reports/水务局/2023年年度报告.docx"
DRAFT = "reports/水务局（草稿）/2024 年报.txt"
OTHER = {"README.md": "# 说明\n\n年度报告放在 reports 里。\n".encode(), "reports/cover.png": b"\x89PNG\r\n\x1a\n"}
SOUND = {"year": 2022, "layout": "html", "cell": {"disclosure.normative_documents.in_force": "4"}}
"""Last year's report, to which that of this year goes on."""
SETTINGS = ("GOVLINT_LANG", "GOVLINT_OUTPUT_FORMAT", "GOVLINT_CONFIG")
PASSED, FAILED, SKIPPED = "Passed", "Failed", "Skipped"


class Ran(NamedTuple):
    """What a call of pre-commit left behind: its exit status, how each hook ended, and all that it printed."""

    status: int
    hooks: dict[str, str]
    text: str


def cannot(reason: str) -> NoReturn:
    """The hooks cannot be tried here: that must be seen, and in CI it must fail."""
    if os.environ.get("GOVLINT_REQUIRE_PRE_COMMIT") == "1":
        pytest.fail(reason)
    warnings.warn(pytest.PytestWarning(f"the pre-commit hooks were not tried: {reason}"), stacklevel=2)
    pytest.skip(reason)


def run(*command: object, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command that knows nothing of the git repository, the settings and the language around the tests."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") and name not in SETTINGS}
    git = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    return subprocess.run(
        [*map(str, command)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        env={**plain, **git, **environment},
        check=False,
    )


def stage(folder: Path) -> None:
    """Make a git repository of a folder, if it is none yet, and stage all that it holds."""
    for arguments in (("init", "-q"), ("add", "-A")):
        done = run("git", *arguments, cwd=folder)
        assert done.returncode == 0, done.stderr


def commit(folder: Path) -> None:
    """Commit all that a folder holds."""
    stage(folder)
    done = run("git", "-c", "user.name=Test", "-c", "user.email=test@example.org", "commit", "-qm", "all", cwd=folder)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A git repository of this tree as it is, with the tag that a release of its version would have."""
    if shutil.which("git") is None:
        cannot("git is not installed")
    if find_spec("pre_commit") is None:
        cannot("pre-commit is not installed")
    folder = tmp_path_factory.mktemp("project")
    for name in (*SOURCES, ".pre-commit-hooks.yaml"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, folder / name)
    commit(folder)
    assert run("git", "tag", f"v{__version__}", cwd=folder).returncode == 0
    return folder


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Where pre-commit keeps the hooks' environment: one for all tests that run a configuration."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def scratch(project, tmp_path):
    """Make a repository of reports, with the hooks as docs/ci/pre-commit-config.yaml shows: ``scratch(files)``."""

    def make(files: Mapping[str, bytes]) -> Path:
        put(tmp_path, {**OTHER, **files})
        config = EXAMPLE.read_text(encoding="utf-8").replace(PLACEHOLDER, project.as_posix())
        (tmp_path / ".pre-commit-config.yaml").write_text(config, encoding="utf-8")
        commit(tmp_path)
        return tmp_path

    return make


def pre_commit(folder: Path, *arguments: object, **environment: str) -> Ran:
    done = run(sys.executable, "-m", "pre_commit", *arguments, cwd=folder, **environment)
    text = done.stdout + done.stderr
    if any(sign in text for sign in UNREACHABLE):
        cannot("pip reaches no package registry")
    return Ran(done.returncode, dict(re.findall(r"^(govlint[\w-]*)\.+.*?(\w+)$", text, re.M)), text)


@pytest.fixture
def hooks(home):
    """Run the hooks of a repository: on what is staged, unless told otherwise."""

    def run_them(folder: Path, *arguments: str, **environment: str) -> Ran:
        return pre_commit(folder, "run", *arguments, PRE_COMMIT_HOME=str(home), **environment)

    return run_them


def draft(year: int = 2024) -> bytes:
    """A report with nothing but a heading that is not worded as it should be: a warning."""
    return report(year=year, heading={"5": "五、存在的主要问题及改进措施"})


def line_of(words: str, data: bytes) -> int:
    (line,) = [number for number, text in enumerate(data.decode().split("\n"), 1) if words in text]
    return line


def test_try_repo_fails_on_a_draft_and_shows_file_and_line(project, scratch):
    folder = scratch({DRAFT: draft(), LAST: report(**SOUND)})
    ran = pre_commit(folder, "try-repo", project, "govlint", "--files", DRAFT, LAST)
    assert (ran.status, ran.hooks) == (1, {"govlint": FAILED}), ran.text
    (line,) = [line for line in ran.text.splitlines() if " GL" in line]
    assert line.startswith(f"{DRAFT}:{line_of('改进措施', draft())}:")
    assert "警告 GL102" in line


def test_good_reports_pass(hooks, scratch):
    ran = hooks(scratch({LAST: report(**SOUND), THIS: as_word(report())}), "--all-files")
    assert (ran.status, ran.hooks) == (0, {"govlint": PASSED, "govlint-cross": PASSED}), ran.text


def test_cross_sees_last_years_report_although_it_did_not_change(hooks, scratch):
    """Each report is sound by itself, so the first hook passes, though at last it is given both."""
    cells = {"received.natural_person": "4", "received.total": "5", "carried_out.natural_person": "1"}
    carried = {f"requests.{name}": value for name, value in {**cells, "carried_out.total": "1"}.items()}
    folder = scratch({LAST: report(**{**SOUND, "cell": {**SOUND["cell"], **carried}})})
    put(folder, {THIS: as_word(report())})
    stage(folder)
    for ran in (hooks(folder), hooks(folder, "--all-files", LC_ALL="C")):
        assert (ran.status, ran.hooks) == (1, {"govlint": PASSED, "govlint-cross": FAILED}), ran.text
        assert re.search(rf"^{re.escape(THIS)}:\d+:\d+: 警告 GL801 ", ran.text, re.M), ran.text


def test_other_files_are_skipped(hooks, scratch):
    ran = hooks(scratch({LAST: draft(2022)}), "--files", *OTHER)
    assert (ran.status, ran.hooks) == (0, {"govlint": SKIPPED, "govlint-cross": SKIPPED}), ran.text


@pytest.mark.parametrize(
    ("command", "file"),
    [("validate-manifest", ROOT / ".pre-commit-hooks.yaml"), ("validate-config", EXAMPLE)],
    ids=["hooks", "example"],
)
def test_pre_commit_takes_the_files(project, command, file):
    ran = pre_commit(project, command, file)
    assert (ran.status, ran.text) == (0, "")


def test_example_names_this_version():
    """The hooks above run from the tag of this version, so a release moves the example along."""
    (repository,) = YAML(typ="safe").load(EXAMPLE.read_text(encoding="utf-8"))["repos"]
    assert (repository["repo"], repository["rev"]) == (PLACEHOLDER, f"v{__version__}")


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_readme_shows_the_example(name):
    yaml = YAML(typ="safe")
    shown = re.findall(r"^```yaml\n(repos:.*?)^```$", (ROOT / name).read_text(encoding="utf-8"), re.M | re.S)
    ((repository,),) = (yaml.load(block)["repos"] for block in shown)
    (example,) = yaml.load(EXAMPLE.read_text(encoding="utf-8"))["repos"]
    assert {**repository, "repo": PLACEHOLDER} == example

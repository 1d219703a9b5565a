"""What gets installed: a wheel, built and used elsewhere, has all that the checkout has."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from sources import copy_sources

from govlint.linter import load_linter
from govlint.version import __version__

pytestmark = pytest.mark.long
ROOT = Path(__file__).parent.parent
FIXTURE = next((ROOT / "fixtures" / "faulty").glob("*.md"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
UNREACHABLE = ("Could not find a version", "No matching distribution", "Failed to establish", "Network is unreachable")


def run(*command: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    plain = {key: value for key, value in os.environ.items() if key not in {"PYTHONPATH", "GOVLINT_LANG"}}
    return subprocess.run(
        [*map(str, command)], capture_output=True, text=True, encoding="utf-8", cwd=cwd, env=plain, check=False
    )


def pip(python: object, *arguments: object, cwd: Path) -> None:
    """Run pip; without a registry to fetch from, the test cannot be done."""
    done = run(python, "-m", "pip", "--disable-pip-version-check", *arguments, cwd=cwd)
    if done.returncode and any(sign in done.stderr for sign in UNREACHABLE):
        pytest.skip("pip reaches no package registry")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built from a copy so that the checkout stays as it is."""
    source, out = copy_sources(tmp_path_factory.mktemp("source") / "copy"), tmp_path_factory.mktemp("wheel")
    pip(sys.executable, "wheel", "--quiet", "--no-deps", "--wheel-dir", out, source, cwd=out)
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def elsewhere(wheel, tmp_path_factory):
    """The Python of a fresh environment that has the wheel."""
    folder = tmp_path_factory.mktemp("elsewhere")
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    pip(python, "install", "--quiet", wheel, cwd=folder)
    return python


def test_every_package_is_named():
    """The list of packages is written out, so a new one must be added to it."""
    folders = {path.parent.relative_to(ROOT) for path in (ROOT / "govlint").rglob("*.py")}
    assert {folder.as_posix().replace("/", ".") for folder in folders} | {"govlint.rules"} == set(
        PROJECT["tool"]["setuptools"]["packages"]
    )


def test_installed_wheel_lints(elsewhere, tmp_path):
    report = tmp_path / "年度报告.md"
    shutil.copy(FIXTURE, report)
    done = run(elsewhere.parent / "govlint", "check", "--output-format", "json", report, cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    here = run(sys.executable, "-m", "govlint", "check", "--output-format", "json", report, cwd=tmp_path)
    assert json.loads(done.stdout) == json.loads(here.stdout)
    assert json.loads(done.stdout)


def test_installed_wheel_is_this_version(elsewhere, tmp_path):
    done = run(elsewhere, "-c", "import govlint; print(govlint.__file__, govlint.__version__)", cwd=tmp_path)
    path, version = done.stdout.split()
    assert not Path(path).is_relative_to(ROOT)
    assert version == __version__


def test_installed_wheel_has_all_rules_and_forms(elsewhere, tmp_path):
    """Every data file of the checkout is there, byte for byte, and typed code is marked so."""
    code = "import govlint.rules, pathlib; print(next(iter(govlint.rules.__path__)))"
    folder = Path(run(elsewhere, "-c", code, cwd=tmp_path).stdout.strip())
    assert not folder.is_relative_to(ROOT)
    ours = {path.relative_to(ROOT / "rules"): path.read_bytes() for path in (ROOT / "rules").rglob("*.yaml")}
    theirs = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.yaml")}
    assert any(path.parts[0] == "editions" for path in theirs)
    assert any(path.parts[0] == "national" for path in theirs)
    assert theirs == ours
    assert (folder.parent / "py.typed").is_file()


def test_installed_wheel_makes_pages(elsewhere, tmp_path):
    """The page of a survey comes with its style and script; without the extra for workbooks a sentence says so."""
    shutil.copy(FIXTURE, tmp_path / "report.md")
    for python, out in ((elsewhere, "a.html"), (sys.executable, "b.html")):
        done = run(python, "-m", "govlint", "survey", "report.md", "-o", out, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()
    assert "</script>" in (tmp_path / "a.html").read_text(encoding="utf-8")
    done = run(elsewhere, "-m", "govlint", "survey", "report.md", "-o", "a.xlsx", cwd=tmp_path)
    assert done.returncode == 2
    assert "pip install 'govlint[xlsx]'" in done.stderr


def test_installed_wheel_runs_the_examples_of_the_rules(elsewhere, tmp_path):
    """Those of a rule of each family; .ci/run has a wheel run them all."""
    families = {rule.id[:3]: rule for rule in load_linter().rules}
    options = [part for rule in families.values() for part in ("--rule", rule.id)]
    done = run(elsewhere, "-m", "govlint", "test", "--lang", "en", *options, cwd=tmp_path)
    examples = sum(len(rule.examples) for rule in families.values())
    assert done.returncode == 0, done.stderr
    assert done.stderr == f"rules: {len(families)}, examples: {examples}, failed: 0\n"


EXTRAS_FOR_TESTS = {"test", "fuzz", "dev"}


def requirements() -> list[Requirement]:
    """What govlint needs to run, with all extras but those for its tests."""
    extras = PROJECT["project"]["optional-dependencies"].items()
    texts = [text for name, more in extras if name not in EXTRAS_FOR_TESTS for text in more]
    return [Requirement(text) for text in (*PROJECT["project"]["dependencies"], *texts)]


def test_every_dependency_has_a_range():
    """The oldest version that works, and the first that nobody has tried."""
    for requirement in requirements():
        if requirement.name != "govlint":
            signs = {each.operator for each in requirement.specifier}
            assert signs == {">=", "<"}, requirement


def test_what_is_tested_is_in_range():
    for requirement in requirements():
        try:
            installed = version(requirement.name)
        except PackageNotFoundError:
            continue
        assert installed in requirement.specifier, requirement


def test_the_hook_wants_the_same_versions_as_the_extras():
    (hooks,) = re.findall(r"&extras (\[.*\])", (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    extras = PROJECT["project"]["optional-dependencies"]
    assert json.loads(hooks) == [*extras["pdf"], *extras["doc"]]


def contents() -> set[str]:
    """All files of code and data, by the paths that they have where they are installed."""
    code = {path.relative_to(ROOT).as_posix() for path in (ROOT / "govlint").rglob("*") if path.is_file()}
    rules = [path for path in (ROOT / "rules").rglob("*") if path.suffix in (".yaml", ".json", ".py")]
    data = {f"govlint/rules/{path.relative_to(ROOT / 'rules').as_posix()}" for path in rules}
    return {name for name in code | data if "__pycache__" not in name}


def test_the_wheel_holds_what_it_should(wheel):
    """Code, rules, pages and the licence; nothing of tests, fixtures or this computer."""
    with zipfile.ZipFile(wheel) as opened:
        names = set(opened.namelist())
        told = b"".join(opened.read(name) for name in names)
    described = {name for name in names if name.startswith(f"govlint-{__version__}.dist-info/")}
    assert names - described == contents()
    assert any(name.endswith("/licenses/LICENSE") for name in described)
    assert str(ROOT).encode() not in told


def test_the_sources_hold_what_the_wheel_is_made_of(tmp_path):
    """The archive of sources: what a wheel can be built from without anything else."""
    pytest.importorskip("build")
    source = copy_sources(tmp_path / "copy")
    done = run(sys.executable, "-m", "build", "--sdist", "--outdir", tmp_path / "out", source, cwd=tmp_path)
    if done.returncode and any(sign in done.stdout + done.stderr for sign in UNREACHABLE):
        pytest.skip("pip reaches no package registry")
    assert done.returncode == 0, done.stdout + done.stderr
    (archive,) = (tmp_path / "out").iterdir()
    with tarfile.open(archive) as opened:
        names = {name.partition("/")[2] for name in opened.getnames()}
        assert all(member.isfile() or member.isdir() for member in opened.getmembers())
    wanted = {name.replace("govlint/rules/", "rules/", 1) for name in contents()}
    assert wanted <= names
    assert {"pyproject.toml", "README.md", "LICENSE", "PKG-INFO"} <= names
    assert not [name for name in names if name.startswith(("/", "..")) or "__pycache__" in name]

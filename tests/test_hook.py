"""The pre-commit hooks: their file is sound, and what they would run does run. In pre-commit: test_pre_commit.py."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import pytest
from linked import LINTER, put, report
from ruamel.yaml import YAML
from test_cli import CLEAN, FAULTY, Ran, here

from govlint.cli.output import make_language
from govlint.handbook.config_guide import hook_text
from govlint.readers import FILE_SUFFIXES, SUFFIXES
from govlint.readers.rewriting import WRITABLE

ROOT = Path(__file__).parent.parent
HOOKS = YAML(typ="safe").load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
BY_ID = {hook["id"]: hook for hook in HOOKS}
ALONE, CROSS = BY_ID["govlint"], BY_ID["govlint-cross"]
each_hook = pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])


def run(hook: dict, *given: object) -> Ran:
    """What pre-commit would run with these arguments, or files."""
    program, *rest = shlex.split(hook["entry"])
    assert program == "govlint"
    return here(*rest, *given)


def pair(folder: Path) -> list[Path]:
    """Two reports that are sound each by itself, but documents in force do not go on from one to the other."""
    return [
        folder / name for name in put(folder, {"2022.html": report(year=2022, layout="html"), "2023.txt": report()})
    ]


@each_hook
def test_hook_has_what_pre_commit_needs(hook):
    assert {"id", "name", "entry", "language"} <= hook.keys()
    assert hook["language"] == "python"
    assert re.fullmatch(r"\d+\.\d+\.\d+", hook["minimum_pre_commit_version"])


def test_one_hook_takes_files_in_any_portions():
    assert ALONE.get("pass_filenames", True)
    assert not ALONE.get("require_serial", False)
    assert not CROSS["pass_filenames"]
    assert CROSS["require_serial"]


@pytest.mark.parametrize(("path", "status"), [(FAULTY, 1), (CLEAN, 0)], ids=["faulty", "clean"])
def test_entry_runs(path, status):
    ran = run(ALONE, *ALONE["args"], path)
    assert ran.status == status, ran.out + ran.err


def test_warnings_stop(tmp_path):
    (draft,) = put(tmp_path, {"draft.txt": report(heading={"5": "五、存在的主要问题及改进措施"})})
    assert run(ALONE, *ALONE["args"], tmp_path / draft).status == 1
    pair(tmp_path)
    assert run(CROSS, tmp_path).status == 1


def test_files_that_come_together_by_chance_are_not_compared(tmp_path):
    """Not even when the user puts other arguments in the place of the hook's."""
    for arguments in (ALONE["args"], ["--fail-on", "info"]):
        ran = run(ALONE, *arguments, *pair(tmp_path))
        assert (ran.status, ran.out) == (0, "")


def test_what_the_configuration_excludes_is_left_out(tmp_path):
    pair(tmp_path)
    (path,) = (
        tmp_path / name for name in put(tmp_path, {"old/draft.txt": report(cell={"requests.received.total": "9"})})
    )
    assert run(ALONE, *ALONE["args"], path).status == 1
    (tmp_path / ".govlint.yaml").write_text("exclude: [old]\n", encoding="utf-8")
    assert run(ALONE, *ALONE["args"], path).status == 0


def test_waivers_of_what_a_hook_does_not_look_at_are_not_called_unused(tmp_path, monkeypatch):
    """Neither those of other reports, nor those of rules that are for the other hook."""
    monkeypatch.chdir(tmp_path)
    files = [path.name for path in pair(tmp_path)]
    put(tmp_path, {"draft.txt": report(agency="云溪县教育局", cell={"requests.received.total": "9"})})
    assert here("waive", "--all", "--reason", "已核实", ".").status == 0
    for hook, given in ((ALONE, files), (ALONE, ["draft.txt"]), (CROSS, CROSS["args"])):
        ran = run(hook, *given, "--fail-on", "info", "--strict", "--ignore", "GL6", "--lang", "en")
        assert (ran.status, ran.out) == (0, ""), ran.err
        assert "nothing found" in ran.err
        assert len(ran.err.splitlines()) == 1


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_hook_that_init_writes_does_the_same(language):
    text = hook_text(LINTER, make_language(LINTER, language), ALONE["files"])
    ((repository,),) = YAML(typ="safe").load(text).values()
    (hook,) = repository["hooks"]
    shared = ("id", "entry", "args", "files")
    assert {key: hook[key] for key in shared} == {key: ALONE[key] for key in shared}


def test_other_hook_has_all_rules_on_several_reports_and_no_others():
    words = shlex.split(CROSS["entry"])
    selected = words[words.index("--select") + 1].split(",")
    several = {rule.id for rule in LINTER.in_force if rule.scope != "report"}
    assert {rule.id for rule in LINTER.rules if set(selected) & set(rule.prefixes)} == several


def test_other_hook_finds_reports_by_itself_and_minds_no_other_files(tmp_path, monkeypatch):
    pair(tmp_path / "reports")
    (tmp_path / "README.md").write_text("# 说明\n\n年度报告放在 reports 里。\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    ran = run(CROSS, *CROSS["args"], "--output-format", "concise")
    assert (ran.status, len(ran.out.splitlines())) == (1, 1)
    assert ran.out.startswith("reports/2023.txt:")
    assert " GL802 " in ran.out


@each_hook
@pytest.mark.parametrize("suffix", [*SUFFIXES, *FILE_SUFFIXES, ".HTML", ".Txt", ".DOCX"])
def test_files_are_those_that_have_a_reader(hook, suffix):
    kind = SUFFIXES.get(suffix.lower(), "docx" if suffix.lower() in (".docx", ".docm") else "")
    due = hook["id"] != "govlint-fix" or kind in WRITABLE
    assert bool(re.search(hook["files"], f"reports/2023年年度报告{suffix}")) == due


@each_hook
@pytest.mark.parametrize("name", ["a.png", "a.zip", "a.py", "a.md.zip", "amd", "html"])
def test_other_files_are_left_alone(hook, name):
    assert not re.search(hook["files"], name)


@each_hook
def test_hook_brings_the_extras_that_its_files_need(hook):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    needed = [] if hook["id"] == "govlint-fix" else [*extras["pdf"], *extras["doc"]]
    assert sorted(hook.get("additional_dependencies", [])) == sorted(needed)


def test_fix_mends_and_leaves_the_rest_to_the_other_hook(tmp_path):
    report = tmp_path / "2023.md"
    report.write_bytes(FAULTY.read_bytes())
    hook = BY_ID["govlint-fix"]
    ran = run(hook, *hook["args"], report)
    assert ran.status == 0, ran.err
    assert report.read_text("utf-8") == FAULTY.read_text("utf-8").replace("改进措施", "改进情况")
    assert run(ALONE, *ALONE["args"], report).status == 1

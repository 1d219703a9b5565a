"""What shells offer on Tab."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from calling import call
from click.shell_completion import get_completion_class

from govlint.cli.completing import VARIABLE, prepare
from govlint.cli.completion import SHELLS
from govlint.cli.main import COMMANDS, cli
from govlint.linter import load_linter
from govlint.writers import WRITERS


def offered(*words: str, shell: str = "zsh") -> dict[str, str | None]:
    """What a shell is offered for the last word, and what it says about each."""
    prepare()
    kind = get_completion_class(shell)
    assert kind is not None
    *args, incomplete = words
    found = kind(cli, {}, "govlint", VARIABLE).get_completions(list(args), incomplete)
    return {str(item.value): item.help for item in found}


def test_commands_with_what_they_do():
    assert list(offered("")) == list(COMMANDS)
    assert offered("ch") == {"check": "检查报告，逐处指出问题、原因和依据"}
    english = offered("--lang", "en", "ch")
    assert list(english) == ["check"]
    assert english["check"].startswith("Check reports")


def test_options_with_what_they_do():
    assert offered("check", "--extend-s") == {"--extend-select": "另外加上这些规则。"}
    assert {"--select", "--output-format", "--lang", "--help"} <= offered("check", "--").keys()
    assert {"--version", "--lang", "--help"} <= offered("--").keys()


def test_ids_and_names_of_rules():
    rules = {rule.id: rule for rule in load_linter().rules}
    found = offered("rule", "GL40")
    assert found == {id_: rule.title["zh"] for id_, rule in rules.items() if id_.startswith("GL40")}
    assert offered("--lang", "en", "rule", "GL403") == {"GL403": rules["GL403"].title["en"]}
    assert "requests-row-total" in offered("rule", "requests-")
    assert "requests-row-total" not in offered("rule", "")
    assert offered("test", "--rule", "gl403").keys() == {"GL403"}


@pytest.mark.parametrize("option", ["--select", "--ignore", "--extend-select"])
def test_lists_of_rules_go_on_after_a_comma(option):
    found = offered("check", option, "GL403,GL70")
    assert set(found) == {f"GL403,{rule.id}" for rule in load_linter().rules if rule.id.startswith("GL70")}
    assert "GL4" in offered("check", option, "GL")


def test_rules_of_a_pack_are_offered_too(tmp_path):
    assert call("new-rule", "XX001", "own-rule", "-o", tmp_path).status == 0
    assert offered("rule", "--rules", str(tmp_path), "XX").keys() == {"XX001"}
    (tmp_path / "broken.yaml").write_text("id: GL403\nseverity: eror\n", encoding="utf-8")
    assert "GL403" in offered("rule", "--rules", str(tmp_path), "GL4")


def test_formats_and_choices():
    assert list(offered("check", "--output-format", "")) == list(WRITERS)
    assert set(offered("check", "--output-format=js")) == {name for name in WRITERS if name.startswith("js")}
    assert list(offered("check", "--output", "conc")) == ["concise="]
    assert list(offered("check", "--color", "a")) == ["auto", "always"]
    assert set(offered("completion", "")) == set(SHELLS)


def test_reports_and_folders_and_nothing_else(tmp_path, monkeypatch):
    for name in ("一 号.docx", "二号.PDF", "notes.py", ".hidden.md"):
        (tmp_path / name).touch()
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "三号.xlsx").touch()
    monkeypatch.chdir(tmp_path)
    assert set(offered("check", "", shell="bash")) == {"一 号.docx", "二号.PDF", "reports"}
    assert set(offered("check", "一", shell="bash")) == {"一 号.docx"}
    assert set(offered("check", "a", "reports/", shell="bash")) == {"reports/三号.xlsx"}
    assert set(offered("text", f"{tmp_path}/二", shell="bash")) == {f"{tmp_path}/二号.PDF"}
    assert offered("check", "nowhere/", shell="bash") == {}


def test_nothing_is_said_when_a_call_is_half_written():
    for words in (["check", "--lang", "fr", "--sel"], ["--lang", "fr", "ch"], ["nothing", ""], ["check", "--nope", ""]):
        assert isinstance(offered(*words), dict)


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_script_is_printed(shell, lang):
    known = get_completion_class(shell) is not None
    ran = call("completion", shell, "--lang", lang)
    assert ran.status == (0 if known else 2)
    assert (VARIABLE in ran.out) == known
    assert ("click" in ran.err) != known


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_script_is_one_that_the_shell_reads(shell):
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not here")
    script = call("completion", shell).out.encode()
    assert subprocess.run([shell, "-n", "/dev/stdin"], input=script, check=False).returncode == 0


@pytest.fixture(scope="module")
def shell(tmp_path_factory):
    """Bash with the script read: what it offers for the last of some words."""
    bash = shutil.which("bash")
    if not bash or sys.platform == "win32":
        pytest.skip("bash is not here")
    folder = tmp_path_factory.mktemp("bin")
    command = folder / "govlint"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m govlint "$@"\n')
    command.chmod(0o755)
    script = call("completion", "bash").out

    def ask(*words: str, cwd: Path | None = None) -> list[str]:
        asking = (
            f"{script}\ncompopt() {{ printf 'compopt %s\\n' \"$2\"; }}\n"
            'COMP_WORDS=(govlint "$@"); COMP_CWORD=$#\n'
            "_govlint_completion govlint\nprintf '%s\\n' \"${COMPREPLY[@]}\"\ncomplete -p govlint"
        )
        done = subprocess.run(
            [bash, "--norc", "-c", asking, "bash", *words], cwd=cwd, capture_output=True, text=True, encoding="utf-8",
            env={"PATH": f"{folder}:/usr/bin:/bin", "LC_ALL": "C.UTF-8"}, check=True,
        )  # fmt: skip
        assert done.stderr == ""
        *lines, registered = done.stdout.splitlines()
        assert registered == "complete -o nosort -F _govlint_completion govlint"
        return lines

    return ask


def test_bash_asks_and_understands(shell, tmp_path):
    (tmp_path / "水务局 2023, 定稿.docx").touch()
    (tmp_path / "a b").mkdir()
    (tmp_path / "notes.py").touch()
    assert shell("sur") == ["survey"]
    assert shell("check", "--extend-") == ["--extend-select"]
    assert shell("check", "--select", "GL403,GL401") == ["GL403,GL401"]
    named = shell("check", "", cwd=tmp_path)
    assert {line for line in named if not line.startswith("compopt")} == {"水务局 2023, 定稿.docx", "a b"}
    assert set(named) >= {"compopt filenames"}
    assert shell("check", "--config", "x") == ["compopt default", ""]
    assert shell("check", "--output", "sari") == ["compopt nospace", "sarif="]

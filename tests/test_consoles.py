"""Consoles and systems that think in another encoding, with other line ends and other paths."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

import pytest
from calling import Stream, call
from test_cli import CLEAN, FAULTY, govlint

from govlint.cli import main as entry
from govlint.cli.main import COMMANDS
from govlint.datafiles import cache_folder

ENCODINGS = ["ascii", "cp936", "cp1252", "cp437", "utf-16-le", "gb2312"]
CALLS = [
    (["--help"], 0, "检查政府信息公开工作年度报告"),
    (["check", "--help"], 0, "退出码："),
    ([], 2, "用法："),
    (["check", "--nothing"], 2, "没有选项"),
    (["chek"], 2, "没有命令"),
    (["check", "没有这份报告𠮷.docx"], 2, "没有这份报告𠮷.docx: 找不到文件"),
    (["check", CLEAN], 0, "没有发现问题"),
    (["check", FAULTY, "--output-format", "pretty"], 1, "错误"),
    (["text", CLEAN], 0, "年度报告"),
    (["rules"], 0, "错误"),
    (["rule", "GL403"], 0, "为什么"),
    (["completion", "zsh"], 0, "compdef"),
    (["rules", "--rules", "没有这个文件夹"], 2, "没有这个文件夹:1:1: "),
]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(("arguments", "status", "said"), CALLS)
def test_all_is_utf_8_with_plain_line_ends(arguments, status, said, encoding):
    ran = call(*arguments, encoding=encoding, newline="\r\n")
    assert ran.status == status
    assert said in ran.out + ran.err
    plain = call(*arguments)
    assert (ran.out, ran.err) == (plain.out, plain.err)
    assert "\r" not in ran.out + ran.err


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "cp1252:strict"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "POSIX", "PYTHONUTF8": "1"},
    ],
)
@pytest.mark.parametrize(("arguments", "said"), [(["check", "--help"], "退出码："), (["check", "没有"], "找不到文件")])
def test_true_processes_speak_utf_8_too(arguments, said, environment):
    ran = govlint(*arguments, **environment)
    assert said in ran.out + ran.err


def test_bar_does_not_fail_where_a_console_lacks_its_letters():
    with patch("govlint.cli.check.PATIENCE", 0.0):
        ran = call("check", CLEAN, encoding="ascii", terminal=True, TERM="xterm", CI="")
    assert ran.status == 0
    assert CLEAN.name in ran.err


def test_name_that_is_no_text_is_made_visible(tmp_path):
    name = os.fsdecode(b"\xff\xfe.md") if sys.platform != "win32" else "\udcff.md"
    ran = call("check", tmp_path / name)
    assert ran.status == 2
    assert "\\udcff" in ran.err


@pytest.mark.parametrize("missing", ["stdout", "stderr"])
def test_no_console_at_all_is_no_traceback(missing):
    """As under pythonw, where both are None."""
    streams = {name: Stream("utf-8", terminal=False) for name in ("stdout", "stderr")}
    streams[missing] = None
    for arguments, status in ((["check", "--nothing"], 2), (["text", str(CLEAN)], 2 if missing == "stdout" else 0)):
        with (
            patch.multiple(sys, argv=["govlint", *arguments], **streams),
            pytest.raises(SystemExit) as ended,
        ):
            entry.main()
        assert ended.value.code == status


def test_loading_every_module_of_the_command_line_does_no_work():
    """A process that is spawned loads them again."""
    modules = sorted({reference.partition(":")[0] for reference in COMMANDS.values()})
    code = f"import govlint.__main__, govlint.cli.main, {', '.join(modules)}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"", b"")


def test_texts_of_help_are_not_loaded_for_a_plain_check():
    code = (
        "import sys; from govlint.cli.main import main\n"
        "try: main()\n"
        "except SystemExit: print(sorted(set(sys.modules) & {'govlint.cli.page', 'govlint.cli.helptexts',"
        " 'govlint.cli.complaints', 'govlint.cli.failing', 'click.shell_completion', 'glob', 'rich', 'ruamel.yaml',"
        " 'jsonschema'}), file=sys.stderr)"
    )
    command = [sys.executable, "-c", code, "check", "-q", "--output-format", "concise", str(CLEAN)]
    call("check", CLEAN)  # So that the data are compiled.
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stderr == "[]\n"


def test_cache_of_windows_is_where_windows_wants_it():
    with (
        patch("govlint.datafiles.sys.platform", "win32"),
        patch.dict(os.environ, {"LOCALAPPDATA": "AppData/Local"}, clear=True),
    ):
        assert cache_folder() == Path("AppData/Local/govlint/cache")
        os.environ["GOVLINT_CACHE_DIR"] = "elsewhere"
        assert cache_folder() == Path("elsewhere")


@pytest.mark.skipif(sys.platform != "win32", reason="the paths of Windows")
def test_paths_of_windows(tmp_path):
    path = tmp_path / "报告" / "水务局.md"
    path.parent.mkdir()
    path.write_bytes(CLEAN.read_bytes())
    assert call("check", str(path).replace("/", "\\")).status == 0
    assert call("check", f"{path.parent}\\*.md").status == 0
    assert call("check", path, "-o", "NUL").status == 0
    assert "是不是" in call("check", f"{path.parent}\\水务居.md").err


def test_null_device_takes_the_results():
    assert call("check", FAULTY, "-o", os.devnull).status == 1

"""What govlint starts and leaves behind: programs, temporary folders, files of its own."""

from __future__ import annotations

import ast
import os
import re
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from test_readme import ROOT

from govlint.cli.atomic import replace_file
from govlint.readers import programs
from govlint.readers.programs import find_program, private_folder, run_program

posix = pytest.mark.skipif(os.name == "nt", reason="signals and modes of POSIX")


# ---------------------------------------------------------------- programs


def script(path: Path, text: str) -> Path:
    path.write_text(f"#!{sys.executable}\n{text}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@posix
@pytest.mark.parametrize("entry", [".", "", "bin"])
def test_no_program_of_the_working_folder_is_run(entry, tmp_path, monkeypatch):
    """A repository may hold a file named soffice, and a careless PATH lead to it."""
    (tmp_path / "bin").mkdir()
    for folder in (tmp_path, tmp_path / "bin"):
        script(folder / "soffice", "")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f"{entry}{os.pathsep}/nonexistent")
    assert find_program(("soffice",)) is None
    monkeypatch.setenv("PATH", f"/nonexistent{os.pathsep}{tmp_path / 'bin'}")
    assert find_program(("nothing", "soffice")) == str(tmp_path / "bin" / "soffice")


def is_alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{number}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"


def gone_soon(number: int) -> bool:
    end = time.monotonic() + 20
    while is_alive(number) and time.monotonic() < end:
        time.sleep(0.02)
    return not is_alive(number)


def read_soon(path: Path) -> str:
    end = time.monotonic() + 30
    while not (path.exists() and path.read_text()) and time.monotonic() < end:
        time.sleep(0.02)
    return path.read_text()


BREEDER = """import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"])
open(sys.argv[1], "w").write(str(child.pid))
time.sleep(300)"""


@posix
def test_a_program_ends_with_all_that_it_started(tmp_path, monkeypatch):
    """LibreOffice is a script that starts another program: ending only the script would leave that one behind."""
    told = tmp_path / "pid"

    def wait(self: subprocess.Popen[bytes], timeout: float | None = None) -> int:
        if timeout is not None:
            read_soon(told)
            raise subprocess.TimeoutExpired(self.args, timeout)
        return plain(self)

    plain = subprocess.Popen.wait
    monkeypatch.setattr(programs.subprocess.Popen, "wait", wait)
    with pytest.raises(subprocess.TimeoutExpired):
        run_program([sys.executable, "-c", BREEDER, str(told)], 1)
    assert gone_soon(int(told.read_text()))


@posix
def test_programs_that_fail_or_are_not_there():
    run_program([sys.executable, "-c", ""], 60)
    with pytest.raises(subprocess.CalledProcessError):
        run_program([sys.executable, "-c", "raise SystemExit(3)"], 60)
    with pytest.raises(FileNotFoundError):
        run_program(["/nonexistent/soffice"], 60)


# ---------------------------------------------------------------- temporary folders and files


@posix
def test_temporary_folders_are_private_and_removed():
    with private_folder() as folder:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        (folder / "report.doc").write_bytes(b"secret")
        assert signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL
    assert not folder.exists()
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    with pytest.raises(ValueError, match="x"), private_folder() as other:
        raise ValueError("x")
    assert not other.exists()


HOLDER = """import sys, time
from govlint.readers.programs import private_folder, run_program
with private_folder() as folder:
    open(sys.argv[1], "w").write(str(folder))
    run_program([sys.executable, "-c", sys.argv[2], sys.argv[3]], 300)"""


@posix
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_who_is_told_to_end_leaves_neither_folder_nor_program(number, tmp_path):
    place, told = tmp_path / "place", tmp_path / "pid"
    # Whoever runs the tests in the background may have them ignore signals.
    heard = "signal.signal(signal.SIGINT, signal.default_int_handler); signal.signal(signal.SIGHUP, signal.SIG_DFL)"
    heeding = f"import signal; {heard}\n{HOLDER}"
    process = subprocess.Popen(
        [sys.executable, "-c", heeding, str(place), BREEDER, str(told)], stderr=subprocess.DEVNULL
    )
    started = int(read_soon(told))
    folder = Path(place.read_text())
    assert folder.is_dir()
    process.send_signal(number)
    assert process.wait(60) != 0
    assert not folder.exists()
    assert gone_soon(started)


@posix
def test_files_on_the_way_are_private_and_nobody_knows_their_names(tmp_path, monkeypatch):
    """A report that is mended: the new content lies in a file of its owner until it takes the place of the old."""
    report = tmp_path / "a.md"
    report.write_bytes(b"old")
    report.chmod(0o640)
    seen: list[tuple[str, int]] = []
    plain = os.fsync

    def look(handle: int) -> None:
        seen.extend((path.name, stat.S_IMODE(path.stat().st_mode)) for path in tmp_path.iterdir() if path != report)
        plain(handle)

    monkeypatch.setattr(os, "fsync", look)
    for data in (b"new", b"newer"):
        replace_file(str(report), data, None)  # type: ignore[arg-type]
    assert [mode for _, mode in seen] == [0o600, 0o600]
    assert len({name for name, _ in seen}) == 2
    assert stat.S_IMODE(report.stat().st_mode) == 0o640
    assert list(tmp_path.iterdir()) == [report]


# ---------------------------------------------------------------- the environment


def variables() -> set[str]:
    """The variables of the environment that the code asks for: words in capitals where ``environ`` or ``envvar`` is."""
    found: set[str] = set()
    for path in (ROOT / "govlint").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if "environ" in text or "envvar" in text or "VARIABLE" in text:
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    found |= {node.value} if re.fullmatch(r"_?[A-Z]{2,}(_[A-Z]+)*", node.value) else set()
    return found


@pytest.mark.parametrize("name", ["SECURITY.md", "SECURITY.zh.md"])
def test_every_variable_is_told(name):
    page = (ROOT / name).read_text(encoding="utf-8")
    known = {each for each in variables() if each.startswith(("GOVLINT_", "_GOVLINT"))}
    known |= variables() & {"CI", "TERM", "NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "XDG_CACHE_HOME"}
    known |= variables() & {"LOCALAPPDATA", "GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION"}
    assert {"GOVLINT_CONFIG", "GOVLINT_LANG", "GOVLINT_CACHE_DIR", "NO_COLOR", "GITHUB_ACTIONS"} <= known
    assert sorted(each for each in known if f"`{each}`" not in page) == []

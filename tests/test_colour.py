"""When output is coloured, and what of it."""

from __future__ import annotations

import io
import os
import re
import sys
from unittest.mock import patch

import pytest
from calling import call
from test_cli import FAULTY

from govlint.cli.colouring import in_colour
from govlint.linter import load_linter
from govlint.writers import concise
from govlint.writers.language import Language

SGR = re.compile(r"\x1b\[[\d;]*m")


class Screen(io.StringIO):
    """A standard output that somebody looks at."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("wish", "environment", "screen", "coloured"),
    [
        ("auto", {}, True, True),
        ("auto", {}, False, False),
        ("auto", {"NO_COLOR": "1"}, True, False),
        ("auto", {"NO_COLOR": ""}, True, True),
        ("auto", {"FORCE_COLOR": "1"}, False, True),
        ("auto", {"FORCE_COLOR": "0"}, False, False),
        ("auto", {"CLICOLOR_FORCE": "1"}, False, True),
        ("auto", {"CLICOLOR_FORCE": "0"}, True, True),
        ("auto", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
        ("auto", {"NO_COLOR": "1", "CLICOLOR_FORCE": "1"}, True, False),
        ("auto", {"TERM": "dumb"}, True, False),
        ("auto", {"TERM": "dumb", "FORCE_COLOR": "1"}, False, True),
        ("auto", {"CLICOLOR": "0"}, True, False),
        ("auto", {"CLICOLOR": "1"}, False, False),
        ("always", {"NO_COLOR": "1", "TERM": "dumb"}, False, True),
        ("never", {"FORCE_COLOR": "1", "CLICOLOR_FORCE": "1"}, True, False),
    ],
)
def test_option_then_environment_then_terminal(wish, environment, screen, coloured):
    with (
        patch.dict(os.environ, environment, clear=True),
        patch.object(sys, "stdout", Screen() if screen else io.StringIO()),
    ):
        assert in_colour(wish, to_file=False) == coloured


def test_files_are_coloured_only_when_told():
    with patch.dict(os.environ, {"FORCE_COLOR": "1"}):
        assert not in_colour("auto", to_file=True)
        assert in_colour("always", to_file=True)


@pytest.mark.parametrize("form", ["concise", "pretty"])
def test_colour_changes_no_letter(form):
    plain = call("check", FAULTY, "--output-format", form)
    coloured = call("check", FAULTY, "--output-format", form, "--color", "always")
    assert SGR.search(coloured.out)
    assert SGR.sub("", coloured.out) == plain.out
    assert coloured.err == plain.err
    assert call("check", FAULTY, "--output-format", form, FORCE_COLOR="1").out == coloured.out


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "markdown", "checkstyle", "html", "github"])
def test_other_formats_are_never_coloured(form):
    assert "\x1b" not in call("check", FAULTY, "--output-format", form, "--color", "always").out


def test_one_line_is_coloured_modestly():
    first = call("check", FAULTY, "--select", "GL501", "--output-format", "concise", "--color", "always").out
    path, severity, rule = SGR.split(first)[1:6:2]
    assert (path, severity, rule) == (str(FAULTY), "错误", "GL501")
    assert len(SGR.findall(first)) == 6
    assert first.count("\n") == 1


def test_colour_of_the_severity_is_that_of_the_severity(tmp_path):
    out = call("check", FAULTY, "--output-format", "concise", "--color", "always").out
    for line in out.splitlines():
        words = SGR.sub("", line)
        assert ("\x1b[1;31m" in line) == (" 错误 " in words)
        assert ("\x1b[1;33m" in line) == (" 警告 " in words)


def test_text_of_a_report_cannot_colour(tmp_path):
    name = "a\x1b[31mb.md"
    path = tmp_path / name
    path.write_text(FAULTY.read_text(encoding="utf-8").replace("改进措施", "改进\x1b[31m措施"), encoding="utf-8")
    out = call("check", path, "--output-format", "concise", "--color", "always").out
    assert "\x1b[31m" not in out
    assert "a\\x1b[31mb.md" in out
    assert "改进\\x1b[31m措施" in out


def test_writer_is_plain_unless_asked():
    linter = load_linter()
    run = linter.run([linter.check_path(str(FAULTY))])
    language = Language("zh", linter.data("locale/zh.yaml"))
    assert "\x1b" not in concise.write(run, language)
    assert concise.write(run, language) == SGR.sub("", concise.write(run, language, color=True))

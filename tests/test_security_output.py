"""What a stranger writes into a report, a file name or a rule pack does nothing to a terminal or to a CI runner.

Each format of ``check`` with hostile words of every kind: ``test_every_format.py``.
"""

from __future__ import annotations

import csv
import io
import json
import re
import stat
from pathlib import Path

import pytest
from calling import Stream, call
from configs import BAD
from test_cli import FAULTY

from govlint.cli.output import printed
from govlint.writers.csv_text import write_rows
from govlint.writers.json_text import to_json
from govlint.writers.places import escape_controls, printed_line, printed_lines
from govlint.writers.pretty import wrap

COMMANDS = "error warning notice debug group add-mask stop-commands set-output set-env save-state add-path".split()
GITHUB = {"GITHUB_ACTIONS": "true"}
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def commands(log: str) -> list[str]:
    """The lines of a log that a runner takes for commands.

    GitHub's reads ``::name …::`` behind blanks at the start of a line, and ``##[name]`` wherever it stands, as those of
    Azure and TeamCity do with theirs. A line ends at any of ``\\n``, ``\\r`` and ``\\r\\n``.
    """
    found = []
    for line in re.split(r"\r\n|\r|\n", log):
        first = re.match(r"::([^: ]*)[^\n]*?::", line.strip())
        anywhere = re.search(r"##\[([^\] ]+)[^\]]*\]|##vso\[|##teamcity\[", line)
        if (first and first[1] in COMMANDS) or anywhere:
            found.append(line)
    return found


HOSTILE = [
    "::error::x",
    "  \t::error file=a,line=1::x",
    "\u3000::add-mask::a",
    "a ##[error]x",
    "##vso[task.setvariable variable=a]b",
    "###teamcity[buildStop]",
    "a\r::error::x",
    "a\u2028::error::x",
    "::group::a ##[group]b",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_commands_are_made_inert(text):
    assert commands(text) or "\u2028" in text
    assert not commands(printed_line(text))
    assert "\n" not in printed_line(text)
    assert not commands(printed_lines(f"a\n{text}\n{text}\n"))
    assert not commands(write_rows([[text, f"b\n{text}", text]]))
    assert not commands(to_json({"a": [text]}, indent=2))
    assert json.loads(to_json(text)) == text, "JSON loses nothing"
    assert not commands("\n".join(wrap(escape_controls(f"{'词' * 17} {text}"), 40, "  ", "  ")))


@pytest.mark.parametrize("text", ["甲：：乙", "a::b", "## 标题", "# [x](y)", "第1:2行", "-3", "a\tb"])
def test_other_text_stays(text):
    assert printed_lines(text) == text
    assert [*csv.reader(io.StringIO(write_rows([[text]]).removeprefix("\ufeff")))] == [[text]]


# Whole commands


LINE = "::error file=a.md::假 ##[error]假 \x1b[31m\u202e"
SPOILT = FAULTY.read_text(encoding="utf-8").replace("云溪县水务局", "云溪县##[error]水务局").replace(
    "## 六、", f"{LINE}\n\n## 六、"
).replace("\n\n", f"\n{LINE}\n\n", 3)  # fmt: skip


@pytest.fixture
def report(tmp_path) -> Path:
    path = tmp_path / "报告.md"
    path.write_text(SPOILT, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "arguments",
    [
        *(("check", "--output-format", form) for form in ("concise", "pretty", "json", "csv")),
        *(("check", "--output-format", form) for form in ("jsonl", "sarif", "gitlab", "rdjson", "junit", "checkstyle")),
        ("check", "--summary"),
        ("check", "--diff", "--unsafe-fixes"),
        ("parse",),
        ("parse", "--output-format", "csv"),
        ("text",),
        ("text", "-n"),
        ("survey",),
        ("survey", "--output-format", "json"),
    ],
    ids=" ".join,
)
def test_no_output_commands_a_runner(report, arguments):
    assert len(commands(SPOILT)) > 3
    ran = call(*arguments, report, **GITHUB)
    assert ran.status in (0, 1), ran.err
    assert ran.out
    assert not commands(ran.out + ran.err)
    assert not FORBIDDEN.search(ran.out.replace("\r\n", "\n") + ran.err)


def test_the_text_is_whole_for_programs(report):
    assert call("text", report).out == SPOILT
    assert printed(SPOILT) == SPOILT


@pytest.mark.parametrize("seen", ["terminal", "runner", "file"])
def test_text_of_a_report_goes_to_files_as_it_is(seen, monkeypatch, tmp_path):
    monkeypatch.setenv("GITHUB_ACTIONS", "" if seen == "terminal" else "true")
    with (tmp_path / "out").open("w", encoding="utf-8") as file:
        stream = file if seen == "file" else Stream("utf-8", terminal=seen == "terminal")
        monkeypatch.setattr("sys.stdout", stream)
        assert stat.S_ISREG((tmp_path / "out").stat().st_mode)
        assert (printed(LINE) == LINE) == (seen == "file")
        assert printed("甲\t乙\r\n丙\n") == "甲\t乙\r\n丙\n"


NAMES = ["::error::x.md", " ::error::x.md", "##[error]x.md", "\x1b[31mx.md", "a\n::error::b.md", "\u202edm.md"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "command", ["check", "check --fix", "check --diff --unsafe-fixes", "parse --output-format csv"]
)
def test_names_of_files_command_nothing(name, command, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    try:
        Path(name).write_bytes(BAD)
    except OSError:
        pytest.skip("this file system takes no such names")
    for path in (f"./{name}", name, f"{name}.none"):
        ran = call(*command.split(), "--", path, **GITHUB)
        assert not commands(ran.out + ran.err)
        assert not FORBIDDEN.search(ran.out.replace("\r\n", "\n") + ran.err)


def test_words_of_a_rule_pack_command_nothing(tmp_path):
    rule = (Path(__file__).parent.parent / "rules" / "national" / "GL901-placeholder.yaml").read_text(encoding="utf-8")
    words = '"\\n::error::x\\e[31m ##[error]y"'
    rule = re.sub(r"^id: .*$", "id: XX001", rule, flags=re.M)
    rule = re.sub(r"^name: .*$", "name: own", rule, flags=re.M)
    rule = re.sub(r"^  (zh|en): .*$", rf"  \1: {words}".replace("\\", "\\\\").replace("\\\\1", "\\1"), rule, flags=re.M)
    (tmp_path / "own.yaml").write_text(rule, encoding="utf-8")
    for command in (["rules"], ["rule", "XX001"], ["rules", "--output-format", "json"], ["config"]):
        ran = call(*command, "--rules", tmp_path, **GITHUB)
        assert ran.status == 0, ran.err
        assert "error" in ran.out or command == ["config"]
        assert not commands(ran.out + ran.err)
        assert not FORBIDDEN.search(ran.out + ran.err)

"""The command from end to end, as people and programs call it."""

from __future__ import annotations

import contextlib
import io
import json
import os
import random
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from unittest.mock import patch

import pytest
from judge.case import ENCODINGS, LAYOUTS, make_case

from govlint.cli.main import COMMANDS, main
from govlint.datafiles import load_folder
from govlint.linter import load_linter

ROOT = Path(__file__).parent.parent
FAULTY = ROOT / "fixtures" / "faulty" / "yunxi-water-2023.md"
CLEAN = ROOT / "fixtures" / "clean" / "yunxi-water-2023.md"
ESSAY = "我的故乡\n\n春天来了，河边的柳树发芽了。我和弟弟在岸上放风筝，一直玩到太阳落山。\n" * 20
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(64)
RULES = [rule.id for rule in load_linter().rules]
IN_FORCE = [rule.id for rule in load_linter().in_force]
"""Without the optional ones."""
loaded = cache(load_folder)
KEYS = {
    "rule", "name", "severity", "message", "path", "line", "column", "end_line", "end_column",
    "where", "cell", "expected", "found", "related", "basis", "help", "fix", "fingerprint",
}  # fmt: skip


@dataclass(frozen=True)
class Ran:
    """What a call of the command left behind."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> list[dict]:
        return json.loads(self.out)

    @property
    def rules(self) -> set[str]:
        return {diagnostic["rule"] for diagnostic in self.json}


def govlint(*arguments: object, stdin: bytes = b"", cwd: Path | None = None, **environment: str) -> Ran:
    """Run the command; whatever is asked of it, it never dies with a traceback."""
    clean = {key: value for key, value in os.environ.items() if key not in {"GOVLINT_LANG", "GOVLINT_OUTPUT_FORMAT"}}
    done = subprocess.run(
        [sys.executable, "-m", "govlint", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        cwd=cwd,
        env={**clean, **environment},
        timeout=120,
        check=False,
    )
    ran = Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))
    assert "Traceback" not in ran.err, ran.err
    assert "Traceback" not in ran.out, ran.out
    return ran


def here(*arguments: object, stdin: bytes = b"", cwd: Path | None = None, **environment: str) -> Ran:
    """The same without a process of its own, which is much faster; for tests of what a command says.

    The data that come with govlint are read once, for all calls.
    """
    given, out, err = (io.TextIOWrapper(io.BytesIO(data), "utf-8", newline="") for data in (stdin, b"", b""))
    clean = {key: value for key, value in os.environ.items() if key not in {"GOVLINT_LANG", "GOVLINT_OUTPUT_FORMAT"}}
    with (
        patch.dict(os.environ, {**clean, **environment}, clear=True),
        patch.multiple(sys, argv=["govlint", *map(str, arguments)], stdin=given, stdout=out, stderr=err),
        patch("govlint.linter.load_folder", loaded),
        contextlib.chdir(cwd or Path.cwd()),
        pytest.raises(SystemExit) as ended,
    ):
        main()
    texts = []
    for stream in (out, err):
        stream.flush()
        texts.append(stream.buffer.getvalue().decode("utf-8"))
    return Ran(ended.value.code, *texts)


def check(*arguments: object, stdin: bytes = b"", **environment: str) -> Ran:
    return here("check", *arguments, stdin=stdin, **environment)


def check_json(*arguments: object, stdin: bytes = b"") -> Ran:
    ran = check("--output-format", "json", *arguments, stdin=stdin)
    assert isinstance(ran.json, list)
    for diagnostic in ran.json:
        assert diagnostic.keys() == KEYS
        assert min(diagnostic[key] for key in ("line", "column", "end_line", "end_column")) >= 1
    return ran


@pytest.fixture
def folder(tmp_path):
    """A folder to put inputs into: ``folder(name, content)`` gives the path."""

    def put(name: str, content: bytes | str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return put


def archive(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr(name, CLEAN.read_bytes())
    return out.getvalue()


# Exit status


def test_clean_is_0():
    ran = govlint("check", CLEAN)
    assert (ran.status, ran.out) == (0, "")
    assert ran.err.strip()


def test_found_is_1_and_names_place_and_rule():
    ran = govlint("check", FAULTY)
    assert ran.status == 1
    for line in ran.out.splitlines():
        path, row, column, rest = line.removeprefix(str(FAULTY)).split(":", 3)
        assert path == ""
        assert int(row) >= 1
        assert int(column) >= 1
        assert rest.split()[1] in RULES


def test_no_argument_is_2():
    assert check().status == 2
    assert govlint().status == 2


@pytest.mark.parametrize("arguments", [["--no-such-option"], ["--fail-on", "fatal"], ["--output-format", "xml"]])
def test_wrong_usage_is_2(arguments):
    ran = check(*arguments, FAULTY)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.strip()


def test_unknown_command_is_2():
    assert here("chekc", FAULTY).status == 2


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)], ids=" ".join)
def test_help_is_0(command):
    ran = here(*command, "--help", "--lang", "en")
    assert ran.status == 0
    assert "Usage: govlint" in ran.out


def test_version():
    ran = govlint("--version")
    assert ran.status == 0
    assert "govlint" in ran.out


def test_fail_on():
    severities = {diagnostic["severity"] for diagnostic in check_json(FAULTY).json}
    assert {"error", "warning"} <= severities
    assert check("--fail-on", "never", FAULTY).status == 0
    assert check("--fail-on", "info", FAULTY).status == 1
    warnings = {d["rule"] for d in check_json(FAULTY).json if d["severity"] == "warning"}
    only = ["--select", ",".join(sorted(warnings))]
    assert check(*only, FAULTY).status == 0
    assert check(*only, "--fail-on", "warning", FAULTY).status == 1


def test_exit_zero_does_not_hide_what_cannot_be_read(tmp_path):
    assert check("--exit-zero", FAULTY).status == 0
    assert check("--exit-zero", tmp_path / "missing.txt").status == 2


# What cannot be read


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.txt", b""),
        ("blank.txt", b" \r\n\t\n"),
        ("mark.txt", b"\xef\xbb\xbf"),
        ("picture.png", PNG),
        ("picture.txt", PNG),
        ("reports.zip", archive("report.md")),
        ("report.docx", archive("word/document.xml")),
        ("cut.docx", archive("word/document.xml")[:40]),
        ("report.pdf", b"%PDF-1.7\n1 0 obj <<>> endobj\n"),
        ("random.bin", random.Random(7).randbytes(4096)),
        ("random.txt", random.Random(8).randbytes(4096)),
        ("random.html", random.Random(9).randbytes(4096)),
        ("zeros.txt", bytes(4096)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_unreadable_is_2_and_named(folder, name, content):
    path = folder(name, content)
    ran = check_json(path)
    assert ran.status == 2
    assert str(path) in ran.err
    assert ran.json == []


@pytest.mark.parametrize("output", ["concise", "json"])
def test_missing_file_is_2_and_named(tmp_path, output):
    ran = check("--output-format", output, tmp_path / "missing.txt")
    assert ran.status == 2
    assert "missing.txt" in ran.err
    assert ran.out == "" if output == "concise" else ran.json == []


def test_forbidden_file_is_2(folder):
    path = folder("report.txt", CLEAN.read_bytes())
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read everything")
    assert check(path).status == 2


@pytest.mark.parametrize(("lang", "clean"), [("zh", "没有发现问题"), ("en", "nothing found")])
def test_summary_does_not_praise_what_was_not_read(folder, lang, clean):
    bad = folder("b.png", PNG)
    assert clean in check("--lang", lang, CLEAN, bad).err
    assert clean not in check("--lang", lang, bad).err


def test_empty_folder_is_2(tmp_path):
    ran = check(tmp_path)
    assert ran.status == 2
    assert str(tmp_path) in ran.err


def test_folder_without_reports_is_2(folder):
    path = folder("notes.py", "print()")
    assert check(path.parent).status == 2


def test_folder_finds_reports_below_and_leaves_hidden_ones(folder):
    folder("2023/水务局.md", FAULTY.read_bytes())
    folder("2022/水务局.txt", CLEAN.read_bytes())
    path = folder(".git/水务局.md", FAULTY.read_bytes())
    ran = check_json(path.parent.parent)
    assert ran.status == 1
    assert {diagnostic["path"] for diagnostic in ran.json} == {str(path.parent.parent / "2023" / "水务局.md")}


def test_report_of_unread_type_in_a_folder_does_not_pass(folder):
    folder("good.md", CLEAN.read_bytes())
    path = folder("report.docx", archive("word/document.xml"))
    ran = check(path.parent)
    assert ran.status == 2
    assert "report.docx" in ran.err


def test_one_bad_file_does_not_end_the_batch(folder):
    first = folder("a.md", FAULTY.read_bytes())
    bad = folder("b.png", PNG)
    last = folder("c.md", FAULTY.read_bytes())
    ran = check_json(first, bad, last)
    assert ran.status == 2
    assert {diagnostic["path"] for diagnostic in ran.json} == {str(first), str(last)}
    assert str(bad) in ran.err
    assert "c.md" in check(first, bad, last).out


def test_exit_status_does_not_depend_on_the_format(folder):
    bad = folder("b.png", PNG)
    for arguments in ([CLEAN], [FAULTY], [CLEAN, bad], [FAULTY, bad]):
        assert check(*arguments).status == check_json(*arguments).status


# Standard input


def test_stdin():
    ran = govlint("check", "--output-format", "json", "-", "--stdin-filename", "在办.md", stdin=FAULTY.read_bytes())
    assert ran.status == 1
    assert {diagnostic["path"] for diagnostic in ran.json} == {"在办.md"}
    assert ran.rules == check_json(FAULTY).rules


def test_stdin_without_a_name():
    ran = check_json("-", stdin=CLEAN.read_bytes())
    assert ran.status in (0, 1)


def test_empty_stdin_is_2():
    assert check("-", stdin=b"").status == 2


def test_stdin_twice_is_2():
    assert check("-", "-", stdin=CLEAN.read_bytes()).status == 2


def test_stdin_name_is_not_opened(tmp_path):
    assert check("-", "--stdin-filename", tmp_path / "missing.md", stdin=CLEAN.read_bytes()).status == 0


# Selection


def test_unknown_rule_is_2_with_a_suggestion():
    name = next(rule.name for rule in load_linter().rules)
    for option in ("--select", "--ignore", "--extend-select"):
        ran = check(option, name[:-1] + "x", FAULTY)
        assert (ran.status, ran.out) == (2, "")
        assert name in ran.err
    assert check("--select", "XY9", FAULTY).status == 2


def test_select_and_ignore():
    found = check_json(FAULTY).rules
    one = sorted(found)[0]
    name = next(rule.name for rule in load_linter().rules if rule.id == one)
    assert check_json("--select", one, FAULTY).rules == {one}
    assert check_json("--select", name, FAULTY).rules == {one}
    assert check_json("--select", "GL", "--ignore", one, FAULTY).rules == found - {one}
    assert check_json("--ignore", one, FAULTY).rules == found - {one}
    assert check_json("--ignore", "ALL", FAULTY).json == []
    family = one[:3]
    assert check_json("--ignore", family, FAULTY).rules == {rule for rule in found if not rule.startswith(family)}
    assert check_json("--select", ",".join(sorted(found)), "--extend-select", "GL4", FAULTY).rules == found
    assert check_json("--ignore", "GL400", FAULTY).rules == found - {"GL400"} | {"GL402", "GL403"}


# Output


def test_output_file(tmp_path):
    path = tmp_path / "结果.json"
    ran = check("--output-format", "json", "-o", path, FAULTY)
    assert (ran.status, ran.out) == (1, "")
    assert json.loads(path.read_text(encoding="utf-8")) == check_json(FAULTY).json


def test_output_file_that_cannot_be_written_is_2(tmp_path):
    assert check("-o", tmp_path / "missing" / "out.txt", FAULTY).status == 2


def test_language():
    chinese, english = check(FAULTY), check("--lang", "en", FAULTY)
    assert chinese.status == english.status == 1
    assert "错误" in chinese.out
    assert " error GL" in english.out
    assert "错误" not in english.out
    assert check(FAULTY, GOVLINT_LANG="en").out == english.out
    places = [[line.split(" ")[0] for line in ran.out.splitlines()] for ran in (chinese, english)]
    assert places[0] == places[1]


def test_output_is_utf_8_whatever_the_console():
    ran = govlint("check", FAULTY, PYTHONIOENCODING="ascii", LC_ALL="C", PYTHONUTF8="0")
    assert ran.out == check(FAULTY).out


def test_same_input_same_output():
    """Also from process to process, where the order of sets is another."""
    outs = {govlint("check", "--output-format", "json", FAULTY, PYTHONHASHSEED=seed).out for seed in ("1", "2")}
    assert outs == {check_json(FAULTY).out}


def test_quiet():
    ran = check("--quiet", FAULTY)
    assert (ran.status, ran.err) == (1, "")


def test_fingerprints_are_apart_and_know_no_lines(folder):
    text = FAULTY.read_text(encoding="utf-8")
    plain = check_json(folder("a/report.md", text)).json
    moved = check_json(folder("b/report.md", "\n\n\n" + text)).json
    assert [d["fingerprint"] for d in plain] == [d["fingerprint"] for d in moved]
    assert len({d["fingerprint"] for d in plain}) == len(plain)
    assert [d["line"] + 3 for d in plain] == [d["line"] for d in moved]


# Inputs that are odd but legible


def found(ran: Ran) -> list[tuple[str, int, int, str]]:
    return [(d["rule"], d["line"], d["column"], d["message"]) for d in ran.json]


@pytest.mark.parametrize(
    ("encoding", "newline"),
    [("utf-8", "\r\n"), ("utf-8-sig", "\n"), ("gb18030", "\n"), ("gb18030", "\r\n"), ("utf-16", "\r\n")],
)
def test_encodings_and_line_ends_change_nothing(folder, encoding, newline):
    text = FAULTY.read_text(encoding="utf-8").replace("\n", newline)
    ran = check_json(folder("report.md", text.encode(encoding)))
    assert ran.status == 1
    assert [entry for entry in found(ran) if entry[0] != "GL005"] == found(check_json(FAULTY))


def test_an_essay_is_no_report(folder):
    ran = check_json(folder("essay.txt", ESSAY))
    assert ran.status == 1
    assert ran.rules == {"GL001"}
    assert len(ran.json) == 1


def test_stray_nuls(folder):
    text = FAULTY.read_text(encoding="utf-8").replace("河道", "河\0道")
    ran = check_json(folder("report.md", text))
    assert ran.status == 1
    assert check_json(FAULTY).rules <= ran.rules


@pytest.mark.parametrize("suffix", [".md", ".txt", ".html"])
def test_cut_anywhere(folder, suffix):
    data = CLEAN.read_bytes()
    paths = [folder(f"{part}{suffix}", data[: len(data) * part // 10]) for part in range(1, 10)]
    ran = check_json(*paths)
    assert ran.status == 1
    assert {d["path"] for d in ran.json if d["severity"] == "error"} == set(map(str, paths))


def test_cut_in_half_is_said_once(folder):
    text = CLEAN.read_text(encoding="utf-8")
    ran = check_json(folder("report.md", text[: text.index("## 四、")]))
    assert ran.status == 1
    assert len([d for d in ran.json if d["severity"] == "error"]) <= 3, [d["message"] for d in ran.json]


@pytest.mark.parametrize("hostile", ["\x1b[31m红\x1b[0m", "\x1b]0;title\x07", "\u202e倒", "\x9b2J", "\r假"])
def test_hostile_text_does_nothing_to_a_terminal(folder, hostile):
    text = FAULTY.read_text(encoding="utf-8").replace("改进措施", f"改进{hostile}措施")
    path = folder("report.md", text)
    ran = check(path)
    assert ran.status == 1
    body = ran.out.replace("\n", "") + ran.err.replace("\n", "")
    assert not [char for char in body if ord(char) < 0x20 or 0x7F <= ord(char) < 0xA0 or char == "\u202e"]


def test_hostile_file_name(folder):
    path = folder("a\x1b[31m.md", FAULTY.read_bytes())
    missing = path.parent / "b\x1b[31m.md"
    ran = govlint("check", path, missing)
    assert ran.status == 2
    assert "\x1b" not in ran.out + ran.err


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="file names are Unicode there")
@pytest.mark.parametrize("output", ["concise", "json"])
def test_file_name_that_is_no_text(tmp_path, output):
    (tmp_path / os.fsdecode(b"\xff\xfe.md")).write_bytes(FAULTY.read_bytes())
    ran = govlint("check", "--output-format", output, tmp_path)
    assert ran.status == 1
    if output == "json":
        assert ran.json


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full device")
@pytest.mark.parametrize("command", ["check", "parse", "text"])
def test_standard_output_that_cannot_be_written_is_2(command):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "govlint", command, str(FAULTY)], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert b"Traceback" not in done.stderr
    assert done.returncode == 2


def test_deep_and_long_inputs_end(folder):
    deep = "<table><tr><td>" * 3000 + "2023年政府信息公开工作年度报告"
    long = "2023年政府信息公开工作年度报告\n" + "| 1 " * 20000 + "|\n"
    for name, text in (("deep.html", deep), ("long.md", long)):
        assert govlint("check", folder(name, text)).status in (1, 2)


# Made-up reports of every layout


@pytest.fixture(scope="module")
def made_up(tmp_path_factory):
    """A folder of clean reports, every layout and encoding, and one of faulty ones."""
    clean, faulty = tmp_path_factory.mktemp("clean"), tmp_path_factory.mktemp("faulty")
    for number, layout in enumerate(LAYOUTS):
        encoding = ENCODINGS[number % len(ENCODINGS)]
        case = make_case(100 + number, layout, encoding, charset="right")
        (clean / case.name).write_bytes(case.data)
        case = make_case(100 + number, layout, encoding, "number_requests", charset="right")
        (faulty / case.name).write_bytes(case.data)
    return clean, faulty


def test_clean_reports_pass_in_every_layout_and_encoding(made_up):
    ran = check("--fail-on", "warning", made_up[0])
    assert (ran.status, ran.err.count("\n")) == (0, 1), ran.out + ran.err


def test_wrong_number_fails_in_every_layout_and_encoding(made_up):
    ran = check_json(made_up[1])
    assert ran.status == 1
    assert {d["path"] for d in ran.json if d["severity"] == "error"} == {str(path) for path in made_up[1].iterdir()}


# parse and text


def test_parse_one_file_is_an_object_several_an_array():
    one = govlint("parse", CLEAN)
    assert one.status == 0
    assert json.loads(one.out)["year"] == 2023
    several = here("parse", CLEAN, FAULTY)
    assert [report["path"] for report in json.loads(several.out)] == [str(CLEAN), str(FAULTY)]


def test_parse_unreadable_is_2(folder):
    bad = folder("b.png", PNG)
    ran = here("parse", CLEAN, bad)
    assert ran.status == 2
    assert [report["path"] for report in json.loads(ran.out)] == [str(CLEAN)]
    assert here("parse", bad).status == 2


def test_parse_has_every_cell():
    report = json.loads(here("parse", CLEAN).out)
    assert [table["id"] for table in report["tables"]] == ["disclosure", "requests", "remedies"]
    assert [len(table["rows"]) for table in report["tables"]] == [6, 25, 3]
    lines = CLEAN.read_text(encoding="utf-8").split("\n")
    for table in report["tables"]:
        for row in table["rows"]:
            for cell in row["cells"]:
                assert isinstance(cell["value"], int)
                line = lines[cell["line"] - 1]
                assert line[cell["column"] - 1 : cell["end_column"] - 1] == str(cell["value"])


def test_parse_csv(tmp_path):
    ran = here("parse", "--output-format", "csv", "-o", tmp_path / "cells.csv", CLEAN)
    assert ran.status == 0
    rows = (tmp_path / "cells.csv").read_text(encoding="utf-8").splitlines()
    assert len(rows) == 1 + 10 + 25 * 7 + 15


def test_text_prints_the_lines_that_diagnostics_name():
    ran = govlint("text", FAULTY)
    assert ran.status == 0
    assert ran.out.splitlines() == FAULTY.read_text(encoding="utf-8").splitlines()
    assert here("text", ROOT / "missing.txt").status == 2


def test_examples_of_rules_pass():
    """Of all rules: test_rules.py."""
    ran = here("test", "--rule", "GL403", "--rule", "fee-statement-missing", "--lang", "en")
    assert ran.status == 0
    rules = [rule for rule in load_linter().rules if rule.id in ("GL403", "GL501")]
    assert ran.err == f"rules: 2, examples: {sum(len(rule.examples) for rule in rules)}, failed: 0\n"


# rules and rule


def test_rules_lists_every_rule():
    ran = here("rules")
    assert ran.status == 0
    assert [line.split()[0] for line in ran.out.splitlines()] == RULES
    listed = here("rules", "--output-format", "json", "--lang", "en").json
    assert [entry["id"] for entry in listed] == RULES
    for entry, rule in zip(listed, load_linter().rules, strict=True):
        assert (entry["name"], entry["severity"], entry["title"]) == (rule.name, rule.severity, rule.title["en"])


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["GL403", "requests-row-total"])
def test_rule_is_explained(name, lang):
    ran = here("rule", name, "--lang", lang)
    (rule,) = [rule for rule in load_linter().rules if rule.id == "GL403"]
    assert ran.status == 0
    assert ran.out.startswith("GL403 requests-row-total\n")
    for words in (rule.title, rule.why, rule.fix):
        assert words[lang] in ran.out
    for entry in rule.basis:
        assert entry["document"] in ran.out


def test_unknown_rule_is_not_explained():
    ran = here("rule", "requests-row-totl")
    assert (ran.status, ran.out) == (2, "")
    assert "requests-row-total" in ran.err
    assert here("rule").status == 2

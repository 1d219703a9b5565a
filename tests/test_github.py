"""``github``: workflow commands, read as the runner of GitHub Actions reads them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from linked import as_word, report
from runs import LANGUAGES, LINTER, SOME, STALE, assert_as_kept, sample, waiving, write

from govlint.model.diagnostic import Result
from govlint.model.errors import ReadError
from govlint.model.source import Location, Span

PROPERTIES = {"title", "file", "line", "col", "endLine", "endColumn"}
HOSTILE = "x::error file=a,line=1::y%0A::stop-commands::t%25,z:\x1b[31m\u202e\u2028\x85##[error]𠮷{0}"


@dataclass(frozen=True)
class Command:
    """A command as the runner takes it."""

    name: str
    properties: dict[str, str]
    data: str


def unescaped(text: str, tokens: str) -> str:
    for token in tokens:
        text = text.replace(f"%{ord(token):02X}", token)
    return text


def read(out: str) -> list[Command]:
    """Every line must be a command; the runner splits at line feeds and carriage returns only."""
    assert "\r" not in out
    commands = []
    for line in out.split("\n")[:-1]:
        assert line.startswith("::"), line
        head, colons, data = line[2:].partition("::")
        assert colons
        name, _, rest = head.partition(" ")
        pairs = [pair.partition("=") for pair in rest.strip().split(",") if pair]
        assert all(equals and value for _, equals, value in pairs), line
        properties = {key: unescaped(value, "\r\n:,%") for key, _, value in pairs}
        assert len(properties) == len(pairs)
        assert set(properties) <= PROPERTIES
        commands.append(Command(name, properties, unescaped(data, "\r\n%")))
    return commands


def github(*results: Result, lang: str = "zh", **changes) -> list[Command]:
    return read(write("github", replace(LINTER.run(results), **changes), lang))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_output_as_it_is(lang):
    """A snapshot, to be read by a person when it changes."""
    out = write("github", sample(), lang)
    assert_as_kept(f"github.{lang}.txt", out)
    assert [command.name for command in read(out)].count("notice") == 1


def test_every_diagnostic_is_there_in_order():
    results = sample().results
    diagnostics = [diagnostic for result in results for diagnostic in result.diagnostics]
    commands = [command for command in read(write("github", sample())) if "line" in command.properties][:-1]
    assert len(commands) == len(diagnostics) > 0
    levels = {"error": "error", "warning": "warning", "info": "notice"}
    for command, diagnostic in zip(commands, diagnostics, strict=True):
        rule = diagnostic.rule
        assert command.name == levels[rule.severity]
        assert command.properties["title"] == f"{rule.id} {rule.name}"
        assert command.properties["file"] == diagnostic.source.path
        start = diagnostic.source.position(diagnostic.finding.location.span.start)
        assert (command.properties["line"], command.properties["col"]) == (str(start.line), str(start.column))
        assert command.data.startswith(LANGUAGES["zh"].message(diagnostic))


def test_clean_run_prints_nothing():
    assert write("github", LINTER.run([LINTER.check_bytes(report(), "a.txt")])) == ""


def test_unreadable_files_and_stale_waivers_are_seen():
    broken = Result("坏, 的:文件.pdf", read_error=ReadError("", "encrypted"))
    unread, stale = github(broken, stale=(STALE,))
    assert unread == Command(
        "error", {"title": "文件没有读成", "file": "坏, 的:文件.pdf"}, "文件已加密；请取消密码后再检查"
    )
    assert stale.name == "warning"
    assert stale.properties == {"title": "豁免没有起作用", "file": ".govlint-waivers.yaml", "line": "9"}
    assert "GL301" in stale.data


def test_what_is_waived_is_left_out():
    result = SOME.check_bytes(report(heading={5: "五、主要问题和改进情况"}), "a.txt")
    assert [command.properties["title"][:5] for command in github(result)] == ["GL102"]
    assert github(waiving(result, "GL102")) == []


def test_no_columns_over_several_lines():
    """GitHub takes columns only where the first and the last line are the same."""
    result = SOME.check_bytes(report(heading={5: "五、主要问题和改进情况"}), "a.txt")
    (diagnostic,) = result.diagnostics
    start = diagnostic.finding.location.span.start
    longer = Location(diagnostic.source.id, Span(start, result.source.text.index("六、", start)))
    finding = diagnostic.finding._replace(location=longer)
    (command,) = github(replace(result, diagnostics=(replace(diagnostic, finding=finding),)))
    assert int(command.properties["endLine"]) > int(command.properties["line"])
    assert not {"col", "endColumn"} & command.properties.keys()


@pytest.mark.parametrize("count", [10, 11])
def test_more_than_are_shown_are_counted_first(count):
    """A notice that came last would not be shown itself."""
    results = [Result(f"{n}.pdf", read_error=ReadError("", "empty")) for n in range(count)]
    commands = github(*results)
    errors = [command for command in commands if command.name == "error"]
    assert [command.properties["file"] for command in errors] == [f"{n}.pdf" for n in range(count)]
    if count == 10:
        assert commands == errors
    else:
        assert commands[0].name == "notice"
        assert "11" in commands[0].data
        assert commands[1:] == errors


def test_hostile_text_starts_no_command():
    data = report(cell={"remedies.review.upheld": HOSTILE})
    result = SOME.check_bytes(data, f"目录/{HOSTILE}\n::error::\udc80.txt")
    commands = github(result)
    assert [command.name for command in commands] == ["warning"]
    (command,) = commands
    assert "x::error file=a,line=1::y%0A::stop-commands::t%25,z:\\x1b[31m\\u202e" in command.data
    assert command.properties["file"].endswith("{0}\\x0a::error::\\udc80.txt")
    assert all(char.isprintable() for char in command.data + "".join(command.properties.values()))


def test_places_in_files_without_lines_are_told_in_words():
    result = SOME.check_bytes(as_word(report(heading={5: "五、主要问题和改进情况"})), "a.docx")
    (command,) = github(result)
    place = result.source.place(result.diagnostics[0].finding.location.span.start)
    assert f"第{place.paragraph}段" in command.data


def test_standard_input_has_a_name():
    (command,) = github(SOME.check_bytes(report(heading={5: "五、主要问题和改进情况"}), "-"))
    assert command.properties["file"] == "stdin"

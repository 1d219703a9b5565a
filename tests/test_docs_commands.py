"""Every command that the documentation prints is one that govlint understands: its options, formats and rules exist."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click
import pytest
from linked import LINTER

from govlint.cli.choosing import chosen_rules
from govlint.cli.main import COMMANDS, cli
from govlint.cli.output import make_language
from govlint.cli.outputs import plan
from govlint.writers.language import Language

ROOT = Path(__file__).parent.parent
PAGES = sorted(path for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")) if path.name != "CHANGELOG.md")
ENGLISH: Language = make_language(LINTER, "en")
BLOCK = re.compile(r"^```(?:sh|bash|console)\n(.*?)^```$", re.M | re.S)
INLINE = re.compile(r"(?<!`)`(govlint [^`]+)`")


class Printed(NamedTuple):
    """A command as a page prints it: the words after ``govlint``."""

    page: str
    words: tuple[str, ...]


def commands(script: str) -> Iterator[tuple[str, ...]]:
    """The calls of govlint in a shell script, wherever govlint is installed: the words that follow its name."""
    for line in script.replace("\\\n", " ").split("\n"):
        lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
        lexer.whitespace_split = True
        call: list[str] | None = None
        for word in (*lexer, ";"):
            if set(word) <= set(";&|<>()"):
                if call is not None:
                    yield tuple(call)
                call = None
            elif call is not None:
                call.append(word)
            elif word.rpartition("/")[2] == "govlint":
                call = []


def printed() -> list[Printed]:
    """All commands in the shell blocks of all pages."""
    found = []
    for path in PAGES:
        for block in BLOCK.findall(path.read_text(encoding="utf-8")):
            found += [Printed(path.relative_to(ROOT).as_posix(), words) for words in commands(block)]
    return found


def understand(words: tuple[str, ...]) -> None:
    """Raises click.UsageError for a command that govlint would not understand, whatever files there are."""
    name, *rest = words
    with click.Context(cli, info_name="govlint") as parent:
        command = cli.get_command(parent, name)
        if command is None:
            raise click.UsageError(f"no command {name}")
        params = command.make_context(name, rest, parent=parent).params
    if name in ("check", "survey"):
        chosen_rules(LINTER, params["selected"], params["extended"], params["ignored"], ENGLISH)
    if name == "check":
        plan(params["output_format"], params["output_file"], params["outputs"], ENGLISH)


@pytest.mark.parametrize("page", sorted({page for page, _ in printed()}))
def test_commands_are_understood(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for words in (words for name, words in printed() if name == page):
        try:
            understand(words)
        except click.UsageError as error:
            pytest.fail(f"govlint {shlex.join(words)}: {error.format_message()}")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_commands_in_running_text_have_their_options(path):
    """With ``FILE`` and ``[rule|edition]`` for what is to be filled in, they cannot be parsed."""
    for command in INLINE.findall(path.read_text(encoding="utf-8")):
        name, *rest = command.split()[1:]
        options = {"--version", "--help", "-h"}
        if not name.startswith("-"):
            assert name in COMMANDS, command
            with click.Context(cli) as parent:
                options |= {option for param in cli.get_command(parent, name).params for option in param.opts}
        used = {word.partition("=")[0] for word in (name, *rest) if re.match(r"--?[a-z]", word)}
        assert used <= options, command


def test_there_are_commands_to_try():
    """Those above would pass as well if nothing were found."""
    assert len(printed()) > 20
    assert {words[0] for _, words in printed()} >= {"check", "parse", "survey", "test"}


@pytest.mark.parametrize(
    "words",
    ["chekc reports", "check --fail-at error reports", "check --fail-on grave a", "check --select GL99 a",
     "check --output sarfi=a a", "check --output sarif a", "check --output sarif=none/a a", "check"],
)  # fmt: skip
def test_wrong_commands_are_noticed(words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(click.UsageError):
        understand(tuple(words.split()))


@pytest.mark.parametrize(
    ("script", "found"),
    [
        ("a && .venv/bin/govlint check x  # all\n", [("check", "x")]),
        ("govlint parse \\\n  x | less; govlint text 'a b' > y", [("parse", "x"), ("text", "a b")]),
        ("echo govlint-like\n", []),
    ],
)
def test_commands_are_found(script, found):
    assert list(commands(script)) == found

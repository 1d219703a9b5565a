"""``check --annotate``: the Word file that was checked once more, with a comment at each place where something is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from govlint.cli.inputs import STDIN, Input, read_stdin
from govlint.cli.output import say
from govlint.cli.outputs import Target
from govlint.linter import read_file
from govlint.model.diagnostic import Result, Run
from govlint.model.errors import ReadError
from govlint.writers.language import Language


@dataclass
class Annotation:
    """What is to be written to ``path`` from the only input of a run; nothing without a path."""

    path: str | None
    items: Sequence[Input]
    language: Language
    content: bytes | None = None
    """What came from standard input, which cannot be read again."""

    @property
    def targets(self) -> list[Target]:
        """What is written, as one of the outputs."""
        return [Target("docx", self.path)] if self.path else []

    def read_stdin(self) -> bytes:
        """All that comes from standard input, kept until the file is written."""
        self.content = read_stdin()
        return self.content

    def write(self, run: Run, *, quiet: bool) -> bool:
        """Write the file, and say so; whether it went well. Of an input that was not read nothing more is said."""
        if self.path is None or run.results[0].read_error:
            return True
        result = run.results[0]
        try:
            data = read_file(self.items[0].path) if self.content is None else self.content
            annotate(result, run, data, self.path, self.language)
        except ReadError as error:
            say(f"{result.path}: {self.language.read_error(error)}")
            return False
        except click.ClickException as error:
            say(error.format_message())
            return False
        if not quiet:
            count = len(result.diagnostics)
            key = "written" if count else "clean"
            say(self.language.say("annotate", key, {"path": self.path, "count": count}))
        return True


def plan_annotation(path: str | None, items: Sequence[Input], stdin_name: str | None, language: Language) -> Annotation:
    """What ``--annotate`` asks for. Raises click.UsageError for what cannot be done."""
    if path is not None:
        from govlint.annotating import WORD_SUFFIXES

        if len(items) != 1:
            raise _wrong(language, "one_file", {"count": len(items)})
        name = (stdin_name or STDIN) if items[0].path == STDIN else items[0].path
        suffix = Path(name).suffix.lower()
        if suffix in WORD_SUFFIXES and Path(path).suffix.lower() != suffix:
            raise _wrong(language, "suffix", {"path": path, "suffix": suffix})
    return Annotation(path, items, language)


def annotate(result: Result, run: Run, data: bytes, path: str, language: Language) -> None:
    """Write ``data``, which ``result`` was read from, to a file, with the diagnostics as comments.

    Raises click.ClickException when it cannot have any, or when the file cannot be written.
    """
    from govlint.annotating import WORD_SUFFIXES, AnnotatingError, annotated, unfit
    from govlint.cli.atomic import replace_file

    if kind := unfit(result):
        raise click.ClickException(language.say("annotate", kind, {"path": result.path}))
    if Path(path).suffix.lower() not in WORD_SUFFIXES:
        raise _wrong(language, "suffix", {"path": path, "suffix": ".docx"})
    try:
        made = annotated(result, run, data, language)
    except AnnotatingError as error:
        group, key = ("cli", "changed_meanwhile") if error.reason == "other" else ("annotate", error.reason)
        raise click.ClickException(language.say(group, key, {"path": result.path})) from None
    replace_file(path, made, language)


def _wrong(language: Language, key: str, params: dict[str, object]) -> click.UsageError:
    return click.UsageError(language.say("annotate", key, params))

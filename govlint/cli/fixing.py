"""``check --fix``, ``--unsafe-fixes`` and ``--diff``: reports mended in their files, or shown as they would be."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

import click

from govlint.cli.inputs import STDIN, Input
from govlint.cli.output import say
from govlint.linter import Linter, read_file
from govlint.model.diagnostic import Diagnostic, Result
from govlint.model.errors import ReadError
from govlint.writers.language import Language

if TYPE_CHECKING:
    from govlint.fixes.mending import Mended

Decorated = TypeVar("Decorated", bound=Callable[..., object])


def fix_options(function: Decorated) -> Decorated:
    """The options, as ``fix``, ``unsafe_fixes`` and ``diff``."""
    for name in ("--diff", "--unsafe-fixes", "--fix"):
        function = click.option(name, is_flag=True)(function)
    return function


def refuse_fixes(paths: Sequence[str], language: Language, *, fix: bool, unsafe: bool, diff: bool) -> None:
    """Raises click.UsageError for what cannot be asked together."""
    if unsafe and not (fix or diff):
        raise click.UsageError(language.say("fixing", "unsafe_alone"))
    if fix and not diff and STDIN in paths:
        raise click.UsageError(language.say("fixing", "stdin"))


@dataclass
class Fixing:
    """What is mended in a run. ``diff``: nothing is written, and what would be is kept as a difference."""

    linter: Linter
    language: Language
    unsafe: bool
    diff: bool
    done: list[Mended] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)
    failed: int = 0
    """How many files could not be written."""

    def results(self, items: Iterable[Input], stdin_name: str | None) -> list[Result]:
        """The results of all inputs, in order: after the fixes, or before them where nothing is written."""
        from govlint.fixes.mending import Mender

        mender = Mender(self.linter, unsafe=self.unsafe)
        return [self._result(mender.mend, item, stdin_name) for item in items]

    def _result(self, mend: Callable[[bytes, str], Mended], item: Input, stdin_name: str | None) -> Result:
        if item.error:
            return Result(item.path, read_error=item.error)
        try:
            data = sys.stdin.buffer.read() if item.path == STDIN else read_file(item.path)
        except ReadError as error:
            return Result(item.path, read_error=error)
        mended = mend(data, (stdin_name or STDIN) if item.path == STDIN else item.path)
        if self.diff:
            self.differences.append(_difference(mended))
        elif mended.made and not self._written(item.path, mended, data):
            return mended.before
        self.done.append(mended)
        return mended.before if self.diff else mended.after

    def _written(self, path: str, mended: Mended, known: bytes) -> bool:
        from govlint.cli.atomic import replace_file

        try:
            replace_file(path, mended.data, self.language, known=known)
        except click.ClickException as error:
            say(error.format_message())
            self.failed += 1
            return False
        return True

    @property
    def text(self) -> str | None:
        """The differences, in the order of the inputs; None where files are written."""
        return "".join(self.differences) if self.diff else None

    def say(self) -> None:
        """What was mended in each file, and what could not be."""
        for mended in self.done:
            path = mended.after.path
            if mended.made:
                said = {"path": path, "count": len(mended.made), "rules": _rules(mended.made)}
                say(self.language.say("fixing", "would" if self.diff else "made", said))
            for reason in dict.fromkeys(refused.reason for refused in mended.refused):
                left = [refused.diagnostic for refused in mended.refused if refused.reason == reason]
                said = {"path": path, "count": len(left), "rules": _rules(left)}
                said["why"] = self.language.say("unwritable", reason, {"kind": left[0].source.kind})
                say(self.language.say("fixing", "left", said))


def say_fixable(results: Sequence[Result], language: Language, *, fixed: bool, unsafe: bool) -> None:
    """How many findings could be mended by ``--fix``, and how many more with ``--unsafe-fixes``, if any could."""
    from govlint.readers.rewriting import WRITABLE

    counts = Counter(
        diagnostic.autofix
        for result in results
        for diagnostic in result.diagnostics
        if diagnostic.autofix and diagnostic.source.kind in WRITABLE
    )
    safe, more = 0 if fixed else counts["safe"], 0 if unsafe else counts["unsafe"]
    if safe or more:
        key = "fixable_both" if safe and more else "fixable_safe" if safe else "fixable_unsafe"
        say(language.say("fixing", key, {"safe": safe, "unsafe": more}))


def _rules(diagnostics: Iterable[Diagnostic]) -> str:
    counts = Counter(diagnostic.rule.id for diagnostic in diagnostics)
    return ", ".join(f"{name} ×{count}" if count > 1 else name for name, count in sorted(counts.items()))


def _difference(mended: Mended) -> str:
    """A unified difference of the text; of a Word document, of what ``govlint text`` prints."""
    from difflib import unified_diff

    before, after = mended.before.source, mended.after.source
    if before is None or after is None or not mended.made:
        return ""
    name = before.path
    lines = unified_diff(_lines(before.text), _lines(after.text), f"{name}", f"{name}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _lines(text: str) -> list[str]:
    """Lines with their ends; only ``\\n`` ends one."""
    parts = text.split("\n")
    return [f"{part}\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])

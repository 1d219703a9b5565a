"""``check --fix``, ``--unsafe-fixes`` and ``--diff``: reports mended in their files, or shown as they would be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import click

from govlint.cli.inputs import STDIN, Input, read_stdin
from govlint.cli.output import say
from govlint.linter import Linter, read_file
from govlint.model.diagnostic import Diagnostic, Result
from govlint.model.errors import ReadError
from govlint.model.failure import failure
from govlint.writers.language import Language

if TYPE_CHECKING:
    from govlint.fixes.mending import Mended, Mender

Decorated = TypeVar("Decorated", bound=Callable[..., object])
Linked = Callable[[list[Result]], list[Result]]
"""Adds to results what rules on several reports find."""


def fix_options(function: Decorated) -> Decorated:
    """The options, as ``fix``, ``unsafe_fixes`` and ``diff``."""
    for name in ("--diff", "--unsafe-fixes", "--fix"):
        function = click.option(name, is_flag=True)(function)
    return function


def refuse_fixes(
    paths: Sequence[str], language: Language, *, fix: bool, unsafe: bool, diff: bool, form: str | None
) -> None:
    """Raises click.UsageError for what cannot be asked together; ``form`` is the output that was asked for."""
    if unsafe and not (fix or diff):
        raise click.UsageError(language.say("fixing", "unsafe_alone"))
    if fix and not diff and STDIN in paths:
        raise click.UsageError(language.say("fixing", "stdin"))
    if diff and form:
        raise click.UsageError(language.say("fixing", "diff_form", {"form": form}))


class _Work(NamedTuple):
    """One input: what it held, and what came of it; without ``mended`` it could not be read."""

    item: Input
    data: bytes
    mended: Mended | None
    result: Result

    @property
    def after(self) -> Result:
        return self.mended.after if self.mended else self.result


@dataclass
class Fixing:
    """What is mended in a run. ``diff``: nothing is written, and what would be is kept as a difference.

    ``link`` adds what rules on several reports find: unsafe fixes that make these find something new are undone.
    """

    linter: Linter
    language: Language
    unsafe: bool
    diff: bool
    link: Linked
    done: list[Mended] = field(default_factory=list)
    failed: int = 0
    """How many files could not be written."""

    def results(self, items: Iterable[Input], stdin_name: str | None) -> list[Result]:
        """The results of all inputs, in order: after the fixes, or before them where nothing is written."""
        from govlint.fixes.mending import Mender

        mender = Mender(self.linter, unsafe=self.unsafe)
        works = [self._mended(mender, item, stdin_name) for item in items]
        if any(each.autofix == "unsafe" for work in works if work.mended for each in work.mended.made):
            works = self._agreeing(works)
        return [self._finished(work) for work in works]

    def _mended(self, mender: Mender, item: Input, stdin_name: str | None) -> _Work:
        if item.error:
            return _Work(item, b"", None, Result(item.path, read_error=item.error))
        path = (stdin_name or STDIN) if item.path == STDIN else item.path
        try:
            data = read_stdin() if item.path == STDIN else read_file(item.path)
            mended = mender.mend(data, path)
        except ReadError as error:
            return _Work(item, b"", None, Result(item.path, read_error=error))
        except Exception as error:  # A fault of govlint's own: this file stays as it is, the others go on.
            return _Work(item, b"", None, Result(path, read_error=failure(path, error)))
        return _Work(item, data, mended, mended.before)

    def _agreeing(self, works: list[_Work]) -> list[_Work]:
        """The same without unsafe fixes of reports that do not agree with others any more."""
        from govlint.fixes.comparing import disagreeing
        from govlint.fixes.mending import Mender

        apart = disagreeing(self.link([work.result for work in works]), self.link([work.after for work in works]))
        safe = Mender(self.linter, unsafe=False)
        return [
            work._replace(mended=safe.without_unsafe(work.data, work.mended, apart[number]))
            if work.mended and number in apart
            else work
            for number, work in enumerate(works)
        ]

    def _finished(self, work: _Work) -> Result:
        mended = work.mended
        if mended is None or (mended.made and not self.diff and not self._written(work, mended)):
            return work.result
        self.done.append(mended)
        return mended.before if self.diff else mended.after

    def _written(self, work: _Work, mended: Mended) -> bool:
        from govlint.cli.atomic import replace_file

        try:
            replace_file(work.item.path, mended.data, self.language, known=work.data)
        except click.ClickException as error:
            say(error.format_message())
            self.failed += 1
            return False
        return True

    @property
    def changed(self) -> bool:
        """Whether anything is mended."""
        return any(mended.made for mended in self.done)

    def shown(self, *, seen: bool) -> str | None:
        """The differences, in the order of the inputs, fit for a terminal if ``seen``; None where files are written."""
        if not self.diff:
            return None
        from govlint.cli.differences import difference, inert

        text = "".join(difference(mended) for mended in self.done)
        return inert(text) if seen else text

    def say(self) -> None:
        """What was mended in each file, and what could not be; of unsafe fixes each, so that they can be checked."""
        for mended in self.done:
            path = mended.after.path
            if mended.made:
                said: dict[str, object] = {"path": path, "count": len(mended.made), "rules": _rules(mended.made)}
                say(self.language.say("fixing", "would" if self.diff else "made", said))
            for diagnostic in mended.made:
                if diagnostic.autofix == "unsafe":
                    say(self._told(diagnostic, mended))
            for reason, rules in dict.fromkeys((refused.reason, refused.rules) for refused in mended.refused):
                left = [each.diagnostic for each in mended.refused if (each.reason, each.rules) == (reason, rules)]
                why = {"kind": left[0].source.kind, "rules": ", ".join(rules)}
                said = {"path": path, "count": len(left), "rules": _rules(left)}
                said["why"] = self.language.say("unwritable", reason, why)
                say(self.language.say("fixing", "left", said))

    def _told(self, diagnostic: Diagnostic, mended: Mended) -> str:
        from govlint.writers.places import where

        finding = diagnostic.finding
        values = list(dict.fromkeys(edit.replacement for edit in finding.edits if edit.replacement))
        said = {
            "where": where(diagnostic, mended.before.report, self.language),
            "found": finding.found or self.language.say("fixing", "blank"),
            "value": finding.expected or ", ".join(values),
            "count": max(len(finding.seen), 1),
        }
        return self.language.say("fixing", "each_of" if len(finding.seen) > 1 else "each", said)


def say_fixable(results: Sequence[Result], language: Language, *, fixed: bool, unsafe: bool) -> None:
    """How many findings could be mended by ``--fix``, and how many more with ``--unsafe-fixes``, if any could."""
    mendable = [diagnostic for result in results for diagnostic in result.diagnostics if diagnostic.autofix]
    if not mendable:
        return
    from govlint.readers.rewriting import WRITABLE

    counts = Counter(diagnostic.autofix for diagnostic in mendable if diagnostic.source.kind in WRITABLE)
    safe, more = 0 if fixed else counts["safe"], 0 if unsafe else counts["unsafe"]
    if safe or more:
        key = "fixable_both" if safe and more else "fixable_safe" if safe else "fixable_unsafe"
        say(language.say("fixing", key, {"safe": safe, "unsafe": more}))


def _rules(diagnostics: Iterable[Diagnostic]) -> str:
    counts = Counter(diagnostic.rule.id for diagnostic in diagnostics)
    return ", ".join(f"{name} ×{count}" if count > 1 else name for name, count in sorted(counts.items()))

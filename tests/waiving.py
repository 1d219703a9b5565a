"""For the tests of waivers: files of waivers made of what was found, and linters for which they hold."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from linked import LINTER

from govlint.linter import Linter
from govlint.model.diagnostic import Result
from govlint.model.handling import Handling
from govlint.waivers.book import make_book
from govlint.waivers.editing import added
from govlint.waivers.file import WaiverFile, parse_waivers
from govlint.waivers.key import seen_of, subject_of
from govlint.waivers.making import Said, make_entries
from govlint.writers.language import Language
from govlint.yamlfile import YamlFile

ENGLISH = Language("en", LINTER.data("locale/en.yaml"))
NAME = "waivers.yaml"
TODAY = date(2026, 3, 1)
REASON = "so in the original"

Identity = tuple[str, str, str]


def identities(result: Result) -> list[Identity]:
    """(rule, subject, digest) of every diagnostic, sorted."""
    found = ((diagnostic.rule.id, diagnostic.finding) for diagnostic in result.diagnostics)
    return sorted((rule, subject_of(finding), seen_of(finding)) for rule, finding in found)


def file_of(results: Iterable[Result], folder: Path, said: Said | None = None) -> WaiverFile:
    """A file in a folder that accepts all that was found in reports whose paths go from there; read as any other."""
    chosen = ((result.path.replace(os.sep, "/"), found) for result in results for found in result.diagnostics)
    text = added("", YamlFile("", None), make_entries(chosen, said or Said(REASON), ENGLISH.message))
    return read(text, folder)


def read(text: str, folder: Path = Path()) -> WaiverFile:
    """A file of waivers of this text, in a folder."""
    return parse_waivers(text.encode(), str(folder / NAME), "file", ENGLISH)


def entry(**keys: Any) -> str:
    """The text of a file with one entry, whose keys are these unless told otherwise."""
    said = {"rule": "GL501", "path": "a.txt", "subject": "section.6", "reason": REASON, **keys}
    return "waivers:\n" + "".join(
        f"{'- ' if not n else '  '}{key}: {value}\n" for n, (key, value) in enumerate(said.items())
    )


def accepting(*files: WaiverFile, inline: bool = True, today: date = TODAY, linter: Linter = LINTER) -> Linter:
    """The linter for which these waivers hold."""
    book = make_book(files, inline=inline, today=today)
    return linter.handled(lambda path: Handling(accept=book.accept(path)))


def stale(linter: Linter, results: Sequence[Result]) -> list[tuple[str, str]]:
    """(rule, why) of every waiver that did nothing."""
    return [(one.waiver.rule, one.why) for one in linter.run(results).stale]

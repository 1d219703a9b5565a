"""``govlint waive --prune``: what did nothing is taken out of the file of waivers."""

# os.path leaves links as they are and raises nothing, whatever the path:
# ruff: noqa: PTH112, PTH118

from __future__ import annotations

import os
from collections.abc import Sequence

from govlint.cli.output import emit, say
from govlint.cli.waiver_files import shorten
from govlint.cli.waiving import why
from govlint.model.diagnostic import Run
from govlint.waivers.file import WaiverFile
from govlint.waivers.paths import place_of
from govlint.writers.language import Language
from govlint.writers.places import printed_line


def remove_idle(run: Run, file: WaiverFile | None, paths: Sequence[str], language: Language, *, dry_run: bool) -> None:
    """Take out of the file what did nothing in this run, and what is for reports that are no more; say what it was."""
    idle = {stale.waiver: why(stale, language) for stale in run.stale}
    for waiver in file.waivers if file else ():
        place = os.path.join(file.folder, waiver.report) if file else ""
        if not os.path.lexists(place) and any(_lies_in(place, folder) for folder in paths):
            idle[waiver] = language.say("waive", "no_report", {"report": waiver.report})
    numbers = [number for number, waiver in enumerate(file.waivers) if waiver in idle] if file else []
    if file is None or not numbers:
        say(language.say("waive", "nothing_to_prune"))
        return
    gone = [file.waivers[number] for number in numbers]
    lines = [printed_line(f"{file.path}:{waiver.line}: {idle[waiver]}") + "\n" for waiver in gone]
    if not dry_run:
        shorten(file, numbers, language)
    emit("".join(lines), None, language)
    params = {"count": len(numbers), "path": file.path}
    say(language.say("waive", "would_prune" if dry_run else "pruned", params))


def _lies_in(place: str, folder: str) -> bool:
    return os.path.isdir(folder) and place_of(place).startswith(os.path.join(place_of(folder), ""))

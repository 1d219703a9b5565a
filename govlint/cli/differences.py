"""What fixes change in a file, as a unified difference that other programs can apply."""

from __future__ import annotations

from difflib import unified_diff
from typing import TYPE_CHECKING

from govlint.writers.places import escape_controls

if TYPE_CHECKING:
    from govlint.fixes.mending import Mended


def difference(mended: Mended) -> str:
    """The difference of the texts; of a Word document, of what ``govlint text`` prints. Empty if nothing changes."""
    before, after = mended.before.source, mended.after.source
    if before is None or after is None or not mended.made:
        return ""
    name = escape_controls(before.path)  # A line end in it would begin a line of the difference.
    name += "\t" if " " in name else ""  # Else patch takes the name to end at the blank.
    lines = unified_diff(_lines(before.text), _lines(after.text), name, name)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def inert(text: str) -> str:
    """A difference as a terminal may show it: controls escaped, line by line."""
    return "\n".join(escape_controls(line.rstrip("\r")) for line in text.split("\n"))


def _lines(text: str) -> list[str]:
    """Lines with their ends; only ``\\n`` ends one."""
    parts = text.split("\n")
    return [f"{part}\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])

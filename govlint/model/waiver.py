"""Waivers: diagnostics that somebody has accepted, with a reason."""

from __future__ import annotations

from typing import Literal, NamedTuple

WaiverKind = Literal["file", "baseline", "inline"]
"""Where a waiver stands: in the file of waivers, in a baseline, or in the report itself."""


class Waiver(NamedTuple):
    """What is accepted, and why.

    ``path`` and ``line`` say where the waiver itself stands. ``subject`` is that of the finding (see ``Finding``),
    None for a waiver in the report, which covers a stretch of it. ``report`` is the path of the report as the
    waiver gives it. ``found`` is what was found and ``seen`` the digest of what was seen when it was accepted (None:
    whatever that was), ``times`` how often it was.
    ``expires`` is an ISO date, the last day on which it holds.
    """

    kind: WaiverKind
    path: str
    line: int
    rule: str
    report: str
    reason: str
    subject: str | None = None
    seen: str | None = None
    found: str | None = None
    times: int = 1
    author: str | None = None
    expires: str | None = None


class Stale(NamedTuple):
    """A waiver that did nothing, and why.

    ``unused``: there is no such diagnostic any more; ``changed``: there is one, but what was accepted looked
    otherwise; ``expired``: its last day is over; ``unknown_rule``: no rule has that id; ``no_reason``: it says none.
    """

    waiver: Waiver
    why: Literal["unused", "changed", "expired", "unknown_rule", "no_reason"]

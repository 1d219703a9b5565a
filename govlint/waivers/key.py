"""What a finding is known by: its rule, its subject, and a digest of what was seen. No line numbers, no places."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from decimal import Decimal

from govlint.model.finding import EQUATION, Finding, Related

_LEFT_OUT = ("hint_", EQUATION, "row", "last_cell")
"""Related places that lead to the same finding, or guess, or tell what other rules found: no part of what was seen."""
_SEEN = ("now", "agency", "year")
"""What of a related place counts beside its number or printed words."""
_INVISIBLE = frozenset(("Cc", "Cf", "Cs"))


def plain(text: str) -> str:
    """Words as they are compared: without blanks and what cannot be seen, composed alike. Marks stay as printed."""
    shown = (char for char in text if not char.isspace() and unicodedata.category(char) not in _INVISIBLE)
    return unicodedata.normalize("NFC", "".join(shown))


def writable(path: str) -> str:
    """A path as a file of waivers can hold it: composed alike; bytes that are no text become question marks."""
    return unicodedata.normalize("NFC", path.encode("utf-8", "replace").decode())


def subject_of(finding: Finding) -> str:
    """The stable address of a finding as waivers write it."""
    return plain(finding.subject)


def seen_of(finding: Finding) -> str:
    """A short digest of what was seen: 12 hexadecimal digits.

    It rests on the words or the number found and expected, on the cells of the sum, on the cells and words of related
    places, in other reports too, and on whatever else the check says it looked at. Edits elsewhere leave it alone.
    """
    from hashlib import blake2b

    return blake2b("\n".join(sorted(_seen(finding))).encode(), digest_size=6).hexdigest()


def _seen(finding: Finding) -> Iterator[str]:
    if finding.found is not None:
        yield f"found {plain(finding.found)}"
    if finding.expected is not None:
        yield f"expected {plain(finding.expected)}"
    for operand in finding.equation.operands if finding.equation else ():
        yield f"operand {operand.sign:+} {operand.cell} {_number(operand.number)}"
    for related in finding.related:
        if not related.role.startswith(_LEFT_OUT):
            yield f"{related.role} {related.cell or ''} {_shown(related)}"
    for words in finding.seen:
        yield f"seen {plain(words)}"


def _shown(related: Related) -> str:
    params = related.params
    number = params.get("number")
    words = _number(number) if isinstance(number, Decimal) else plain(str(params.get("printed", "")))
    return " ".join((words, *(_param(params[name]) for name in _SEEN if name in params)))


def _param(value: object) -> str:
    return _number(value) if isinstance(value, Decimal) else plain(str(value))


def _number(number: Decimal) -> str:
    """The number itself, however many zeros are printed behind its point."""
    return f"{number.normalize():f}"

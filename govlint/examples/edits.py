"""The edits that examples make on a clean report, and the place where they make them."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from govlint.examples.clean import Part


class EditError(ValueError):
    """An example names something that the clean report does not have."""


def apply_edits(report: Part, edit: Mapping[str, Any]) -> str | None:
    """Edit the tree in place; the name of the part where the last edit was made, None where nothing is left."""
    place: str | None = None
    for address, text in edit.get("cell", {}).items():
        _get(report, address).text = text
        place = address
    for name, text in edit.get("label", {}).items():
        place = _set_label(report, name, text)
    for number, text in edit.get("heading", {}).items():
        place = f"heading.{number}"
        _get(report, place).text = text
    for words, new in edit.get("text", {}).items():
        place = _set_text(report, words, new)
    for name in edit.get("remove", ()):
        holder, at = _find(report, name)
        del holder.parts[at]
        place = None
    for name in edit.get("duplicate", ()):
        holder, at = _find(report, name)
        copy = deepcopy(holder.parts[at])
        for part in copy.walk():
            part.name = f"{part.name}#2" if part.name else ""
        holder.parts.insert(at + 1, copy)
        place = f"{name}#2"
    if "swap" in edit:
        place = _swap(report, *edit["swap"])
    for style in ("join", "apart"):
        for name in edit.get(style, ()):
            _get(report, name).style = style
            place = name
    for name in edit.get("form", {}):
        place = name
    at_ = edit.get("at", place)
    return str(at_) if at_ is not None else None


def _find(report: Part, name: str) -> tuple[Part, int]:
    found = report.find(name)
    if found is None:
        raise EditError(f"the clean report has no {name!r}")
    return found


def _get(report: Part, name: str) -> Part:
    holder, at = _find(report, name)
    return holder.parts[at]


def _set_label(report: Part, name: str, text: str) -> str:
    for candidate in (f"{name}.label", f"{name}.caption", name):
        found = report.find(candidate)
        if found:
            found[0].parts[found[1]].text = text
            return candidate
    raise EditError(f"the clean report has no label {name!r}")


def _set_text(report: Part, words: str, new: str) -> str:
    if words.startswith("@"):
        name = words if words.startswith("@section") else words[1:]
        part = _get(report, name)
        if part.parts:
            part.parts = [Part("", "paragraph", line) for line in new.split("\n")] if new else []
        elif part.kind == "group":
            part.parts = [Part("", "paragraph", line) for line in new.split("\n")]
        else:
            part.text = new
        return name
    for part in report.walk():
        if words in part.text:
            part.text = part.text.replace(words, new)
            part.name = part.name or "edited"
            return part.name
    raise EditError(f"the clean report does not say {words!r}")


def _swap(report: Part, first: str, second: str) -> str:
    one, at_one = _find(report, first)
    two, at_two = _find(report, second)
    one.parts[at_one], two.parts[at_two] = two.parts[at_two], one.parts[at_one]
    return second

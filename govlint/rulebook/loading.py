"""Rule data → Rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from govlint.datafiles import DataFile
from govlint.model.rule import Applies, CheckKind, Example, Rule


def make_rules(files: Sequence[DataFile], kinds: Mapping[str, CheckKind]) -> tuple[Rule, ...]:
    """The rules of validated files, in the order of their ids."""
    return tuple(sorted((_rule(file, kinds) for file in files), key=lambda rule: rule.id))


def _rule(file: DataFile, kinds: Mapping[str, CheckKind]) -> Rule:
    data: Mapping[str, Any] = file.data
    return Rule(
        id=data["id"],
        name=data["name"],
        severity=data["severity"],
        kind=kinds[data["check"]],
        options=data.get("options", {}),
        applies=_applies(data.get("applies", {})),
        title=data["title"],
        message=data["message"],
        why=data["why"],
        fix=data.get("fix", {}),
        basis=tuple(data.get("basis", ())),
        examples=tuple(_example(file, number, entry) for number, entry in enumerate(data["examples"])),
        scope=data.get("scope", "report"),
        origin=file.path,
        hash=file.hash,
        default=data.get("default", True),
        autofix=data.get("autofix"),
    )


def _applies(data: Mapping[str, Any]) -> Applies:
    first, dots, last = str(data.get("years", "..")).partition("..")
    return Applies(
        int(first) if first else None,
        int(last if dots else first) if (last or not dots) else None,
        frozenset(data.get("unit_types", ())),
    )


def _example(file: DataFile, number: int, entry: Mapping[str, Any]) -> Example:
    ((verdict, edit),) = entry.items()
    line = file.yaml.marks.get(("examples", number), (0, 0))[0]
    return Example(verdict == "bad", edit, line)

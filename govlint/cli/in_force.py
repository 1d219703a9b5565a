"""What is in force and where it comes from, as data: settings, rules, and what is said of one file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from govlint.config.config import DEFAULT, SCALARS, Config, Origin
from govlint.config.finding import shown
from govlint.config.ruling import Ruled, options_of, ruled, severity_of
from govlint.linter import Linter

Data = dict[str, Any]


def in_force(linter: Linter, config: Config, path: str | None) -> Data:
    """Everything; ``path`` is the file or folder that is asked about, if any. The linter knows all rules."""
    rules = list(ruled(linter.rules, config.choices))
    told = {"path": _of_path(path, rules, config)} if path else {}
    return {
        "config": shown(config.path) if config.path else None,
        "named_by": _origin(config.named_by) if config.path else None,
        "files": [shown(source) for source in config.sources],
        "packs": [_entry(shown(pack.value), pack.origin) for pack in config.packs],
        "settings": dict(_settings(config)),
        "rules": [_rule(each, config) for each in rules],
        **told,
    }


def _settings(config: Config) -> Iterator[tuple[str, Any]]:
    for key, name in SCALARS.items():
        value, origin = getattr(config, name)
        yield key, _entry(shown(value) if key in ("rollup", "waivers") and value else value, origin)
    yield "exclude", [_entry(glob.value.text, glob.origin) for glob in config.exclude]
    yield (
        "per-file-ignores",
        [
            _entry({"path": entry.glob.text, "rules": [name.value for name in entry.rules]}, entry.origin)
            for entry in config.per_file_ignores
        ],
    )
    yield (
        "files",
        [
            _entry({"path": told.glob.text, "unit_type": told.unit_type, "agency": told.agency}, told.origin)
            for told in config.files
        ],
    )


def _rule(each: Ruled, config: Config) -> Data:
    """A rule, and what turned it on or off, set its severity, gave it options; packs that changed it."""
    rule = each.rule
    severity = severity_of(rule, config.choices)
    files = {said.setting.origin.name for said in options_of(rule, config.choices)}
    files |= {severity[1].origin.name} if severity else set()
    return {
        "id": rule.id,
        "name": rule.name,
        "in_force": each.in_force,
        "severity": rule.severity,
        "chosen_by": _origin(each.origin),
        "severity_by": _origin(severity[1].origin) if severity and severity[1].value != "off" else None,
        "options_by": [_origin(said.setting.origin) for said in options_of(rule, config.choices)],
        "packs": [shown(path) for path in rule.changed_by if path not in files],
    }


def _of_path(path: str, rules: list[Ruled], config: Config) -> Data:
    """What is said of one file or folder; of several entries that say the same, the one that holds."""
    excluded = next((glob for glob in config.exclude if glob.value.covers(path)), None)
    unit_type = agency = None
    for told in config.files:
        if told.glob.covers(path):
            unit_type = _entry(told.unit_type, told.origin) if told.unit_type else unit_type
            agency = _entry(told.agency, told.origin) if told.agency else agency
    ignored = {
        each.rule.id: _entry(each.rule.id, name.origin)
        for entry in config.per_file_ignores
        if entry.glob.covers(path)
        for name in entry.rules
        for each in rules
        if name.value in each.rule.prefixes
    }
    return {
        "path": path,
        "excluded": _entry(excluded.value.text, excluded.origin) if excluded else None,
        "ignored": [ignored[each.rule.id] for each in rules if each.rule.id in ignored],
        "unit_type": unit_type,
        "agency": agency,
    }


def _entry(value: Any, origin: Origin) -> Data:
    return {"value": value, "origin": _origin(origin)}


def _origin(origin: Origin) -> Data | None:
    """Where something comes from; nothing for what is so anyway."""
    if origin == DEFAULT:
        return None
    place = {"line": origin.line, "column": origin.column} if origin.kind == "file" else {}
    return {"kind": origin.kind, "name": origin.name, **place}

"""The files of a configuration → what is in force: those read later go before those read earlier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from govlint.config.config import FOLDER, SCALARS, Config, Names, Origin, PerFileIgnore, RuleChoice, Setting, Told
from govlint.config.loading import Piece, below
from govlint.config.patterns import Glob
from govlint.yamlfile import Key

_PATHS = ("rollup", "waivers")


def merge(pieces: Sequence[Piece]) -> Config:
    """The configuration that files make up, the last of which is the configuration itself."""
    config = Config(pieces[-1].path, tuple(piece.path for piece in pieces))
    for piece in pieces:
        config = _over(config, piece)
    return config


def _over(config: Config, piece: Piece) -> Config:
    """The configuration with one more file on top of it."""
    data = piece.data
    values: dict[str, Any] = {
        attribute: Setting(_value(piece, key), _origin(piece, (key, "@key")))
        for key, attribute in SCALARS.items()
        if key in data
    }
    if data.get("link") == "off" and "rollup" not in data:
        values["rollup"] = Setting(None, values["link"].origin)
    elif "rollup" in data and "link" not in data:
        values["link"] = Setting("auto", values["rollup"].origin)
    return replace(
        config,
        **values,
        exclude=(*config.exclude, *_globs(piece)),
        choices=(*config.choices, _choice(piece)),
        per_file_ignores=(*config.per_file_ignores, *_per_file(piece)),
        files=(*config.files, *_told(piece)),
        packs=(*config.packs, *(Setting(path, _origin(piece, ("extend", number))) for path, number in piece.packs)),
    )


def _origin(piece: Piece, key: Key) -> Origin:
    place = piece.file.yaml.mistake(key, "")
    return Origin("file", place.path, place.line, place.column)


def _value(piece: Piece, key: str) -> Any:
    value = piece.data[key]
    return below(piece.path, value) if key in _PATHS and (key, value) != ("rollup", FOLDER) else value


def _names(piece: Piece, key: Key, names: Sequence[str]) -> Names:
    return tuple(Setting(name, _origin(piece, (*key, number))) for number, name in enumerate(names))


def _globs(piece: Piece) -> list[Setting[Glob]]:
    return [
        Setting(Glob(text, piece.folder), _origin(piece, ("exclude", number)))
        for number, text in enumerate(piece.data.get("exclude", ()))
    ]


def _choice(piece: Piece) -> RuleChoice:
    data = piece.data

    def named(key: str) -> Names:
        return _names(piece, (key,), data.get(key, ()))

    def changes(key: str) -> Mapping[str, Setting[Any]]:
        return {name: Setting(value, _origin(piece, (key, name, "@key"))) for name, value in data.get(key, {}).items()}

    select = named("select") if "select" in data else None
    return RuleChoice(
        select, named("extend-select"), named("ignore"), changes("severity"), changes("options"), piece.file
    )


def _per_file(piece: Piece) -> list[PerFileIgnore]:
    return [
        PerFileIgnore(
            Glob(glob, piece.folder),
            _names(piece, ("per-file-ignores", glob), names),
            _origin(piece, ("per-file-ignores", glob, "@key")),
        )
        for glob, names in piece.data.get("per-file-ignores", {}).items()
    ]


def _told(piece: Piece) -> list[Told]:
    return [
        Told(
            Glob(entry["path"], piece.folder),
            entry.get("unit-type"),
            entry.get("agency"),
            _origin(piece, ("files", number)),
        )
        for number, entry in enumerate(piece.data.get("files", ()))
    ]

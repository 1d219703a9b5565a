"""A configuration file and all that it builds on, read; what is wrong in any of them is shown at its line."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from govlint.config.finding import shown
from govlint.datafiles import DataFile, load_file
from govlint.mistakes import Fault
from govlint.model.errors import ConfigError, DataError, Mistake, RuleError
from govlint.model.paths import real_path
from govlint.writers.language import Language

LARGEST = 1_000_000
"""Bytes of a file; nobody writes more."""
DEEPEST = 20
"""So many files may build on each other."""

Speak = Callable[[str | None], Language]
"""The language for what is wrong in a file, given the one that the file asks for, if any."""


class Piece(NamedTuple):
    """One of the files that make up a configuration: where it lies (absolute), and the rule packs that it names."""

    path: str
    file: DataFile
    packs: tuple[tuple[str, int], ...]

    @property
    def data(self) -> Mapping[str, Any]:
        return self.file.data or {}

    @property
    def folder(self) -> str:
        return str(Path(self.path).parent)


def below(path: str, target: str) -> str:
    """A file or folder as a configuration names it, absolute."""
    return os.path.normpath(Path(path).parent / target)


def load_pieces(path: str, speak: Speak) -> list[Piece]:
    """The file, behind those that it builds on. Raises ConfigError with every mistake in any of them."""
    chain = _Chain(speak)
    chain.add(path, ())
    if chain.mistakes:
        raise ConfigError(chain.mistakes)
    return list(chain.pieces.values())


class _Chain:
    """Takes in files one after the other, each once, those that a file builds on before it."""

    def __init__(self, speak: Speak) -> None:
        self.pieces: dict[str, Piece] = {}
        self.mistakes: list[Mistake] = []
        self._speak = speak

    def add(self, path: str, above: tuple[str, ...]) -> None:
        """Take in a file that the files ``above`` asked for."""
        try:
            file = _read(path, self._speak)
        except DataError as error:
            self.mistakes += error.mistakes
            return
        data = file.data or {}
        language = self._speak(data.get("lang"))
        here = os.path.realpath(path)
        waivers = Path(path).parent / data.get("waivers", ".")
        if not real_path(waivers).is_relative_to(real_path(Path(path).parent)):
            self.mistakes.append(file.yaml.mistake(("waivers",), language.fault(Fault(("waivers",), "outside"))))
        packs = []
        for number, target in enumerate(data.get("extend", ())):
            place = below(path, target)
            fault = _hindrance(("extend", number), target, place, (*above, here))
            if fault:
                self.mistakes.append(file.yaml.mistake(fault.key, language.fault(fault)))
            elif Path(place).is_dir():
                packs.append((place, number))
            elif os.path.realpath(place) not in self.pieces:
                self.add(place, (*above, here))
        self.pieces[here] = Piece(path, file, tuple(packs))


def _hindrance(key: tuple[str | int, ...], target: str, place: str, above: Sequence[str]) -> Fault | None:
    """Why a file or folder cannot be built on."""
    real = os.path.realpath(place)
    if not Path(place).is_dir():
        if not Path(place).is_file():
            return Fault(key, "nothing_there", {"path": target})
        if Path(place).suffix not in (".yaml", ".yml"):
            return Fault(key, "no_yaml_file", {"path": target})
        if real in above:
            circle = (*above[above.index(real) :], real)
            return Fault(key, "circle", {"files": " → ".join(shown(each) for each in circle)})
        if len(above) >= DEEPEST:
            return Fault(key, "chain_too_long", {"limit": DEEPEST})
    return None


def _read(path: str, speak: Speak) -> DataFile:
    """The data of a file, which fit the schema. Raises DataError."""
    seen = shown(path)
    try:
        with Path(path).open("rb") as opened:
            content = opened.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise _wrong(seen, 1, Fault((), "too_large", {"limit": LARGEST}), speak)
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _wrong(seen, content.count(b"\n", 0, error.start) + 1, Fault((), "no_utf_8"), speak) from None
    except OSError as error:
        raise _wrong(seen, 1, Fault((), "unopened", {"error": error.strerror or str(error)}), speak) from None

    def validate(file: DataFile) -> None:
        mistakes = sorted(_mistakes(file, speak), key=lambda mistake: (mistake.line, mistake.column))
        if mistakes:
            raise ConfigError(mistakes)

    try:
        return load_file(Path(seen), content, "config", validate)
    except RuleError as error:
        raise ConfigError(error.mistakes) from None


def _wrong(path: str, line: int, fault: Fault, speak: Speak) -> ConfigError:
    return ConfigError([Mistake(path, line, 1, speak(None).fault(fault))])


def _mistakes(file: DataFile, speak: Speak) -> Iterator[Mistake]:
    from govlint.config.checking import faults_of

    lang = file.data.get("lang") if isinstance(file.data, dict) else None
    language = speak(lang if isinstance(lang, str) else None)
    for fault in faults_of(file.data):
        yield file.yaml.mistake(fault.key, language.fault(fault))

"""A file with the names of units → units: CSV, or text with one name a line; a header may come first."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from govlint.chinese import fold
from govlint.linter import read_file
from govlint.model.errors import ConfigError, Mistake, ReadError
from govlint.readers.decoding import decode, noise
from govlint.survey.settings import Settings
from govlint.survey.units import Unit
from govlint.writers.language import Language

MAX_BYTES = 16 * 1024 * 1024
MAX_NAME = 200
_MAX_NOISE = 0.01
_DELIMITERS = {".csv": ",", ".tsv": "\t", ".tab": "\t"}


class _Record(NamedTuple):
    line: int
    cells: list[str]


def read_units(path: str, settings: Settings, language: Language) -> list[Unit]:
    """The units of a list, each once, in its order. Raises ConfigError with the line of what is wrong."""
    records = _records(path, _text(path, language), language)
    if not records:
        raise _mistake(path, 1, language.say("survey", "list_empty"))
    header = [fold(cell) for cell in records[0].cells]
    if settings.name_headers & {*header} or (len(header) > 1 and settings.type_headers & {*header[1:]}):
        named = next((at for at, cell in enumerate(header) if cell in settings.name_headers), 0)
        typed = next((at for at, cell in enumerate(header) if cell in settings.type_headers and at != named), None)
        records = records[1:]
    else:
        named, typed = 0, _type_column(records, settings)
    units = [unit for record in records if (unit := _unit(record, named, typed, path, settings, language))]
    if not units:
        raise _mistake(path, 1, language.say("survey", "list_empty"))
    first: dict[str, Unit] = {}
    for unit in units:
        first.setdefault(fold(unit.name), unit)
    return list(first.values())


def _text(path: str, language: Language) -> str:
    try:
        data = read_file(path)
    except ReadError as error:
        raise _mistake(path, 1, language.read_error(error)) from None
    if len(data) > MAX_BYTES:
        raise _mistake(path, 1, language.say("survey", "list_too_large", {"limit": MAX_BYTES >> 20}))
    text, _ = decode(data)
    if noise(text) > _MAX_NOISE:
        raise _mistake(path, 1, language.say("survey", "list_not_text"))
    return text


def _records(path: str, text: str, language: Language) -> list[_Record]:
    """The lines that say something."""
    delimiter = _DELIMITERS.get(Path(path).suffix.lower())
    if delimiter is None:
        records = [
            _Record(number, [cell.strip() for cell in line.split("\t")])
            for number, line in enumerate(text.splitlines(), 1)
        ]
    else:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        records = []
        try:
            for cells in reader:
                records.append(_Record(reader.line_num, [cell.strip() for cell in cells]))
        except csv.Error as error:
            raise _mistake(path, reader.line_num, language.say("survey", "list_broken", {"error": error})) from None
    return [record for record in records if any(fold(cell) for cell in record.cells)]


def _type_column(records: Sequence[_Record], settings: Settings) -> int | None:
    """The second column, if it says a type anywhere; a list without a header may have anything there."""
    said = any(len(record.cells) > 1 and fold(record.cells[1]) in settings.types for record in records)
    return 1 if said else None


def _unit(
    record: _Record, named: int, typed: int | None, path: str, settings: Settings, language: Language
) -> Unit | None:
    name = record.cells[named] if named < len(record.cells) else ""
    if not fold(name):
        return None
    if len(name) > MAX_NAME:
        raise _mistake(path, record.line, language.say("survey", "list_long_name", {"limit": MAX_NAME}))
    word = record.cells[typed] if typed is not None and typed < len(record.cells) else ""
    if not fold(word):
        return Unit(name)
    if fold(word) not in settings.types:
        known = ", ".join(language.of(label) for label in settings.type_labels.values())
        raise _mistake(path, record.line, language.say("survey", "list_unknown_type", {"word": word, "known": known}))
    return Unit(name, settings.types[fold(word)])


def _mistake(path: str, line: int, message: str) -> ConfigError:
    return ConfigError([Mistake(path, line, 1, message)])

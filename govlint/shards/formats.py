"""Lines of results → the bytes of a shard."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from govlint.readers.extras import load_extra

_TEXTS = {
    "check": "rule name severity message path where cell expected found related basis help fix fingerprint",
    "parse": "path title agency unit_type edition period dates sections tables",
    "survey": "unit listed_unit in_list unit_type edition path outcome reason rules figures published",
}
_NUMBERS = {
    "check": "line column end_line end_column",
    "parse": "year",
    "survey": "year errors warnings infos",
}
FORMATS = ("jsonl", "parquet")


class Columns(NamedTuple):
    """The columns of a table of results. What is neither text nor a whole number stands there as JSON."""

    texts: Sequence[str]
    numbers: Sequence[str]


def columns_of(command: str) -> Columns:
    """The columns for the results of a command."""
    return Columns(_TEXTS[command].split(), _NUMBERS[command].split())


def form(name: str, command: str) -> Callable[[bytes], bytes]:
    """What makes the bytes of a shard of its lines, JSON each. Raises ReadError ``missing_extra``."""
    if name == "jsonl":
        return bytes
    return _Parquet(columns_of(command))


class _Parquet:
    def __init__(self, columns: Columns) -> None:
        self._arrow = load_extra("pyarrow", "parquet")
        self._parquet = load_extra("pyarrow.parquet", "parquet")
        self._columns = columns

    def __call__(self, lines: bytes) -> bytes:
        rows = [json.loads(line) for line in lines.splitlines()]
        arrow = self._arrow
        arrays = {name: arrow.array([_text(row, name) for row in rows], arrow.string()) for name in self._columns.texts}
        for name in self._columns.numbers:
            arrays[name] = arrow.array([row.get(name) for row in rows], arrow.int64())
        buffer = io.BytesIO()
        self._parquet.write_table(arrow.table(arrays), buffer)
        return buffer.getvalue()


def _text(row: Mapping[str, Any], name: str) -> str | None:
    value = row.get(name)
    if value is not None and not isinstance(value, str):
        value = json.dumps(value, ensure_ascii=False)
    return value if value is None else value.encode("utf-8", "backslashreplace").decode()

"""How time grows with the length of a report and the number of reports: it should grow no faster than these."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from functools import cache, partial

from benchmarks.batches import MB, ONE, measured, size
from benchmarks.bench import Bench, Part, Task, Unavailable
from benchmarks.corpus import one
from benchmarks.plain import HERE
from benchmarks.spending import spent

FACTORS = (1, 10, 100, 500, 1000)
WAYS = ("text", "prose", "html", "docx")
"""What is repeated: a whole text, its longest paragraph, the body of a page, the body of a DOCX."""
_SEED = 6
"""A report without a fault."""
_PARTS = (100, 10, 1)
_BODY = {
    "html": re.compile(rb"(?is)(.*<body[^>]*>)(.*)(</body>.*)"),
    "docx": re.compile(rb"(?s)(.*<w:body>)(.*)(<w:sectPr\b.*)"),
}
_CHECK = """
import gc, sys, time
from pathlib import Path
from govlint.linter import load_linter
gc.set_threshold(100_000, 50, 1000)
small, large, name, told = sys.argv[1:]
linter, data = load_linter(), Path(large).read_bytes()
linter.check_bytes(Path(small).read_bytes(), name)
begun = time.process_time()
result = linter.check_bytes(data, name)
used = time.process_time() - begun
error = result.read_error
Path(told).write_text(error.reason if error else f"used {used}", encoding="utf-8")
"""
"""What the command does with a report, after a small one that everything is loaded for."""


def tasks(bench: Bench) -> list[Task]:
    """Rows for each way to grow, then for the number of reports."""
    lengths = [Task(f"{way} ×{factor:,}", partial(_length, bench, way, factor)) for way in WAYS for factor in FACTORS]
    return lengths + [
        Task(f"number of text reports ×{_PARTS[0] // part}", partial(_number, bench, part)) for part in _PARTS
    ]


PART = Part("growth", ("what", "MB", "CPU", "per unit to the row before", "peak memory"), tasks)


def grown(way: str, factor: int) -> tuple[bytes, str]:
    """A report that is so many times as long, and its suffix."""
    data, suffix = one(way if way in _BODY else "text", _SEED)
    if way == "text":
        return (data.rstrip() + b"\n") * factor, suffix
    if way == "prose":
        lines = data.splitlines(keepends=True)
        longest = max(range(len(lines)), key=lambda number: len(lines[number]))
        lines[longest] *= 1 + (factor - 1) * len(data) // len(lines[longest])
        return b"".join(lines), suffix
    if way == "html":
        return _repeated(data, way, factor), suffix
    return _with_document(data, lambda xml: _repeated(xml, way, factor)), suffix


def _repeated(data: bytes, way: str, factor: int) -> bytes:
    parts = _BODY[way].fullmatch(data)
    assert parts
    return parts[1] + parts[2] * factor + parts[3]


def _with_document(data: bytes, change: Callable[[bytes], bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, change(part) if name == "word/document.xml" else part)
    return buffer.getvalue()


@cache
def _loaded_once(bench: Bench) -> None:
    """The rules are compiled before anything is measured."""
    spent([HERE, "-c", "from govlint.linter import load_linter; load_linter()"], bench.folder / "cache")


@cache
def _checked(bench: Bench, way: str, factor: int) -> tuple[float, int]:
    """Seconds of processor time of one check, all loaded, and peak memory. Raises Unavailable if it is refused."""
    _loaded_once(bench)
    small, large, told = (bench.folder / name for name in ("small", "large", "told"))
    for path, times in ((small, 1), (large, factor)):
        path.write_bytes(grown(way, times)[0])
    used = spent([HERE, "-c", _CHECK, small, large, f"report{grown(way, 1)[1]}", told], bench.folder / "cache")
    words = told.read_text(encoding="utf-8")
    if not words.startswith("used "):
        raise Unavailable(f"refused: {words}")
    return float(words.removeprefix("used ")), used.peak


def _length(bench: Bench, way: str, factor: int) -> tuple[str, ...]:
    if factor > bench.scale.largest:
        raise Unavailable("left out of a quick run")
    used, peak = _checked(bench, way, factor)
    before = FACTORS[max(FACTORS.index(factor) - 1, 0)]
    return _cells(len(grown(way, factor)[0]) / MB, used, factor / before, _checked(bench, way, before)[0], peak)


def _number(bench: Bench, part: int) -> tuple[str, ...]:
    before = _PARTS[max(_PARTS.index(part) - 1, 0)]
    count = bench.scale.many // part
    used, less = measured(bench, "text", count, ONE), measured(bench, "text", bench.scale.many // before, ONE)
    return _cells(size(bench, "text", count), used.cpu, before / part, less.cpu, used.peak)


def _cells(length: float, used: float, factor: float, before: float, peak: int) -> tuple[str, ...]:
    """``factor`` is how much more it is than in the row before, which took ``before``."""
    return (f"{length:.3f}", f"{used:.2f} s", f"{used / before / factor:.2f}", f"{peak / MB:.0f} MB")

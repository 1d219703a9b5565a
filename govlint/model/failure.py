"""Faults of govlint's own: what is said of them, so that they can be reported and found."""

from __future__ import annotations

from types import TracebackType

from govlint.model.errors import ReadError

_OURS = "govlint"


def failure(path: str, error: BaseException) -> ReadError:
    """The error as the reason why a file could not be checked; the other files are."""
    if isinstance(error, MemoryError):
        return ReadError(path, "no_memory")
    return ReadError(path, "failed", {"error": described(error)})


def described(error: BaseException) -> str:
    """The kind of an error, what it says, and the last line of govlint's code that it passed through."""
    words = " ".join(str(error).split())
    name = type(error).__name__
    return f"{name}: {words}{_place(error.__traceback__)}" if words else f"{name}{_place(error.__traceback__)}"


def _place(trace: TracebackType | None) -> str:
    place = ""
    while trace is not None:
        parts = trace.tb_frame.f_code.co_filename.replace("\\", "/").split("/")
        if _OURS in parts:
            below = len(parts) - 1 - parts[::-1].index(_OURS)
            place = f" ({'/'.join(parts[below:])}:{trace.tb_lineno})"
        trace = trace.tb_next
    return place

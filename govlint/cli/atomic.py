"""Files written as a whole or not at all: who looks, and who is killed, finds the old content or the new one."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

import click

from govlint.config.finding import shown
from govlint.writers.language import Language


def replace_file(path: str, data: bytes, language: Language, *, known: bytes | None = None) -> None:
    """Put the data in the place of what the file holds, with the same mode; a link stays one.

    ``known`` is what it held when it was read. Raises click.ClickException when it cannot be written, is not meant to
    be, or has changed since; then nothing has happened.
    """
    real = Path(os.path.realpath(path))
    try:
        if known is not None and real.read_bytes() != known:
            raise click.ClickException(language.say("cli", "changed_meanwhile", {"path": shown(path)}))
        if real.exists() and not os.access(real, os.W_OK):
            raise PermissionError(None, language.say("cli", "read_only"))
        _write(real, data)
    except OSError as error:
        reason = {"path": shown(path), "error": error.strerror or str(error)}
        raise click.ClickException(language.say("cli", "unwritable", reason)) from None


def _write(real: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=".govlint-", suffix=".tmp", dir=real.parent)
    scratch = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _take_over(real, scratch)
        scratch.replace(real)
    except BaseException:
        scratch.unlink(missing_ok=True)
        raise


def _take_over(real: Path, scratch: Path) -> None:
    """Mode and owner of the file that was there; for a new one, those that a new file has."""
    if not real.exists():
        mask = os.umask(0)
        os.umask(mask)
        scratch.chmod(0o666 & ~mask)
        return
    shutil.copymode(real, scratch)
    if hasattr(os, "chown"):
        held = real.stat()
        with suppress(OSError):  # Only root may give files away; others keep what they own.
            os.chown(scratch, held.st_uid, held.st_gid)

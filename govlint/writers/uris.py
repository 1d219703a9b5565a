"""Paths of inputs as other programs want them: from one folder, with forward slashes; and the same as URIs."""

from __future__ import annotations

from os.path import normpath
from pathlib import Path, PurePath
from unicodedata import normalize
from urllib.parse import quote

STDIN = "-"
STDIN_NAME = "stdin"
"""What standard input is called where a file must be named."""


def relative_path(path: str, root: str | None) -> str:
    """The path of an input from the root (None: the working folder), with forward slashes and no leading ``./``.

    Symbolic links are followed and names are in Unicode NFC. A file outside of the root has its absolute path.
    """
    return STDIN_NAME if path == STDIN else normalize("NFC", _located(path, root).as_posix())


def uri_reference(path: str, root: str | None) -> str:
    """The same as a URI reference, all but plain ASCII percent-encoded; outside of the root, a ``file:`` URI."""
    return quoted(PurePath(STDIN_NAME) if path == STDIN else _located(path, root))


def quoted(path: PurePath) -> str:
    """A relative path as a relative reference, an absolute one as a ``file:`` URI."""
    if not path.is_absolute():
        return "/".join(_quoted(part) for part in path.parts) or "."
    names = "/".join(_quoted(part) for part in path.parts[1:])
    drive = path.drive.replace("\\", "/")
    if drive.startswith("//"):  # A share on a Windows network: its host is that of the URI.
        return "file:" + "/".join(_quoted(part) for part in drive.split("/")) + "/" + names
    return f"file:///{drive}/{names}" if drive else f"file:///{names}"


def below(path: PurePath, root: PurePath) -> PurePath | None:
    """The path from the root; None when it does not lie there."""
    return path.relative_to(root) if path.is_relative_to(root) else None


def _located(path: str, root: str | None) -> PurePath:
    """The path from the root with links followed, else as it was given if only the links lead out; else absolute."""
    folder = root or "."
    real = _resolved(path)
    return below(real, _resolved(folder)) or below(_absolute(path), _absolute(folder)) or real


def _resolved(path: str) -> PurePath:
    try:
        return Path(path).resolve()
    except (OSError, RuntimeError, ValueError):  # A circle of links, or a name that no file can have.
        return _absolute(path)


def _absolute(path: str) -> PurePath:
    return PurePath(normpath(Path(path).absolute()))


def _quoted(name: str) -> str:
    """A name in which nothing is left that means something in a URI.

    Bytes of a Linux file name that are no UTF-8 (Python has surrogates for them) stay those bytes.
    """
    name = normalize("NFC", name)
    try:
        return quote(name.encode("utf-8", "surrogateescape"), safe="")
    except UnicodeEncodeError:
        return quote(name.encode("utf-8", "surrogatepass"), safe="")

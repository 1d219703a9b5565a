"""The YAML data that comes with govlint, read once per content: afterwards from a compiled copy.

Parsing YAML costs more than a whole check; so its plain data is kept as JSON in the user's cache folder,
named by the digest of the bytes it was made from. A copy that is missing, broken or not writable is no error.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any

from govlint.model.errors import Mistake, RuleError, Sentence
from govlint.version import __version__
from govlint.yamlfile import YamlFile, parse_yaml

FORMAT = 1
"""Counts up when what is stored in a compiled copy changes shape."""
MOST_FILES = 5_000
"""So many files and folders may lie below a folder of rules."""
LARGEST_FILE = 4_000_000
"""So many bytes may a file in it have."""
_MANY = Sentence("more than {limit} files: this is no folder of rules", limit=MOST_FILES)
_LARGE = Sentence("larger than {limit} bytes; this is no rule", limit=LARGEST_FILE)


@dataclass(frozen=True)
class DataFile:
    """One file of data: its path below its folder, the digest of its bytes, and what it says."""

    name: str
    path: str
    hash: str
    yaml: YamlFile

    @property
    def data(self) -> Any:
        return self.yaml.data


Validate = Callable[[Sequence[DataFile]], None]


def bundled_folder() -> Path:
    """The folder of the data that comes with govlint."""
    return Path(next(iter(import_module("govlint.rules").__path__)))


def cache_folder() -> Path:
    """Where compiled copies and results are kept: ``GOVLINT_CACHE_DIR``, else the platform's cache folder."""
    chosen = os.environ.get("GOVLINT_CACHE_DIR")
    if chosen:
        return Path(chosen)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
        return Path(base) / "govlint" / "cache"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "govlint"


def load_folder(folder: Path, validate: Validate, *, fresh: bool = False) -> Mapping[str, DataFile]:
    """All YAML files below a folder by their relative name, sorted.

    ``validate`` raises RuleError for what is wrong in them; it runs only when they are not yet compiled.
    ``fresh`` reads the YAML itself, so that every node has its place.
    """
    contents = _contents(folder)
    digest = blake2b(f"{FORMAT} {__version__}".encode(), digest_size=16)
    for name, content in contents.items():
        digest.update(f"\0{name}\0{len(content)}\0".encode())
        digest.update(content)
    copy = cache_folder() / f"rules-{digest.hexdigest()}.json"
    compiled = None if fresh else _read_copy(copy)
    if compiled is None or compiled.keys() != contents.keys():
        files, mistakes = parse_all(folder, contents)
        if mistakes:
            raise RuleError(mistakes)
        validate(list(files.values()))
        _write_copy(copy, {name: [file.hash, file.data] for name, file in files.items()})
        return files
    return {
        name: DataFile(name, str(folder / name), str(hash_), YamlFile(str(folder / name), data))
        for name, (hash_, data) in compiled.items()
    }


def load_file(
    path: Path, content: bytes, purpose: str, validate: Callable[[DataFile], None], depth: int | None = None
) -> DataFile:
    """One YAML file of the user's, of which ``content`` are the bytes: its data and the place of every node.

    ``validate`` raises for what is wrong in it; it runs only when this content is not yet compiled for the
    ``purpose``, and knows the place of every node. Afterwards those below so many keys (``depth``) may be forgotten.
    Raises RuleError for mistakes of syntax.
    """
    name = f"{FORMAT} {__version__} {purpose}\0{path}\0".encode("utf-8", "surrogatepass")
    copy = cache_folder() / f"{purpose}-{blake2b(name + content, digest_size=16).hexdigest()}.json"
    stored = _read_copy(copy)
    if stored is not None and stored.keys() == {purpose}:
        digest, kept = stored[purpose]
        marks = {tuple(key): (line, column) for key, line, column in kept["marks"]}
        return DataFile(path.name, str(path), str(digest), YamlFile(str(path), kept["data"], marks))
    file = _parse(path.parent, path.name, content)
    validate(file)
    marked = [[list(key), *place] for key, place in file.yaml.marks.items() if depth is None or len(key) <= depth]
    _write_copy(copy, {purpose: [file.hash, {"data": file.data, "marks": marked}]})
    return file


def once(purpose: str, content: bytes, validate: Callable[[], None]) -> None:
    """Run ``validate``, which raises for what is wrong in this content, unless it has passed before."""
    name = f"{FORMAT} {__version__} {purpose}\0".encode()
    copy = cache_folder() / f"{purpose}-{blake2b(name + content, digest_size=16).hexdigest()}.json"
    if _read_copy(copy) is None:
        validate()
        _write_copy(copy, {})


def read_pack(folder: Path) -> tuple[list[DataFile], list[Mistake]]:
    """The YAML files below a folder of the user's with the place of every node, and their mistakes of syntax."""
    files, mistakes = parse_all(folder, _contents(folder))
    return list(files.values()), mistakes


def _contents(folder: Path) -> dict[str, bytes]:
    """The YAML files below a folder by their relative names, without hidden ones.

    Raises RuleError for a folder that no person filled with rules: too many files, or too large ones.
    """
    entries = list(islice(folder.rglob("*"), MOST_FILES + 1))
    if len(entries) > MOST_FILES:
        raise RuleError([Mistake(str(folder), 1, 1, _MANY)])
    contents = {}
    for path in sorted(entries):
        below = path.relative_to(folder)
        if path.suffix not in (".yaml", ".yml") or any(name.startswith(".") for name in below.parts):
            continue
        if path.is_file():
            if path.stat().st_size > LARGEST_FILE:
                raise RuleError([Mistake(str(path), 1, 1, _LARGE)])
            contents[below.as_posix()] = path.read_bytes()
    return contents


def parse_all(folder: Path, contents: Mapping[str, bytes]) -> tuple[dict[str, DataFile], list[Mistake]]:
    """The files that could be parsed, and the mistakes in the others."""
    files: dict[str, DataFile] = {}
    mistakes: list[Mistake] = []
    for name, content in contents.items():
        try:
            files[name] = _parse(folder, name, content)
        except RuleError as error:
            mistakes += error.mistakes
    return files, mistakes


def _parse(folder: Path, name: str, content: bytes) -> DataFile:
    path = str(folder / name)
    text = content.decode("utf-8-sig", "replace")
    return DataFile(name, path, blake2b(content, digest_size=8).hexdigest(), parse_yaml(text, path))


def _read_copy(copy: Path) -> dict[str, Any] | None:
    try:
        stored = json.loads(copy.read_bytes())
    except (OSError, ValueError):
        return None
    sound = isinstance(stored, dict) and all(isinstance(entry, list) and len(entry) == 2 for entry in stored.values())
    return stored if sound and all(isinstance(entry[1], dict) for entry in stored.values()) else None


def _write_copy(copy: Path, stored: Mapping[str, Any]) -> None:
    scratch = copy.with_suffix(f".{os.getpid()}.tmp")
    try:
        copy.parent.mkdir(parents=True, exist_ok=True)
        scratch.write_text(json.dumps(stored, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
        scratch.replace(copy)
    except OSError:
        scratch.unlink(missing_ok=True) if scratch.parent.is_dir() else None

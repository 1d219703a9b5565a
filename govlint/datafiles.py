"""The YAML data that comes with govlint, read once per content: afterwards from a compiled copy.

Parsing YAML costs more than a whole check; so its plain data is kept in the user's cache folder, together with the
bytes it was made from or named by their digest. A copy that is missing, broken or not writable is no error.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from importlib import import_module
from io import FileIO
from pathlib import Path
from typing import Any

from govlint.bundlecopy import Bundle, read_bundle, write_bundle, write_whole
from govlint.model.errors import Mistake, RuleError, Sentence
from govlint.version import __version__
from govlint.yamlfile import YamlFile, parse_yaml

FORMAT = 4
"""Counts up when what is stored in a compiled copy changes shape."""
MOST_FILES = 5_000
"""So many files and folders may lie below a folder of rules."""
LARGEST_FILE = 4_000_000
"""So many bytes may a file in it have."""
_MANY = Sentence("more than {limit} files: this is no folder of rules", limit=MOST_FILES)
_LARGE = Sentence("larger than {limit} bytes; this is no rule", limit=LARGEST_FILE)


class DataFile:
    """One file of data: its path below its folder (``name``), where it is, the digest of its bytes, what it says.

    ``yaml`` may be a function: then the file is understood when somebody asks for what it says.
    """

    def __init__(self, name: str, path: str, hash: str, yaml: YamlFile | Callable[[], YamlFile]) -> None:
        self.name = name
        self.path = path
        self.hash = hash
        self._yaml = yaml

    @cached_property
    def yaml(self) -> YamlFile:
        """The data with the places of nodes; without any where they come from a compiled copy of a folder."""
        return self._yaml if isinstance(self._yaml, YamlFile) else self._yaml()

    @property
    def data(self) -> Any:
        return self.yaml.data

    def __reduce__(self) -> tuple[type[DataFile], tuple[str, str, str, YamlFile]]:
        return DataFile, (self.name, self.path, self.hash, self.yaml._replace(marks=dict(self.yaml.marks)))


Validate = Callable[[Sequence[DataFile]], None]
Derive = Callable[[Sequence[DataFile]], Any]


class Folder(dict[str, DataFile]):
    """The files of a folder by their relative name, sorted; ``derived`` is what was worked out from them, if asked."""

    derived: Any = None


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


def load_folder(folder: Path, validate: Validate, *, fresh: bool = False, derive: Derive | None = None) -> Folder:
    """All YAML files below a folder by their relative name, sorted.

    ``validate`` raises RuleError for what is wrong in them; it runs only when they are not yet compiled, and so does
    ``derive``, which works out of them what is kept with them, as JSON. ``fresh`` reads the YAML itself, so that every
    node has its place, and derives nothing.
    """
    contents = _contents(folder)
    copy = cache_folder() / f"rules-{_number(f'{FORMAT} {__version__} {folder}'):016x}.copy"
    bundle = None if fresh else read_bundle(copy, contents)
    if bundle is None:
        files, mistakes = parse_all(folder, contents)
        if mistakes:
            raise RuleError(mistakes)
        every = list(files.values())
        validate(every)
        found = Folder(files)
        if not fresh:
            found.derived = derive(every) if derive else None
            hashes = {name: file.hash for name, file in files.items()}
            write_bundle(copy, Bundle(hashes, [_compact(f.data) for f in every], _compact(found.derived)), contents)
        return found
    paths = ((name, f"{folder}{os.sep}{name.replace('/', os.sep)}") for name in contents)
    found = Folder(
        (name, DataFile(name, path, bundle.hashes[name], partial(_copied, path, text)))
        for (name, path), text in zip(paths, bundle.data, strict=True)
    )
    found.derived = _derived(bundle.derived)
    return found


def load_file(
    path: Path, content: bytes, purpose: str, validate: Callable[[DataFile], None], depth: int | None = None
) -> DataFile:
    """One YAML file of the user's, of which ``content`` are the bytes: its data and the place of every node.

    ``validate`` raises for what is wrong in it; it runs only when this content is not yet compiled for the
    ``purpose``, and knows the place of every node. Afterwards those below so many keys (``depth``) may be forgotten.
    Raises RuleError for mistakes of syntax.
    """
    name = f"{FORMAT} {__version__} {purpose}\0{path}\0".encode("utf-8", "surrogatepass")
    copy = cache_folder() / f"{purpose}-{_digest(name + content, 16)}.json"
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
    copy = cache_folder() / f"{purpose}-{_digest(name + content, 16)}.json"
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
    contents = {}
    number = 0
    for number, (name, entry) in enumerate(_entries(str(folder), ""), 1):
        if number > MOST_FILES:
            raise RuleError([Mistake(str(folder), 1, 1, _MANY)])
        if name.endswith((".yaml", ".yml")) and not name.startswith(".") and "/." not in name and entry.is_file():
            if entry.stat().st_size > LARGEST_FILE:
                raise RuleError([Mistake(str(folder / name), 1, 1, _LARGE)])
            with FileIO(entry.path) as file:
                contents[name] = file.readall()
    return {name: contents[name] for name in sorted(contents, key=lambda name: name.split("/"))}


def _entries(folder: str, below: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Everything below a folder, links not followed, with its name below the folder that it started from."""
    try:
        with os.scandir(folder) as found:
            entries = list(found)
    except PermissionError:
        return
    for entry in entries:
        name = below + entry.name
        yield name, entry
        if entry.is_dir(follow_symlinks=False):
            yield from _entries(entry.path, f"{name}/")


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
    return DataFile(name, path, _digest(content, 8), parse_yaml(content.decode("utf-8-sig", "replace"), path))


def _copied(path: str, text: bytes) -> YamlFile:
    """The data of a file from its compiled copy; where that is broken, from the file itself."""
    try:
        return YamlFile(path, json.loads(text))
    except ValueError:
        return parse_yaml(Path(path).read_bytes().decode("utf-8-sig", "replace"), path)


def _derived(text: bytes) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def _digest(content: bytes, size: int) -> str:
    from hashlib import blake2b  # Loads a cryptographic library, and a plain check needs no digest.

    return blake2b(content, digest_size=size).hexdigest()


def _number(text: str) -> int:
    """A number that hardly any other text has."""
    return int.from_bytes(text.encode("utf-8", "surrogatepass"), "little") % (2**61 - 1)


def _compact(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _read_copy(copy: Path) -> dict[str, Any] | None:
    try:
        stored = json.loads(copy.read_bytes())
    except (OSError, ValueError):
        return None
    sound = isinstance(stored, dict) and all(isinstance(entry, list) and len(entry) == 2 for entry in stored.values())
    return stored if sound and all(isinstance(entry[1], dict) for entry in stored.values()) else None


def _write_copy(copy: Path, stored: Mapping[str, Any]) -> None:
    write_whole(copy, _compact(stored))

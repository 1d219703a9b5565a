"""What a configuration says: every value with where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, Literal, NamedTuple, TypeVar

from govlint.config.patterns import Glob
from govlint.datafiles import DataFile
from govlint.model.rule import Severity

Value = TypeVar("Value")
Level = Severity | Literal["off"]
"""What a configuration may say of a rule's severity."""


class Origin(NamedTuple):
    """Where a value comes from: ``name`` is the file, the environment variable or the option.

    ``line`` and ``column`` count from 1 and belong to a file.
    """

    kind: Literal["default", "file", "environment", "command_line"] = "default"
    name: str = ""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.name}:{self.line}" if self.kind == "file" else self.name


DEFAULT = Origin()


class Setting(NamedTuple, Generic[Value]):
    """A value and where it comes from."""

    value: Value
    origin: Origin = DEFAULT


_ON, _OFF = Setting(True), Setting(False)
_CHINESE, _ERRORS, _AUTO = Setting("zh"), Setting("error"), Setting("auto")
_NOTHING: Setting[str | None] = Setting(None)

Names = tuple[Setting[str], ...]
"""Rules by id, prefix or name."""


class RuleChoice(NamedTuple):
    """What one file, or the command line, says of rules; it stands upon what was said before.

    ``select`` None leaves the choice as it was. ``severity`` and ``options`` go by what the file calls the rule.
    ``file`` is where mistakes in them are shown, None for the command line.
    """

    select: Names | None = None
    extend_select: Names = ()
    ignore: Names = ()
    severity: Mapping[str, Setting[Level]] = {}
    options: Mapping[str, Setting[Mapping[str, Any]]] = {}
    file: DataFile | None = None


class PerFileIgnore(NamedTuple):
    """Rules that do not judge some files."""

    glob: Glob
    rules: Names
    origin: Origin


class Told(NamedTuple):
    """What some files need not be asked for: the type of their unit, the name of their agency."""

    glob: Glob
    unit_type: str | None
    agency: str | None
    origin: Origin


@dataclass(frozen=True)
class Config:
    """All that is said by the configuration, the environment and the command line, over the defaults.

    ``path`` is the configuration, absolute, None without one; ``sources`` are all files that it is made of, those
    built on first. ``named_by`` is what named it, if it was not found; ``isolated`` says that nothing was to be found.
    Files in settings (``rollup``, ``waivers``, ``packs``) are absolute. Of ``choices``, ``per_file_ignores`` and
    ``files`` later entries go before earlier ones.
    """

    path: str | None = None
    sources: tuple[str, ...] = ()
    named_by: Origin = DEFAULT
    isolated: bool = False
    lang: Setting[str] = _CHINESE
    output_format: Setting[str | None] = _NOTHING
    fail_on: Setting[str] = _ERRORS
    strict: Setting[bool] = _OFF
    link: Setting[str] = _AUTO
    rollup: Setting[str | None] = _NOTHING
    waivers: Setting[str | None] = _NOTHING
    inline_waivers: Setting[bool] = _ON
    force_exclude: Setting[bool] = _OFF
    exclude: tuple[Setting[Glob], ...] = ()
    choices: tuple[RuleChoice, ...] = ()
    per_file_ignores: tuple[PerFileIgnore, ...] = ()
    files: tuple[Told, ...] = ()
    packs: tuple[Setting[str], ...] = ()

    @property
    def said_of_files(self) -> str:
        """What is said of single files, whatever line says it: to tell whether it has changed."""
        ignores = [(entry.glob, [name.value for name in entry.rules]) for entry in self.per_file_ignores]
        return repr((ignores, [told[:3] for told in self.files]))


NO_CONFIG = Config()

FOLDER = "folder"
"""What ``rollup`` says where folders tell which units make up a government's report."""

SCALARS: Mapping[str, str] = {
    "lang": "lang",
    "output-format": "output_format",
    "fail-on": "fail_on",
    "strict": "strict",
    "link": "link",
    "rollup": "rollup",
    "waivers": "waivers",
    "inline-waivers": "inline_waivers",
    "force-exclude": "force_exclude",
}
"""The keys of a configuration that have one value, and where ``Config`` has it."""

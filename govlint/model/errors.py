"""The ways in which govlint cannot do its work. Those on inputs and data are caught once, in the command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple


class ReadError(Exception):
    """An input that cannot be read as a report.

    ``reason`` is a key of the ``read_error`` messages in ``rules/locale``; ``params`` fills its blanks,
    so that the sentence can be said in the user's language.
    """

    def __init__(self, path: str, reason: str, params: Mapping[str, object] | None = None) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason
        self.params: Mapping[str, object] = params or {}

    def __reduce__(self) -> tuple[type[ReadError], tuple[str, str, Mapping[str, object]]]:
        return type(self), (self.path, self.reason, self.params)


class UnwritableError(Exception):
    """Edits that cannot be made in a file; nothing has been written.

    ``spans`` are the places of those edits in the source, ``reason`` is a key of the ``unwritable`` messages in
    ``rules/locale``.
    """

    def __init__(self, reason: str, spans: Sequence[tuple[int, int]]) -> None:
        super().__init__(reason)
        self.reason = reason
        self.spans = frozenset(spans)


class Sentence(str):
    """A sentence in English about a mistake, which can be said in other languages by its ``template``.

    ``params`` fill the blanks of the template; those that are sentences themselves are said in the same language.
    """

    template: str
    params: Mapping[str, object]

    def __new__(cls, template: str, **params: object) -> Sentence:
        """The sentence that the template makes of the params."""
        self = super().__new__(cls, template.format(**params))
        self.template, self.params = template, params
        return self


class Mistake(NamedTuple):
    """One thing wrong in a file of data, at a 1-based place in it."""

    path: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.message}"


class DataError(Exception):
    """Mistakes in files that people write for govlint; all that were found, not only the first.

    ``language`` is the one that they are told in, if that is not the one that the call asks for.
    """

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__("\n".join(str(mistake) for mistake in mistakes))
        self.mistakes = tuple(mistakes)
        self.language: str | None = None


class RuleError(DataError):
    """A rule, an edition or another file of a rule pack is wrong."""


class ConfigError(DataError):
    """The configuration is wrong."""


class ClusterError(Exception):
    """A cluster that cannot be used. ``reason`` is a key of the ``cluster`` messages in ``rules/locale``."""

    def __init__(self, reason: str, params: Mapping[str, object] | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.params: Mapping[str, object] = params or {}

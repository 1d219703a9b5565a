"""The words of one language: those of the program from ``rules/locale``, those of rules from their files."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from govlint.model.diagnostic import Diagnostic
from govlint.model.edition import Words
from govlint.model.errors import ReadError
from govlint.model.finding import Related

if TYPE_CHECKING:
    from govlint.mistakes import Fault

_TABLE = "@table:"


class Language(NamedTuple):
    """Says things in one language. ``code`` is ``zh`` or ``en``; ``words`` the locale file's content."""

    code: str
    words: Mapping[str, Mapping[str, str]]

    def say(self, group: str, key: str, params: Mapping[str, object] | None = None) -> str:
        """One sentence of the program, its blanks filled."""
        return self.words[group][key].format_map(_Shown(self, params or {}))

    def of(self, words: Words) -> str:
        """The text of this language, else of any."""
        return words.get(self.code) or next(iter(words.values()), "")

    def fill(self, words: Words, params: Mapping[str, object]) -> str:
        """A rule's text in this language, its blanks filled."""
        return self.of(words).format_map(_Shown(self, params))

    def message(self, diagnostic: Diagnostic) -> str:
        """The message of a diagnostic."""
        return self.fill(diagnostic.rule.message, diagnostic.finding.params)

    def related(self, related: Related) -> str:
        """What a related place is."""
        return self.say("related", related.role, related.params)

    def read_error(self, error: ReadError) -> str:
        """Why an input could not be read."""
        return self.say("read_error", error.reason, error.params)

    def fault(self, fault: Fault) -> str:
        """What is wrong in data that somebody wrote, and what was perhaps meant."""
        hint = self.say("cli", "did_you_mean", {"name": fault.close}) if fault.close else ""
        return self.say("mistake", fault.reason, fault.params) + hint


class _Shown(dict[str, Any]):
    """Values as messages show them: tables by name, decimals plainly, nothing as a word, text on one line."""

    def __init__(self, language: Language, params: Mapping[str, object]) -> None:
        super().__init__(params)
        self._language = language

    def __getitem__(self, key: str) -> str:
        value: object = super().__getitem__(key)
        if value is None:
            return self._language.words["unit"]["nothing"]
        if isinstance(value, Decimal):
            return f"{value:f}"
        if isinstance(value, str):
            if value.startswith(_TABLE):
                return self._language.words["table"].get(value[len(_TABLE) :], value[len(_TABLE) :])
            return " ".join(value.split())
        return str(value)

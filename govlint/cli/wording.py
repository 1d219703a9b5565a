"""In which language help and errors of usage are said, known before any option is read, and the words for it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from govlint.writers.language import Language

LANGUAGES = ("zh", "en")
OPTION = "--lang"
VARIABLE = "GOVLINT_LANG"


class Asked(NamedTuple):
    """A language as it was asked for, perhaps none that there is, and the option or variable that did."""

    code: str
    origin: str

    @property
    def known(self) -> str:
        """The language to speak: the one asked for, else Chinese."""
        return self.code if self.code in LANGUAGES else LANGUAGES[0]


def asked(arguments: Sequence[str]) -> Asked:
    """The language that ``--lang``, wherever it stands, or GOVLINT_LANG asks for; the last ``--lang`` counts."""
    found = None
    for number, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == OPTION and number + 1 < len(arguments):
            found = arguments[number + 1]
        elif argument.startswith(f"{OPTION}="):
            found = argument.partition("=")[2]
    if found is not None:
        return Asked(found, OPTION)
    return Asked(os.environ.get(VARIABLE) or LANGUAGES[0], VARIABLE)


@lru_cache(maxsize=len(LANGUAGES))
def words_of(code: str) -> Language:
    """The words of a language, without the rules: help and errors must not wait for them, nor fall with them."""
    from govlint.datafiles import bundled_folder, load_file
    from govlint.writers.language import Language

    path = bundled_folder() / "locale" / f"{code}.yaml"
    file = load_file(path, path.read_bytes(), "locale", lambda _: None)
    return Language(code, file.data)


def wrong_language(given: Asked) -> str:
    """That there is no such language, in all that there are: nobody knows which the reader understands."""
    params = {"name": given.origin, "value": given.code}
    return " / ".join(words_of(code).say("usage", "wrong_language", params) for code in LANGUAGES)

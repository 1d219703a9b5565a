"""The texts of help, by the names of commands and parameters.

They stand under ``help`` of ``rules/locale``: ``_`` is what a command does, the first paragraph in short; an entry for
each parameter by its name; ``_groups`` puts options under headings of their own; ``_sections`` has further headings,
each with names and what they mean. What several commands have in common stands under ``common``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import click

from govlint.writers.language import Language

ROOT = "govlint"
"""The name of the texts of the command line as a whole."""
_LISTED = 26
"""Longer lists of choices stand with the text, not with the name."""
_WORD = re.compile(r"[A-Z]+|folder")


def help_texts(ctx: click.Context, language: Language) -> Mapping[str, str]:
    """What each parameter of a command means, by its name."""
    return {**own_texts("common", language), **own_texts(key_of(ctx), language)}


def summary(name: str, language: Language) -> str:
    """What a command does, in short."""
    text: str = own_texts(name, language).get("_", "")
    return text.partition("\n")[0].rstrip("。.")


def metavar(param: click.Parameter, language: Language) -> str:
    """How a value is called: by the words of the metavar, each in the user's language."""
    words: Mapping[str, str] = language.words["metavar"]
    if param.metavar is not None:
        return _WORD.sub(lambda found: words.get(found[0], found[0]), param.metavar)
    if isinstance(param.type, click.Choice):
        listed = "|".join(map(str, param.type.choices))
        return listed if len(listed) <= _LISTED else words["CHOICE"]
    return words.get(param.type.name.upper(), words["TEXT"])


def key_of(ctx: click.Context) -> str:
    """The name of the texts of the command that a context belongs to."""
    return ROOT if ctx.parent is None else ctx.info_name or ROOT


def own_texts(key: str, language: Language) -> Mapping[str, Any]:
    """The texts that belong to one command alone, or to several in common."""
    helps: Mapping[str, Any] = language.words["help"]
    texts: Mapping[str, Any] = helps.get(key, {})
    return texts

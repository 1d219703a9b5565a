"""Whole web pages that need nothing else: no network, one style and one script, both their own."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from importlib.resources.abc import Traversable
from string import Template

from govlint.writers.language import Language
from govlint.writers.markup import Html

_LANGUAGES = {"zh": "zh-CN", "en": "en"}


def assemble(folder: Traversable, language: Language, parts: Mapping[str, Html]) -> str:
    """``page.html`` of a folder filled with its ``page.css``, its ``page.js`` and these parts, by their names.

    The page's own policy names style and script by their digests (``$style_hash``, ``$script_hash``): nothing else in
    it is obeyed or run.
    """
    style, script = (_read(folder, name) for name in ("page.css", "page.js"))
    return Template(_read(folder, "page.html")).substitute(
        parts,
        lang=_LANGUAGES.get(language.code, language.code),
        style=style,
        script=script,
        style_hash=_digest(style),
        script_hash=_digest(script),
    )


def _read(folder: Traversable, name: str) -> str:
    return (folder / name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()

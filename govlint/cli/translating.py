"""Mistakes in rules, packs and maps in the user's language: the code says them in English."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from govlint.datafiles import bundled_folder, load_file
from govlint.model.errors import Sentence


def translated(text: str, code: str) -> str:
    """A sentence in the language of that code; what has no words there stays as it is."""
    if not isinstance(text, Sentence):
        return text
    template = _sentences(code).get(text.template)
    if template is None:
        return text
    params = {name: translated(value, code) if isinstance(value, str) else value for name, value in text.params.items()}
    return template.format(**params)


@lru_cache
def _sentences(code: str) -> Mapping[str, str]:
    path = bundled_folder() / "locale" / f"sentences.{code}.yaml"
    if not path.is_file():
        return {}
    sentences: Mapping[str, str] = load_file(path, path.read_bytes(), "locale", lambda _: None).data
    return sentences

"""The file types that a blank report can be written in."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import PurePath

from govlint.blank.draft import Draft
from govlint.blank.typesetting import Typesetting

Writer = Callable[[Draft, Typesetting], bytes]

FORMATS = {
    "docx": "govlint.blank.word:write",
    "html": "govlint.blank.webpage:write",
    "md": "govlint.blank.markdown:write",
}
SUFFIXES = {".docx": "docx", ".html": "html", ".htm": "html", ".md": "md", ".markdown": "md"}


def form_of(path: str) -> str | None:
    """The type that the name of a file asks for, if any."""
    return SUFFIXES.get(PurePath(path).suffix.lower())


def write(form: str, draft: Draft, typesetting: Typesetting) -> bytes:
    """The draft as a file of a type."""
    module, _, name = FORMATS[form].partition(":")
    writer: Writer = getattr(import_module(module), name)
    return writer(draft, typesetting)

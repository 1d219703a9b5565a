"""Reports that were packed: what is seldom asked for is unpacked when somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from govlint.model.document import Document
from govlint.model.report import Report

Later = Mapping[str, Callable[[], Any]]
"""Names of attributes, and what gives their values."""


class KeptReport(Report):
    """A report whose sections and tables come later.

    Gaps and what running text claims are not kept: the rules on one report are done.
    """

    def __init__(self, known: Mapping[str, Any], later: Later) -> None:
        self.__dict__.update(known, _later=later)

    def __getattr__(self, name: str) -> Any:
        return _unpacked(self, name)


class KeptDocument(Document):
    """A document whose lines come later."""

    def __init__(self, known: Mapping[str, Any], later: Later) -> None:
        self.__dict__.update(known, _later=later)

    def __getattr__(self, name: str) -> Any:
        return _unpacked(self, name)


def _unpacked(kept: KeptReport | KeptDocument, name: str) -> Any:
    """The value of an attribute that is not there yet; kept from now on."""
    later: Later = kept.__dict__.get("_later", {})
    if name not in later:
        raise AttributeError(name)
    value = kept.__dict__[name] = later[name]()
    return value

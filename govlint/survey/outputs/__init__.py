"""A survey → one type of file. Name → "module:function"; loaded when used."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import PurePath

from govlint.readers.extras import load_extra
from govlint.survey.totals import Survey
from govlint.writers.language import Language

OUTPUTS: Mapping[str, str] = {
    "csv": "govlint.survey.outputs.plain:write_csv",
    "xlsx": "govlint.survey.outputs.workbook:write_xlsx",
    "html": "govlint.survey.outputs.web_page:write_html",
    "json": "govlint.survey.outputs.plain:write_json",
    "jsonl": "govlint.survey.outputs.plain:write_jsonl",
}
SUFFIXES: Mapping[str, str] = {
    ".csv": "csv", ".xlsx": "xlsx", ".html": "html", ".htm": "html", ".json": "json", ".jsonl": "jsonl",
}  # fmt: skip

_EXTRAS = {"xlsx": ("xlsxwriter", "xlsx")}


def form_of(path: str) -> str | None:
    """The type that a file's suffix asks for; None for any other suffix."""
    return SUFFIXES.get(PurePath(path).suffix.lower())


def require(form: str) -> None:
    """Load the library that a type of file needs. Raises ReadError ``missing_extra`` when it is not installed."""
    if form in _EXTRAS:
        load_extra(*_EXTRAS[form])


def write(form: str, survey: Survey, language: Language) -> bytes:
    """The survey as the content of a file of this type."""
    module, _, function = OUTPUTS[form].partition(":")
    writer: Callable[[Survey, Language], bytes] = getattr(import_module(module), function)
    return writer(survey, language)

"""Every file type with its producer, and files of many cases made at once."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tempfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from . import browser, delimited, drawn, mail, soffice, word, workbook
from .planned import Planned, rendered, web_page

Write = Callable[[Planned], bytes]


@dataclass(frozen=True)
class FileKind:
    """A file type from one producer.

    ``write`` makes the file, or what ``tool`` makes it of: soffice from ``source`` to ``to``, chromium by printing.
    ``text``: the file is text in some encoding, so that its bytes can be damaged and its encoding undeclared.
    """

    name: str
    suffix: str
    write: Write
    tool: str = ""
    source: str = ""
    to: str = ""
    text: bool = False

    @property
    def missing(self) -> str:
        """Why files of this kind cannot be made here; empty if they can."""
        found = {"soffice": soffice.found, "chromium": browser.found}.get(self.tool, lambda: "none needed")()
        return "" if found else f"{self.tool} is not installed"


def _word_html(planned: Planned) -> bytes:
    return web_page(planned, "word")


def _plain_word(planned: Planned) -> bytes:
    return word.write(planned, plain=True)


KINDS: Mapping[str, FileKind] = {
    kind.name: kind
    for kind in (
        FileKind("docx", ".docx", word.write),
        FileKind("xlsx", ".xlsx", workbook.write),
        FileKind("csv", ".csv", delimited.write_csv, text=True),
        FileKind("tsv", ".tsv", delimited.write_tsv, text=True),
        FileKind("mhtml", ".mht", mail.write, text=True),
        FileKind("word_html", ".htm", _word_html, text=True),
        FileKind("pdf_reportlab", ".pdf", drawn.write),
        FileKind("pdf_unruled", ".pdf", drawn.write_unruled),
        FileKind("xls", ".xls", workbook.write, "soffice", "xlsx", "xls"),
        FileKind("ods", ".ods", workbook.write, "soffice", "xlsx", "ods"),
        FileKind("rtf", ".rtf", _plain_word, "soffice", "docx", "rtf"),
        FileKind("doc", ".doc", _plain_word, "soffice", "docx", "doc"),
        FileKind("wps", ".wps", _plain_word, "soffice", "docx", "doc"),
        FileKind("pdf_browser", ".pdf", browser.page, "chromium"),
        FileKind("pdf_libreoffice", ".pdf", _plain_word, "soffice", "docx", "pdf"),
    )
}


def make(kind: FileKind, cases: Sequence[Planned]) -> dict[str, bytes]:
    """The files of these cases by their names; one call of the tool for all.

    What a tool makes is kept in the folder GOVLINT_OFFICE_CACHE, if that is set.
    """
    sources = {case.name: kind.write(case) for case in cases}
    if not kind.tool:
        return sources
    settings = {case.name: browser.print_settings(case.rng("print")) for case in cases if kind.tool == "chromium"}
    kept = {name: _kept(kind, data, settings.get(name)) for name, data in sources.items()}
    made = {name: path.read_bytes() for name, path in kept.items() if path and path.exists()}
    lacking = {name: data for name, data in sources.items() if name not in made}
    if lacking:
        with tempfile.TemporaryDirectory() as folder:
            work = Path(folder) / "work"
            if kind.tool == "chromium":
                new = browser.print_all({name: (data, settings[name]) for name, data in lacking.items()}, work)
            else:
                new = soffice.convert(lacking, kind.source, kind.to, work)
        for name, data in new.items():
            if path := kept[name]:
                path.write_bytes(data)
        made |= new
    return made


def _kept(kind: FileKind, data: bytes, settings: dict[str, object] | None) -> Path | None:
    folder = os.environ.get("GOVLINT_OFFICE_CACHE")
    if not folder:
        return None
    Path(folder).mkdir(parents=True, exist_ok=True)
    digest = hashlib.blake2b(_content(data) + json.dumps(settings).encode(), digest_size=16).hexdigest()
    return Path(folder) / f"{digest}.{kind.to or kind.tool}"


def _content(data: bytes) -> bytes:
    """The content of a package without its times."""
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = sorted(name for name in package.namelist() if not name.startswith("docProps/"))
        return b"".join(name.encode() + b"\0" + package.read(name) for name in names)


__all__ = ["KINDS", "FileKind", "make", "rendered", "web_page"]

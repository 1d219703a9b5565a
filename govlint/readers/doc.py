"""Old Word and WPS files (DOC, WPS): converted to DOCX, then read as that.

First by the library of the extra ``doc``; where that fails or is absent, by LibreOffice if it is installed.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

from govlint.model.errors import ReadError
from govlint.readers.docx import read_docx
from govlint.readers.extras import load_extra
from govlint.readers.programs import find_program, private_folder, run_program
from govlint.readers.rendering import Rendering

SECONDS = 120
"""So long LibreOffice may take for one file."""
_PROGRAMS = ("soffice", "libreoffice")
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop>
</item>
</oor:items>
"""
"""A profile without macros, active content and links to elsewhere."""


def read_doc(data: bytes) -> Rendering:
    """The lines of an old Word or WPS file.

    Raises ReadError: ``missing_extra`` when nothing here can convert it, ``encrypted``, ``not_converted``, or
    what reading the DOCX raises.
    """
    try:
        load_extra("doc2docx", "doc")
        return _converted(data, _by_library)
    except ReadError as first:
        program = find_program(_PROGRAMS)
        if program is None or first.reason == "encrypted":
            raise
        return _converted(data, lambda source, target: _by_office(program, source, target))


def _converted(data: bytes, convert: Callable[[Path, Path], None]) -> Rendering:
    with private_folder() as folder:
        source, target = Path(folder, "report.doc"), Path(folder, "out", "report.docx")
        target.parent.mkdir()
        source.write_bytes(data)
        convert(source, target)
        if not target.is_file():
            raise ReadError("", "not_converted")
        return read_docx(target.read_bytes())


def _by_library(source: Path, target: Path) -> None:
    convert = load_extra("doc2docx", "doc").convert
    try:
        convert(source, target)
    except Exception as error:  # A parser of hostile bytes: whatever it trips over, the file was not converted.
        encrypted = type(error).__name__ == "EncryptedDocumentError"
        raise ReadError("", "encrypted" if encrypted else "not_converted") from error


def _by_office(program: str, source: Path, target: Path) -> None:
    profile = source.parent / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    try:
        run_program(
            [
                program,
                "--headless",
                "--norestore",
                f"-env:UserInstallation={profile.as_uri()}",
                "--convert-to",
                "docx",
                "--outdir",
                str(target.parent),
                str(source),
            ],
            SECONDS,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise ReadError("", "not_converted") from error

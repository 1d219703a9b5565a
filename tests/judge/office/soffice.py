"""LibreOffice as producer: many files converted by one call."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

FILTERS = {"doc": "doc:MS Word 97", "rtf": "rtf:Rich Text Format", "xls": "xls:MS Excel 97", "ods": "ods", "pdf": "pdf"}
FILTERS |= {"docx": "docx:Office Open XML Text", "html": "html:HTML (StarWriter)"}


def found() -> str | None:
    """The program, if it is installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def convert(files: Mapping[str, bytes], suffix: str, to: str, folder: Path) -> dict[str, bytes]:
    """The files, by name without suffix, turned from ``suffix`` (docx, xlsx) to another type."""
    sources, target = folder / "in", folder / "out"
    sources.mkdir(parents=True)
    target.mkdir()
    for name, data in files.items():
        (sources / f"{name}.{suffix}").write_bytes(data)
    command = [
        found() or "soffice",
        "--headless",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--convert-to",
        FILTERS[to],
        "--outdir",
        str(target),
        *sorted(map(str, sources.iterdir())),
    ]
    done = subprocess.run(command, capture_output=True, timeout=900, check=False)
    made = {name: target / f"{name}.{to}" for name in files}
    absent = [name for name, path in made.items() if not path.exists()]
    if absent:
        raise RuntimeError(
            f"soffice 未转换 {absent[:3]}（共 {len(absent)} 个）：{done.stderr.decode(errors='replace')[-400:]}"
        )
    return {name: path.read_bytes() for name, path in made.items()}

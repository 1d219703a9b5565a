"""axe-core, which judges how accessible a page is: from its registry, once for a run of the tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock

from browser.chrome import cannot

if TYPE_CHECKING:
    from playwright.sync_api import Page

_PACKAGE = "axe-core@4"
_SECONDS = 120
_RUN = """() => axe.run(document, { resultTypes: ["violations"] }).then((run) => run.violations.map((each) =>
  [each.id, each.impact, each.help, each.nodes.length, each.nodes.slice(0, 3).map((node) => node.html)]))"""


def source(folder: Path) -> str:
    """The script, kept in a folder that the processes of a run share. Skips, or fails, where it cannot be had."""
    with FileLock(folder / "axe.lock"):
        kept = folder / "axe.min.js"
        if not kept.exists():
            kept.write_bytes(_fetched(folder))
        return kept.read_text(encoding="utf-8")


def violations(page: Page, script: str) -> list[object]:
    """What is wrong with a page: rule, impact, in words, how often, and some of the elements."""
    page.evaluate(script)
    found: list[object] = page.evaluate(_RUN)
    return found


def _fetched(folder: Path) -> bytes:
    program = shutil.which("npm")
    if program is None:
        cannot(_WHAT, "npm is not installed", _REQUIRED)
    call = [program, "pack", _PACKAGE, "--silent", "--pack-destination", str(folder)]
    # Nothing of a package around the tests counts, and nothing is run.
    environment = {**os.environ, "npm_config_cache": str(folder / "npm"), "npm_config_ignore_scripts": "true"}
    try:
        done = subprocess.run(
            call, cwd=folder, env=environment, capture_output=True, text=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        cannot(_WHAT, "the registry of npm does not answer", _REQUIRED)
    packages = sorted(folder.glob("axe-core-*.tgz"))
    if done.returncode or not packages:
        cannot(_WHAT, f"{_PACKAGE} cannot be had: {done.stderr.strip()[-300:]}", _REQUIRED)
    with tarfile.open(packages[-1]) as package:
        member = package.extractfile("package/axe.min.js")
        assert member
        return member.read()


_WHAT = "the page of govlint serve was not judged by axe-core"
_REQUIRED = "GOVLINT_REQUIRE_AXE"

"""The page on output formats: its examples are what the command prints, and its tables tell the truth.

GOVLINT_UPDATE=1 writes the examples anew.
"""

from __future__ import annotations

import json
import os
import re
import shlex
from functools import reduce
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from linked import put, report
from test_cli import here
from test_docs_commands import BLOCK

from govlint.writers import WRITERS

ROOT = Path(__file__).parent.parent
PAGES = {"en": ROOT / "docs" / "outputs.md", "zh": ROOT / "docs" / "outputs.zh.md"}
EXAMPLE = re.compile(r"<!-- format: ([\w-]+)(?:, ([\w.]+))? -->\n```(\w+)\n(.*?)^```$", re.M | re.S)
TOLD = {"html", "jsonl", "json-full"}
"""What is too long for an example, or looks like another."""
both = pytest.mark.parametrize("language", PAGES)


def text_of(language: str) -> str:
    return PAGES[language].read_text(encoding="utf-8")


def command(language: str) -> list[str]:
    """The arguments of the command that the examples come from."""
    (line,) = [line for block in BLOCK.findall(text_of(language)) for line in block.splitlines() if "GL102" in line]
    return shlex.split(line)[1:]


def outputs(folder: Path, *arguments: object) -> dict[str, str]:
    """What a command writes in every format, all of them in one run."""
    files = {form: folder / f"{form}.out" for form in WRITERS}
    here(*arguments, *(word for form, file in files.items() for word in ("--output", f"{form}={file}")))
    return {form: file.read_bytes().decode().removeprefix("\ufeff") for form, file in files.items()}


def excerpt(text: str, chosen: str | None) -> str:
    """The text with the line ends of a page, or the chosen part of its JSON."""
    if not chosen:
        return text.replace("\r\n", "\n")
    keys = (int(key) if key.isdigit() else key for key in chosen.split("."))
    part: Any = reduce(lambda whole, key: whole[key], keys, json.loads(text))
    return json.dumps(part, ensure_ascii=False, indent=2) + "\n"


@both
def test_examples_are_what_the_command_prints(language, tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    page, written = text_of(language), outputs(tmp_path, *command(language))

    def fresh(found: re.Match[str]) -> str:
        head = found[0][: found.start(4) - found.start(0)]
        return f"{head}{excerpt(written[found[1]], found[2])}```"

    new = EXAMPLE.sub(fresh, page)
    if os.environ.get("GOVLINT_UPDATE") == "1":
        PAGES[language].write_text(new, encoding="utf-8")
    else:
        assert new == page, "GOVLINT_UPDATE=1 pytest tests/test_docs_outputs.py writes the examples anew"


@both
def test_every_format_is_told_and_shown(language):
    table = re.split(r"^## ", text_of(language), flags=re.M)[0]
    rows = [row for row in table.splitlines() if row.startswith("| `")]
    assert sorted(name for row in rows for name in re.findall(r"`([^`]+)`", row.split("|")[1])) == sorted(WRITERS)
    assert {form for form, *_ in EXAMPLE.findall(text_of(language))} == WRITERS.keys() - TOLD


def test_columns_and_paths_are_those_of_the_table(tmp_path, monkeypatch):
    """After a rare character, which is 1 character, 2 units of UTF-16 and 4 bytes."""
    (tmp_path / ".git").mkdir()
    name = "报告/水务局 2023年.txt"
    (path,) = (tmp_path / name for name in put(tmp_path, {name: report(text={"每月检查": "𠮷田镇每月，，检查"})}))
    monkeypatch.chdir(path.parent)
    told = outputs(tmp_path, "check", "--select", "GL903", path.name)
    (known,) = json.loads(told["json"])
    before = path.read_text(encoding="utf-8").split("\n")[known["line"] - 1][: known["column"] - 1]
    assert "𠮷" in before
    place = f"{known['line']}:{len(before) + 1}"
    assert told["concise"].startswith(f"{path.name}:{place}: ")
    assert f"--> {path.name}:{place}\n" in told["pretty"]
    assert f"file={name},line={known['line']},col={len(before) + 1}," in told["github"]
    (file,) = ElementTree.fromstring(told["checkstyle"])
    assert (file.get("name"), file[0].get("column")) == (name, str(len(before) + 1))
    (result,) = json.loads(told["sarif"])["runs"][0]["results"]
    physical = result["locations"][0]["physicalLocation"]
    assert physical["region"]["startColumn"] == len(before.encode("utf-16-le")) // 2 + 1
    assert physical["artifactLocation"]["uri"].startswith("%E6%8A%A5%E5%91%8A/")
    (location,) = [entry["location"] for entry in json.loads(told["rdjson"])["diagnostics"]]
    assert (location["path"], location["range"]["start"]["column"]) == (name, len(before.encode()) + 1)
    assert json.loads(told["gitlab"])[0]["location"] == {"path": name, "lines": {"begin": known["line"]}}
    assert ElementTree.fromstring(told["junit"])[0].get("name") == name

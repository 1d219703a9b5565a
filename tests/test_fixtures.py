"""The fixtures: clean reports are silent, faulty ones say what their snapshots say.

GOVLINT_UPDATE=1 writes the snapshots anew; read the difference before you keep it.
"""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path

import pytest
from judge.case import LAYOUTS, make_case

from govlint.cli.output import make_language
from govlint.linter import load_linter
from govlint.model.diagnostic import Result
from govlint.readers import SUFFIXES
from govlint.writers import WRITERS, load
from govlint.writers.parsed import write_json

FIXTURES = Path(__file__).parent.parent / "fixtures"
UPDATE = os.environ.get("GOVLINT_UPDATE") == "1"
LINTER = load_linter()
HAND_MADE = {"clean/yunxi-water-2023.md"}


def reports(folder: str) -> list[str]:
    """The reports of a folder, as paths below ``fixtures/``."""
    found = (path for path in (FIXTURES / folder).iterdir() if path.suffix in SUFFIXES)
    return sorted(path.relative_to(FIXTURES).as_posix() for path in found)


def check(name: str) -> Result:
    return LINTER.check_bytes((FIXTURES / name).read_bytes(), Path(name).name)


def said(result: Result, lang: str) -> str:
    return load(WRITERS["concise"])(LINTER.run([result]), make_language(LINTER, lang))


def matches(snapshot: Path, text: str) -> bool:
    """Whether the snapshot says the same; with GOVLINT_UPDATE=1 it is made to."""
    if UPDATE:
        snapshot.write_text(text, encoding="utf-8", newline="\n")
    return snapshot.read_text(encoding="utf-8") == text


def make_clean():
    spec = importlib.util.spec_from_file_location("make_clean", FIXTURES / "make_clean.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_clean_fixtures_are_what_the_script_makes():
    made = make_clean().files()
    assert set(made) | HAND_MADE == {*reports("clean"), *reports("encodings")}
    assert [name for name, data in made.items() if (FIXTURES / name).read_bytes() != data] == []


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", reports("clean"))
def test_clean_report_is_silent(name, lang):
    result = check(name)
    assert result.read_error is None
    assert said(result, lang) == ""


@pytest.mark.parametrize("name", reports("encodings"))
def test_only_the_encoding_is_uncertain(name):
    result = check(name)
    assert [diagnostic.rule.id for diagnostic in result.diagnostics] == ["GL005"]


@pytest.mark.parametrize("name", reports("faulty"))
def test_faulty_report_says_what_its_snapshots_say(name):
    result = check(name)
    assert result.read_error is None
    zh = FIXTURES / f"{name}.expected"
    assert matches(zh, said(result, "zh")), said(result, "zh")
    en = FIXTURES / f"{name}.en.expected"
    if en.exists():
        assert matches(en, said(result, "en")), said(result, "en")


def test_no_snapshot_is_orphaned():
    names = {path.name for path in (FIXTURES / "faulty").glob("*.expected")}
    owned = {f"{Path(name).name}{suffix}" for name in reports("faulty") for suffix in (".expected", ".en.expected")}
    assert names <= owned


def test_parsed_report_is_its_snapshot():
    name = "clean/2021-tabs.txt"
    text = write_json([check(name)], make_language(LINTER, "zh"), single=True)
    assert matches(FIXTURES / f"{name}.parsed.json", text)


@pytest.mark.parametrize("seed", [425, 505])
def test_layouts_of_one_report_give_the_same_numbers(seed):
    numbers = {}
    for layout in LAYOUTS:
        case = make_case(seed, layout, "utf-8", charset="right")
        report = LINTER.check_bytes(case.data, case.name).report
        numbers[layout] = {tuple(cell.address): cell.number for table in report.tables for cell in table.cells}
        assert numbers[layout] == case.report.values, layout
    assert len({tuple(found.items()) for found in numbers.values()}) == 1

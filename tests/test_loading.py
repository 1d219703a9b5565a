"""What a plain check loads: every module costs every run, so each has to have a reason."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from govlint.datafiles import load_folder

CLEAN = Path(__file__).parent.parent / "fixtures" / "clean"

OUTSIDE = {
    "click": "the command line",
    "dataclasses": "the model",
    "typing": "the model",
    "atexit": "the end of the program",
    "bisect": "lines of offsets",
    "copy": "dataclasses",
    "datetime": "dates of reports",
    "decimal": "numbers of cells",
    "difflib": "misprinted labels",
    "gc": "the end of the program",
    "json": "the compiled copy of the rules",
    "locale": "the words of click",
    "pathlib": "paths",
    "unicodedata": "folding of characters",
}
"""Modules from outside that a check needs, with all that these load themselves."""

OWN = {
    "binding": "*",
    "bundlecopy": "the compiled copy of the rules",
    "checks": "*",
    "chinese": "folding, numerals, dates",
    "cli": "annotating batching check choosing colouring commands completing fixing given inputs main output outputs "
    "paths settings sharding waiving watching wording",
    "config": "config excluding finding patterns ruling",
    "configured": "the rules in force",
    "datafiles": "the compiled copy of the rules",
    "filling": "edits of findings",
    "hints": "related findings",
    "judging": "rules on a report",
    "linter": "the pipeline",
    "model": "*",
    "patterns": "patterns of rules",
    "prose": "*",
    "readers": "containers decoding layout limits opening",
    "rootcause": "merging of totals",
    "rulebook": "loading",
    "rules": "the place of the rules",
    "settling": "waivers of results",
    "version": "the name of the compiled copy",
    "waivers": "book key paths",
    "writers": "concise language places",
    "yamlfile": "data and their places",
}
"""Modules of govlint: why it is needed, or for a package those in it that are, ``*`` for all of them."""

OF_TEXT = {"govlint.readers.text"}
OF_HTML = {
    f"govlint.readers.{name}"
    for name in ("html", "html_boxes", "html_chunks", "html_origins", "html_positions", "html_tags")
}
PACKAGES = {"binding", "checks", "cli", "config", "model", "prose", "readers", "rulebook", "waivers", "writers"}

CHECK = """
import sys
sys.argv = ["govlint", "check", "--isolated", "--output-format", "concise", sys.argv[1]]
from govlint.cli.main import main
try:
    main()
except SystemExit as ended:
    print(ended.code)
print(*sys.modules)
"""


def told(code: str, *arguments: str) -> list[str]:
    """What a program prints, in words."""
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("GOVLINT_LANG", "GOVLINT_OUTPUT", "COV"))}
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True, env=plain, timeout=120
    )
    return done.stdout.split()


@cache
def modules_of(imports: str) -> frozenset[str]:
    return frozenset(told(f"import sys, {imports}\nprint(*sys.modules)"))


def loaded(report: str) -> frozenset[str]:
    """All modules after a check of a clean report, when the rules have been compiled by an earlier one."""
    for _ in range(2):
        status, *modules = told(CHECK, str(CLEAN / report))
        assert status == "0"
    return frozenset(modules)


def is_needed(module: str) -> bool:
    _, _, rest = module.partition(".")
    package, _, name = rest.partition(".")
    reason = OWN.get(package)
    return not rest or (reason is not None and (not name or reason == "*" or name in reason.split()))


@pytest.mark.parametrize(
    ("report", "outside", "own"),
    [("2021-tabs.txt", "", OF_TEXT), ("2021-portal.html", "turbohtml", OF_HTML)],
)
def test_a_check_loads_nothing_without_a_reason(report, outside, own):
    modules = loaded(report)
    known = modules_of(", ".join([*OUTSIDE, *([outside] if outside else [])]))
    assert sorted(name for name in modules if name.partition(".")[0] != "govlint" and name not in known) == []
    ours = {name for name in modules if name.partition(".")[0] == "govlint"}
    assert own < ours
    assert sorted(name for name in ours - own if not is_needed(name)) == []


def test_every_reason_is_one():
    """No line of the lists is left over from what is loaded no more."""
    modules = loaded("2021-tabs.txt")
    assert sorted(name for name in OUTSIDE if name not in modules) == []
    listed = {
        f"govlint.{package}.{name}" if package in PACKAGES else f"govlint.{package}"
        for package, reason in OWN.items()
        if reason != "*"
        for name in (reason.split() if package in PACKAGES else [""])
    }
    assert sorted(listed - modules) == []


def test_files_that_no_check_needs_are_not_even_understood():
    """The compiled copy is taken apart file by file, when somebody asks."""
    from govlint.datafiles import bundled_folder

    for _ in range(2):
        files = load_folder(bundled_folder(), lambda _: None)
    assert all("yaml" not in vars(file) for file in files.values())
    assert files["survey.yaml"].data
    assert [name for name, file in files.items() if "yaml" in vars(file)] == ["survey.yaml"]


def test_lists_are_data_too(tmp_path, monkeypatch):
    """A file that holds a list does not keep the others from being compiled."""
    monkeypatch.setenv("GOVLINT_CACHE_DIR", str(tmp_path / "cache"))
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.yaml").write_text("- 甲\n- 乙\n", encoding="utf-8")
    (tmp_path / "data" / "b.yaml").write_text("", encoding="utf-8")
    made = []
    for _ in range(3):
        files = load_folder(tmp_path / "data", made.append, derive=len)
        assert [file.data for file in files.values()] == [["甲", "乙"], None]
        assert files.derived == 2
    assert len(made) == 1


@pytest.mark.parametrize("damage", [(b'["', b'["\xff'), (b"]\n", b"\n"), (b"\n2\n", b"\n{\n"), (b"- ", b"+ ")])
def test_a_damaged_copy_does_no_harm(tmp_path, monkeypatch, damage):
    monkeypatch.setenv("GOVLINT_CACHE_DIR", str(tmp_path / "cache"))
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.yaml").write_text("- 甲\n- 乙\n", encoding="utf-8")
    (tmp_path / "data" / "b.yaml").write_text("丙: [1, 2]\n", encoding="utf-8")
    load_folder(tmp_path / "data", lambda _: None, derive=len)
    (copy,) = (tmp_path / "cache").iterdir()
    content = copy.read_bytes()
    for number in range(content.count(damage[0])):
        head, tail = damage[0].join(content.split(damage[0])[: number + 1]), content.split(damage[0])[number + 1 :]
        copy.write_bytes(head + damage[1] + damage[0].join(tail))
        files = load_folder(tmp_path / "data", lambda _: None, derive=len)
        assert [file.data for file in files.values()] == [["甲", "乙"], {"丙": [1, 2]}]
    for length in range(len(content)):
        copy.write_bytes(content[:length])
        files = load_folder(tmp_path / "data", lambda _: None, derive=len)
        assert [file.data for file in files.values()] == [["甲", "乙"], {"丙": [1, 2]}]

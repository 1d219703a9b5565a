"""Every limit in the code is told in docs/limits.md, in both languages, with its value and its place."""

from __future__ import annotations

import ast
import re

import pytest
from test_readme import ROOT

from govlint.cli.check import check

CODE = ROOT / "govlint"
PAGES = ("docs/limits.md", "docs/limits.zh.md")
NAMES = re.compile(r"_?(?:MAX|MOST|LARGEST|LONGEST|DEEPEST|LEAST_MEMORY|PATIENCE|SECONDS|MEMORY|TIMEOUT)(?:_|$)")
"""What the constants are called that limit something."""
ROW = re.compile(
    r"^\| (?P<what>[^|]+) \| (?P<number>[0-9,]+)(?: (?P<unit>KB|MB|GB|%|s|秒))?"
    r" \| `(?P<file>[^`]+)` `(?P<name>[^`]+)` \|$"
)
UNITS = {"KB": 1 << 10, "MB": 1 << 20, "GB": 1 << 30, "%": 0.01, "s": 1, "秒": 1, None: 1}
NO_LIMITS = {
    ("binding/sections.py", "LONGEST"): "how long a line may be that looks like a heading",
    ("cli/naming.py", "_LONGEST"): "how long the name of an agency is",
    ("cli/watching.py", "PATIENCE"): "when a bar is shown",
    ("crosscheck/overlap.py", "_MOST"): "the largest number of two bytes",
    ("literals.py", "MOST"): "when looking for literals is given up, which only costs time",
    ("literals.py", "_LARGEST_RANGE"): "likewise",
    ("prose/reader.py", "_LONGEST_NAME"): "how long a name is",
    ("readers/docx/number_formats.py", "_MOST_LETTERS"): "how Word counts",
    ("readers/pdf/columns.py", "_MOST_LINES"): "what a table without ruling lines looks like",
    ("survey/unit_list.py", "_MAX_NOISE"): "what is no text",
}
"""Constants of such names that are none, and what they are."""


def constants() -> dict[tuple[str, str], float]:
    """The numbers that modules name: file and name → value."""
    found: dict[tuple[str, str], float] = {}
    for path in sorted(CODE.rglob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
                expression = ast.Expression(node.value)
                if not all(isinstance(part, ast.Constant | ast.BinOp | ast.operator | ast.Expression)
                           for part in ast.walk(expression)):  # fmt: skip
                    continue
                value = eval(compile(expression, str(path), "eval"))
                if isinstance(value, int | float):
                    found[path.relative_to(CODE).as_posix(), node.targets[0].id] = value
    return found


def told(page: str) -> dict[tuple[str, str], float]:
    rows = [line for line in (ROOT / page).read_text(encoding="utf-8").splitlines() if re.match(r"\|.*`", line)]
    matches = [ROW.match(line) for line in rows]
    assert all(matches), [line for line, match in zip(rows, matches, strict=True) if not match]
    found = {
        (match["file"], match["name"]): int(match["number"].replace(",", "")) * UNITS[match["unit"]]
        for match in matches
        if match
    }
    assert len(found) == len(rows), "a limit stands there twice"
    return found


@pytest.mark.parametrize("page", PAGES)
def test_every_limit_is_told(page):
    known = constants()
    limits = {key for key in known if NAMES.match(key[1])} - NO_LIMITS.keys()
    assert len(limits) > 40
    assert sorted(limits - told(page).keys()) == []


@pytest.mark.parametrize("page", PAGES)
def test_what_is_told_is_so(page):
    known = constants()
    (timeout,) = [param.default for param in check.params if param.name == "timeout"]
    known["cli/batching.py", "--timeout"] = timeout
    assert {key: known.get(key) for key in told(page)} == pytest.approx(told(page))


def test_exceptions_are_there():
    assert NO_LIMITS.keys() <= constants().keys()


def test_both_languages_tell_the_same():
    assert list(told(PAGES[0])) == list(told(PAGES[1]))
    assert told(PAGES[0]) == told(PAGES[1])


@pytest.mark.parametrize("name", ["SECURITY.md", "SECURITY.zh.md", *PAGES])
def test_links_lead_somewhere(name):
    page = ROOT / name
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        assert target.startswith("https://") or (page.parent / target).exists(), target

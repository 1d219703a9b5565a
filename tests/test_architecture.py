"""What keeps the house in order: small files, registries that resolve, report wording in data and not in code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

import govlint
from govlint.cli.main import COMMANDS
from govlint.readers import FILE_READERS, READERS, SUFFIXES
from govlint.writers import PARSE_WRITERS, WRITERS

PACKAGE = Path(govlint.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST = 300
HAN = re.compile("[\u2e80-\u2fdf\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def relative(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize("module", MODULES, ids=relative)
def test_files_are_short(module):
    lines = len(module.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST, f"{relative(module)} has {lines} lines; split it by what it is about"


@pytest.mark.parametrize("module", MODULES, ids=relative)
def test_modules_are_named_for_what_they_do(module):
    assert module.stem not in {"utils", "util", "helpers", "helper", "misc", "common"}


@pytest.mark.parametrize(
    ("name", "reference"),
    [
        pytest.param(name, reference, id=f"{registry}-{name}")
        for registry, entries in {
            "reader": READERS,
            "file-reader": FILE_READERS,
            "writer": WRITERS,
            "parse-writer": PARSE_WRITERS,
            "command": COMMANDS,
        }.items()
        for name, reference in entries.items()
    ],
)
def test_registries_name_what_exists(name, reference):
    module, colon, function = reference.partition(":")
    assert colon, f"{name}: write module:function"
    assert callable(getattr(import_module(module), function))


def test_suffixes_name_readers():
    assert set(SUFFIXES.values()) <= set(READERS)


@pytest.mark.parametrize("module", [module for module in MODULES if relative(module) != "chinese.py"], ids=relative)
def test_report_wording_is_data(module):
    """Chinese words stand in rules/ and in chinese.py; elsewhere only docstrings, comments and help have them."""
    source = module.read_text(encoding="utf-8")
    found = [
        f"line {node.lineno}: {node.value!r}"
        for node in strings_in_code(ast.parse(source))
        if HAN.search(node.value) and HAN.search(ast.get_source_segment(source, node) or "")
    ]
    assert not found, f"{relative(module)}: " + "; ".join(found)


def strings_in_code(tree: ast.AST) -> Iterator[ast.Constant]:
    """The string constants below a node, without docstrings and the help texts of commands."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue
        if isinstance(node, ast.keyword) and node.arg in {"help", "short_help", "epilog"}:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node
        yield from strings_in_code(node)

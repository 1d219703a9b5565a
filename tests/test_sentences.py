"""Mistakes in rules, packs and maps are told in Chinese too."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from calling import call
from test_cli import CLEAN

import govlint
from govlint import mistakes
from govlint.cli.translating import translated
from govlint.linter import load_linter
from govlint.model.errors import Sentence

PACKAGE = Path(govlint.__file__).parent
CHINESE = load_linter().data("locale/sentences.zh.yaml")
NAMES_OF_THINGS = {"table", "row", "column"}


def constants(tree: ast.AST) -> dict[str, str]:
    """The strings that have a name, wherever in a module."""
    return {
        target.id: node.value.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def templates() -> Iterator[tuple[str, set[str] | None]]:
    """Every template in the code, with the names of the params that it is given where they stand beside it."""
    for path in PACKAGE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        named = constants(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Sentence":
                first = node.args[0]
                params = {word.arg or "" for word in node.keywords}
                if isinstance(first, ast.Constant):
                    yield first.value, params
                elif isinstance(first, ast.Name) and first.id in named:
                    yield named[first.id], params
    for name in NAMES_OF_THINGS | {repr(name) for name in mistakes.TYPES}:
        yield name, set()
    for template in (*mistakes.LIMITS.values(), "{found!r} should be non-empty"):
        yield template, {"found", "limit"}


TEMPLATES = dict(templates())


def fields(template: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(template) if field}


def test_every_sentence_is_there_in_chinese_and_none_is_left_over():
    assert set(TEMPLATES) == set(CHINESE)
    assert len(TEMPLATES) > 40


@pytest.mark.parametrize("template", sorted(TEMPLATES))
def test_blanks_are_those_that_are_filled(template):
    assert fields(template) <= TEMPLATES[template]
    assert fields(CHINESE[template]) <= TEMPLATES[template]
    assert "!r" not in CHINESE[template]


def test_sentence_is_english_by_itself():
    hint = Sentence("; did you mean {name!r}?", name="severity")
    sentence = Sentence("unknown key {name!r}{hint}", name="sevrity", hint=hint)
    assert sentence == "unknown key 'sevrity'; did you mean 'severity'?"
    assert translated(sentence, "en") == sentence
    assert translated(sentence, "zh") == "没有“sevrity”这一项，是不是“severity”？"
    assert translated("words of somebody", "zh") == "words of somebody"
    assert translated(Sentence("not in the file {x}", x=1), "zh") == "not in the file 1"


def test_braces_in_what_people_write_stay_what_they_are():
    assert translated(Sentence("key {name!r} stands here twice", name="{0.x}"), "zh") == "“{0.x}”这一项写了两次"


RULE = "id: XX001\nname: own-rule\nseverity: info\ncheck: pattern\noptions: {patterns: [甲]}\n"


@pytest.mark.parametrize(
    ("text", "place", "chinese", "english"),
    [
        ("id: GL403\nseverity: eror\n", "2:11", "是不是“error”？", "did you mean 'error'?"),
        ("id: GL403\noptions: {left: other}\n", "2:17", "应当是列表，不能是“other”", "'other' is not of type 'array'"),
        ("id: GL403\noptions: {left: []}\n", "2:17", "不能为空", "[] should be non-empty"),
        ("id: GL403\noptions: {table: request}\n", "2:18", "没有表“request”，是不是“requests”？", "unknown table"),
        ("id: GL999\nseverity: info\n", "1:5", "没有可以修改的规则“GL999”", "no rule 'GL999' to change"),
        ("id: GL403\nid: GL403\n", "2:1", "“id”这一项写了两次", "stands here twice"),
        ("id: [GL403\n", "2:1", "YAML 写法有误（", "did not find expected"),
        (RULE.replace("XX001", "x1"), "1:5", "“x1”的写法不对", "'x1' does not match"),
        (RULE, "1:1", "没有写 ", "lacks "),
    ],
)
def test_mistake_in_a_pack(tmp_path, text, place, chinese, english):
    (tmp_path / "own.yaml").write_text(text, encoding="utf-8")
    for lang, said in (("zh", chinese), ("en", english)):
        ran = call("rules", "--rules", tmp_path, "--lang", lang)
        assert (ran.status, ran.out) == (2, "")
        assert any(
            line.startswith(f"{tmp_path}/own.yaml:{place}: ") and said in line for line in ran.err.splitlines()
        ), ran.err
        assert ran.err.splitlines()[-1].startswith("govlint: ")


def test_mistake_in_a_map(tmp_path):
    path = tmp_path / "map.yaml"
    path.write_text("government: 甲\nunit: [乙]\n", encoding="utf-8")
    ran = call("check", CLEAN, "--rollup", path)
    assert ran.status == 2
    assert f"{path}:2:1: 没有“unit”这一项（可用：government, units）" in ran.err
    assert f"{path}:1:1: 没有写 'units'" in ran.err


def test_hostile_words_of_a_file_do_nothing_to_a_terminal(tmp_path):
    (tmp_path / "own.yaml").write_text('id: GL403\n"a\\e[31mb\\n": 1\n', encoding="utf-8")
    for lang in ("zh", "en"):
        err = call("rules", "--rules", tmp_path, "--lang", lang).err
        assert "\x1b" not in err
        assert len(err.splitlines()) >= 2

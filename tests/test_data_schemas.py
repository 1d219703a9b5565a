"""Mistakes in edition files and in the file of facts are told at their line and column, all at once."""

from __future__ import annotations

import shutil

import pytest

from govlint.datafiles import DataFile, bundled_folder, load_folder
from govlint.linter import validate_bundle
from govlint.model.errors import Mistake, RuleError
from govlint.rulebook.form_validation import validate_forms
from govlint.yamlfile import parse_yaml

FOLDER = bundled_folder()
OLD, NEW, FACTS = (
    (FOLDER / name).read_text(encoding="utf-8") for name in ("editions/2019.yaml", "editions/2021.yaml", "facts.yaml")
)


def data_file(text: str, name: str) -> DataFile:
    return DataFile(name, name, "0", parse_yaml(text, name))


def mistakes(new: str = NEW, facts: str = FACTS, old: str = OLD) -> list[Mistake]:
    with pytest.raises(RuleError) as error:
        validate_forms([data_file(old, "2019.yaml"), data_file(new, "2021.yaml")], data_file(facts, "facts.yaml"))
    return list(error.value.mistakes)


def only(text: str, before: str, after: str) -> tuple[str, str]:
    """The text at the place where the one mistake is shown, and what it says, after an edit of a right file."""
    assert text.count(before) == 1, before
    edited = text.replace(before, after)
    (mistake,) = mistakes(**{("facts" if text is FACTS else "new"): edited})
    assert mistake.path == ("facts.yaml" if text is FACTS else "2021.yaml")
    return edited.splitlines()[mistake.line - 1][mistake.column - 1 :], mistake.message


def test_the_files_that_come_with_govlint_are_right():
    validate_forms([data_file(OLD, "2019.yaml"), data_file(NEW, "2021.yaml")], data_file(FACTS, "facts.yaml"))


@pytest.mark.parametrize(
    ("before", "after", "there", "message"),
    [
        ("years: {first: 2021}", "years: {frist: 2021}", "{frist", "lacks 'first'"),
        ("years: {first: 2021}", "years: {first: soon}", "soon", "is not of type 'integer'"),
        ("years: {first: 2021}", "years: {first: 2025, last: 2024}", "2024}", "2024 is before the first year, 2025"),
        ('id: "2021"', "id: latest", "latest", "does not match"),
        ('id: "2021"', 'id: "2019"', '"2019"', "edition '2019' is also in 2019.yaml"),
        ("years: {first: 2021}", "years: {first: 2020}", "2020}", "2019.yaml holds from before 2020 until 2020"),
        ("sections:\n", "section:\n", "id", "lacks 'sections'"),
        ("number: 5\n", "number: 6\n", "6", "5 is next"),
        ("    table: remedies\n", "    table: remedy\n", "remedy", "unknown table 'remedy'; did you mean 'remedies'?"),
        ("id: remedies\n    label", "id: legal\n    label", "remedies", "unknown table 'remedies'"),
        ("    section: 4\n", "    section: 5\n", "5", "section 5 does not name 'remedies' as its table"),
        ("printed: wide", "printed: broad", "broad", "'broad' is not one of rows, wide"),
        ("label: 规章}", "lable: 规章}", "{id: regulations", "lacks 'label'"),
        ("aliases: [规范性文件]", "alias: [规范性文件]", "alias:", "unknown key 'alias'; did you mean 'aliases'?"),
        ("value: amount,", "value: money,", "money", "'money' is not one of count, amount"),
        ("{id: in_force,", "{id: issued,", "issued", "column 'issued' is there already"),
        ("{id: coercion,", "{id: licensing,", "licensing", "row 'licensing' is there already"),
        ("{id: refused_by_law,", "{id: granted,", "granted", "row 'granted' is there already"),
        ("{id: charity,", "{id: Charity,", "Charity", "does not match"),
        ("id: article_20_8", "id: article_20_6", "article_20_6", "block 'article_20_6' is there already"),
        ("- group: （六）其他处理\n", "- groups: （六）其他处理\n", "groups: （六）", "unknown key 'groups'"),
        ("不足, 改进, 薄弱", "'不足(', 改进, 薄弱", "'不足('", "broken pattern: "),
        ("{zh: 表四, en: table 4}", "{zh: 表四}", "{zh: 表四}", "lacks 'en'"),
    ],
)
def test_one_mistake_in_an_edition(before, after, there, message):
    edited = NEW.replace(before, after)
    assert NEW.count(before) == 1
    found = mistakes(new=edited)
    shown = [(edited.splitlines()[one.line - 1][one.column - 1 :], one.message) for one in found]
    assert any(place.startswith(there) and message in told for place, told in shown), shown
    assert {one.path for one in found} == {"2021.yaml"}


@pytest.mark.parametrize(
    ("before", "after", "there", "message"),
    [
        ("preamble: '(?P<year>", "preamble: '(?P<yaer>", "'(?P<yaer>", "the pattern does not name 'year'"),
        ("(?:(?P<y2>20[0-9]{2}|", "(?:(?P<yy>20[0-9]{2}|", ">-", "the pattern does not name 'y2'"),
        ("{0,4}(?P<y1>", "{0,4}(?P<y>", "'(?:期限|时限|时段", "the pattern does not name 'y1'"),
        ("prefer: 工作年度报告", "prefer: '工作(年度报告'", "'工作(年度报告'", "broken pattern: "),
        ("longest: 70", "longest: many", "many", "is not of type 'integer'"),
        ("type: township", "type: village", "village", "'village' is not one of"),
        ("period_near:", "period_naer:", "period_naer:", "did you mean 'period_near'?"),
        ("must: ['信息公开', '年度?.{0,30}报告|年报']", "must: []", "[]", "non-empty"),
    ],
)
def test_one_mistake_in_the_facts(before, after, there, message):
    edited = FACTS.replace(before, after)
    assert FACTS.count(before) == 1
    shown = [(edited.splitlines()[one.line - 1][one.column - 1 :], one.message) for one in mistakes(facts=edited)]
    assert any(place.startswith(there) and message in told for place, told in shown), shown


def test_one_edit_makes_one_mistake():
    place, told = only(NEW, "printed: wide", "printed: broad")
    assert place == "broad"
    assert told.startswith("'broad' is not one of")
    assert only(FACTS, "longest: 70", "longest: 7")[0] == "7"


def test_several_mistakes_in_several_files_at_once_and_in_order():
    found = mistakes(
        NEW.replace("printed: wide", "printed: broad").replace("value: amount,", "value: money,"),
        FACTS.replace("longest: 70", "longest: many"),
        OLD.replace("years: {first: 2019, last: 2020}", "years: 2019"),
    )
    assert [one.path for one in found] == ["2019.yaml", "2021.yaml", "2021.yaml", "facts.yaml"]
    assert found[1].line < found[2].line


@pytest.mark.parametrize("text", ["", "- 甲\n", "甲\n", "1\n"])
def test_a_file_that_is_no_mapping(text):
    (found,) = mistakes(new=text)
    assert (found.path, found.line, found.column) == ("2021.yaml", 1, 1)
    (found,) = mistakes(facts=text)
    assert (found.path, found.line, found.column) == ("facts.yaml", 1, 1)


def test_rows_nested_too_deeply_have_an_end():
    rows = "[{group: 甲, rows: " * 10 + "[{id: deep, label: 甲}]" + "}]" * 10
    edited = NEW.replace("{id: coercion, label: 行政强制}", f"{{group: 甲, rows: {rows}}}")
    validate_forms([data_file(OLD, "2019.yaml"), data_file(edited, "2021.yaml")], data_file(FACTS, "facts.yaml"))


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("editions/2021.yaml", "printed: wide", "printed: broad"),
        ("editions/2019.yaml", "years: {first: 2019, last: 2020}", "years: {first: 2019, last: never}"),
        ("facts.yaml", "longest: 70", "longest: many"),
    ],
)
def test_a_mistake_is_told_when_the_data_are_loaded(tmp_path, monkeypatch, name, before, after):
    monkeypatch.setenv("GOVLINT_CACHE_DIR", str(tmp_path / "cache"))
    folder = tmp_path / "rules"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    load_folder(folder, validate_bundle)
    file = folder / name
    text = file.read_text(encoding="utf-8")
    assert text.count(before) == 1
    file.write_text(text.replace(before, after), encoding="utf-8")
    with pytest.raises(RuleError) as error:
        load_folder(folder, validate_bundle)
    (found,) = error.value.mistakes
    line = next(number for number, words in enumerate(text.splitlines(), 1) if before in words)
    assert (found.path, found.line) == (str(file), line)
    assert str(found).startswith(f"{file}:{line}:")

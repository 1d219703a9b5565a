"""Files of data: YAML with places, mistakes in rules at their lines, compiled copies."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from types import MappingProxyType

import pytest

from govlint.checks import KINDS
from govlint.datafiles import DataFile, cache_folder, load_folder
from govlint.linter import load_linter
from govlint.mistakes import suggest
from govlint.model.errors import Mistake, RuleError
from govlint.rulebook.loading import make_rules
from govlint.rulebook.validation import validate_rules
from govlint.yamlfile import MAX_NODES, parse_yaml

EDITIONS = load_linter().editions


def mistakes_of(text: str) -> list[tuple[int, int, str]]:
    with pytest.raises(RuleError) as error:
        parse_yaml(text, "a.yaml")
    assert {mistake.path for mistake in error.value.mistakes} == {"a.yaml"}
    return [(mistake.line, mistake.column, mistake.message) for mistake in error.value.mistakes]


# ---------------------------------------------------------------- YAML


def test_values():
    file = parse_yaml(
        "a: 1\nb: 1.5\nc: yes\nd: true\ne: null\nf: '1'\ng: 01\nh: -3\ni: ~\nj:\nk: 2021..\nl: 2024-01-31\nm: 1_000\n"
        "n: off\no: 12:30:00\np: |\n  甲\n  乙\n",
        "a.yaml",
    )
    assert file.data == {
        "a": 1, "b": 1.5, "c": "yes", "d": True, "e": None, "f": "1", "g": "01", "h": -3, "i": None, "j": None,
        "k": "2021..", "l": "2024-01-31", "m": 1000, "n": "off", "o": "12:30:00", "p": "甲\n乙\n",
    }  # fmt: skip


def test_places():
    file = parse_yaml("id: GL1\nlist:\n  - 甲\n  - {乙: 丙, 丁: [1, 2]}\n", "a.yaml")
    assert file.marks[()] == (1, 1)
    assert file.marks[("id",)] == (1, 5)
    assert file.marks[("id", "@key")] == (1, 1)
    assert file.marks[("list",)] == (3, 3)
    assert file.marks[("list", 1)] == (4, 5)
    assert file.marks[("list", 1, "乙")] == (4, 9)
    assert file.marks[("list", 1, "丁", 1)] == (4, 19)


def test_a_mistake_stands_at_the_nearest_node():
    file = parse_yaml("a:\n  b: 1\n", "a.yaml")
    assert file.mistake(("a", "b", "c", 3), "甲") == Mistake("a.yaml", 2, 6, "甲")
    assert file.mistake(("x",), "甲") == Mistake("a.yaml", 1, 1, "甲")
    assert str(file.mistake(("a", "b"), "甲")) == "a.yaml:2:6: 甲"


def test_an_empty_file():
    assert parse_yaml("", "a.yaml").data is None
    assert parse_yaml("# 甲\n", "a.yaml").data is None


def test_doubled_keys_are_told_all_at_once():
    assert mistakes_of("a: 1\nb: {c: 1, c: 2}\na: 3\n") == [
        (2, 11, "key 'c' stands here twice"),
        (3, 1, "key 'a' stands here twice"),
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\nb: [1, 2\n", 3),
        ("a: 1\nb: '甲\n", 3),
        ("a: 1\n  b: 2\n", 2),
        ("a: 1\n\tb: 2\n", 2),
        ("a: 1\nb: *c\n", 2),
        ("a: {b: 1}}\n", 1),
        ("a: 1\n---\nb: 2\n", 2),
        ("a: 1\nb: @c\n", 2),
    ],
)
def test_broken_syntax_has_its_line(text, line):
    ((found, _, message),) = mistakes_of(text)
    assert found == line
    assert message


@pytest.mark.parametrize("text", ["a: \x00\n", "a: \x07\n"])
def test_characters_that_yaml_does_not_allow(text):
    assert len(mistakes_of(text)) == 1


def test_aliases_are_counted_each_time():
    bomb = "a: &a [甲, 乙]\n" + "".join(
        f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    ((_, _, message),) = mistakes_of(bomb)
    assert "too large" in message


def test_an_alias_of_itself():
    ((_, _, message),) = mistakes_of("a: &a [甲, *a]\n")
    assert message


def test_aliases_within_reason():
    assert parse_yaml("a: &a [1, 2]\nb: *a\n", "a.yaml").data == {"a": [1, 2], "b": [1, 2]}


@pytest.mark.parametrize("depth", [70, 5_000])
def test_deep_nesting(depth):
    ((_, _, message),) = mistakes_of("[" * depth + "]" * depth)
    assert "deep" in message


def test_too_many_nodes():
    ((line, _, message),) = mistakes_of("- 1\n" * (MAX_NODES + 1))
    assert line == MAX_NODES
    assert "too large" in message


def test_tags_make_no_objects():
    assert parse_yaml("a: !!python/object/apply:os.getcwd []\n", "a.yaml").data == {"a": []}


# ---------------------------------------------------------------- rule files

RULE = """\
id: XX101
name: own-rule
severity: warning
check: balance
applies: {years: "2021.."}
options:
  table: requests
  each: row
  left: [natural_person, other]
  right: [total]
title: {zh: 题, en: title}
message:
  zh: "{row}差{difference}"
  en: "{row}: {difference}"
why: {zh: 因, en: why}
basis: [{document: practice}]
examples:
  - bad: {cell: {requests.received.total: "5"}}
"""
PATTERN = """\
id: XX102
name: own-words
severity: info
check: pattern
options:
  any: ['甲', '乙']
title: {zh: 题, en: title}
message: {zh: "{printed}", en: "{printed}"}
why: {zh: 因, en: why}
basis: []
examples:
  - good: {year: 2022}
"""


def data_file(text: str, name: str = "own.yaml") -> DataFile:
    return DataFile(name, name, "0", parse_yaml(text, name))


def rule_mistakes(*texts: str) -> list[Mistake]:
    with pytest.raises(RuleError) as error:
        validate_rules([data_file(text, f"{n}.yaml") for n, text in enumerate(texts)], KINDS, EDITIONS)
    return list(error.value.mistakes)


def only_mistake(text: str, old: str, new: str) -> tuple[str, str]:
    """The line on which the one mistake is shown, and what it says, after an edit of a right rule."""
    assert text.count(old) == 1
    edited = text.replace(old, new)
    (mistake,) = rule_mistakes(edited)
    return edited.splitlines()[mistake.line - 1][mistake.column - 1 :], mistake.message


def test_right_rules_pass_and_load():
    files = [data_file(PATTERN, "b.yaml"), data_file(RULE, "a.yaml")]
    validate_rules(files, KINDS, EDITIONS)
    first, second = make_rules(files, KINDS)
    assert (first.id, first.name, first.severity, first.applies.first, first.applies.last) == (
        "XX101", "own-rule", "warning", 2021, None,
    )  # fmt: skip
    assert first.examples[0].line == 18
    assert (first.examples[0].bad, second.examples[0].bad) == (True, False)
    assert second.applies.first is None


@pytest.mark.parametrize(
    ("years", "first", "last"), [("2021..", 2021, None), ("..2020", None, 2020), ("2019..2020", 2019, 2020)]
)
def test_years(years, first, last):
    (rule,) = make_rules([data_file(RULE.replace('"2021.."', f'"{years}"'))], KINDS)
    assert (rule.applies.first, rule.applies.last) == (first, last)


def test_a_single_year():
    file = data_file(RULE.replace('"2021.."', '"2020"'))
    validate_rules([file], KINDS, EDITIONS)
    (rule,) = make_rules([file], KINDS)
    assert (rule.applies.first, rule.applies.last) == (2020, 2020)


@pytest.mark.parametrize(
    ("old", "new", "there", "message"),
    [
        ("applies:", "aplies:", "aplies: {", "unknown key 'aplies'; did you mean 'applies'?"),
        ("severity: warning", "severity: warn", "warn", "did you mean 'warning'?"),
        ("check: balance", "check: balanced", "balanced", "did you mean 'balance'?"),
        ("  each: row", "  each: row\n  relations: equal", "relations: equal", "did you mean 'relation'?"),
        ("each: row", "each: cell", "cell", "'cell' is not one of row, column"),
        ("table: requests", "table: request", "request", "unknown table 'request'; did you mean 'requests'?"),
        ("natural_person,", "natural_persons,", "natural_persons", "did you mean 'natural_person'?"),
        ("[total]", "[totals]", "totals]", "unknown column 'totals'; did you mean 'total'?"),
        ("[total]", '["-totals"]', '"-totals"]', "unknown column 'totals'; did you mean 'total'?"),
        ("[total]", "[]", "[]", "non-empty"),
        ('"{row}差{difference}"', '"{row}差{diference}"', '"{row}差{diference}"', "did you mean 'difference'?"),
        ('"{row}差{difference}"', '"{row差"', '"{row差"', "broken message"),
        ('  en: "{row}: {difference}"\n', "", "zh:", "lacks 'en'"),
        ("title: {zh: 题, en: title}", "title: {zh: 题}", "{zh: 题}", "lacks 'en'"),
        ("title: {zh: 题, en: title}", "title: {zh: '', en: title}", "'', en", ""),
        ('"2021.."', '"since 2021"', '"since 2021"', "since 2021"),
        ("id: XX101", "id: 101", "101", ""),
        ("name: own-rule", "name: Own Rule", "Own Rule", "Own Rule"),
        ("- bad:", "- worse:", "worse:", "unknown key 'worse'"),
        ("{cell: {", "{cels: {", "cels:", "did you mean 'cell'?"),
    ],
)
def test_one_mistake_at_its_place(old, new, there, message):
    place, told = only_mistake(RULE, old, new)
    assert place.startswith(there)
    assert message in told
    assert told


def test_a_misspelt_key_that_must_be_there():
    first, second = rule_mistakes(RULE.replace("severity:", "severty:"))
    assert (first.line, first.message) == (1, "lacks 'severity'")
    assert (second.line, second.column) == (3, 1)
    assert second.message == "unknown key 'severty'; did you mean 'severity'?"


def test_rows_for_columns():
    edited = RULE.replace("each: row", "each: column").replace("[natural_person, other]", "[received, carried_inn]")
    edited = edited.replace("[total]", "[carried_out]")
    (mistake,) = rule_mistakes(edited)
    assert (mistake.line, mistake.message) == (9, "unknown row 'carried_inn'; did you mean 'carried_in'?")


def test_a_row_that_no_edition_has():
    edited = RULE.replace("  each: row\n", "  each: row\n  rows: [received, other_handling, granteed]\n")
    (mistake,) = rule_mistakes(edited)
    assert (mistake.line, mistake.message) == (9, "unknown row 'granteed'; did you mean 'granted'?")


@pytest.mark.parametrize("pattern", ["'甲('", "'[乙'", "'*'", "'(?P<n>甲)(?P<n>乙)'"])
def test_a_broken_pattern(pattern):
    place, told = only_mistake(PATTERN, "'乙'", pattern)
    assert place.startswith(pattern)
    assert told.startswith("broken pattern: ")


def test_a_broken_pattern_deep_inside():
    edited = PATTERN.replace("check: pattern", "check: aspects").replace('"{printed}"', '"{aspects}"')
    edited = edited.replace("  any: ['甲', '乙']", "  section: 1\n  aspects:\n    - name: 甲\n      any: ['甲', '乙(']")
    (mistake,) = rule_mistakes(edited)
    assert (mistake.line, mistake.column) == (9, 18)
    assert mistake.message.startswith("broken pattern: ")


def test_an_option_of_another_kind():
    place, told = only_mistake(PATTERN, "options:\n", "options:\n  table: requests\n")
    assert place.startswith("table: requests")
    assert "unknown key 'table'" in told


def test_the_same_id_and_name_twice():
    first, second = rule_mistakes(RULE, RULE)
    assert (first.path, first.line, second.path, second.line) == ("1.yaml", 1, "1.yaml", 2)
    assert first.message == "id 'XX101' is also in 0.yaml"
    assert second.message == "name 'own-rule' is also in 0.yaml"


def test_several_mistakes_in_several_files_at_once_and_in_order():
    one = RULE.replace("severity: warning", "severity: warn").replace("why:", "wy:").replace("  en:", "  eng:")
    two = PATTERN.replace("'乙'", "'乙('")
    found = [(mistake.path, mistake.line) for mistake in rule_mistakes(one, two)]
    assert found == sorted(found)
    assert {("0.yaml", 3), ("0.yaml", 14), ("0.yaml", 15), ("1.yaml", 6)} <= set(found)


def test_a_file_that_is_no_mapping():
    for text in ("- 甲\n", "甲\n", ""):
        (mistake,) = rule_mistakes(text)
        assert (mistake.path, mistake.line) == ("0.yaml", 1)


def test_suggestions_only_for_what_is_close():
    assert suggest("sevrity", ["severity", "name"]) == "; did you mean 'severity'?"
    assert suggest("xyz", ["severity", "name"]) == ""


# ---------------------------------------------------------------- compiled copies


@pytest.fixture
def cache(tmp_path, monkeypatch):
    folder = tmp_path / "cache"
    monkeypatch.setenv("GOVLINT_CACHE_DIR", str(folder))
    return folder


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "data"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.yaml").write_text("甲: 1\n", encoding="utf-8")
    (folder / "sub" / "b.yaml").write_text("\ufeff乙: [1, 2]\n", encoding="utf-8")
    (folder / "note.txt").write_text("甲: 2\n", encoding="utf-8")
    return folder


class Counting:
    """Counts how often files are validated."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, files: Sequence[DataFile]) -> None:
        self.calls += 1


def load(folder: Path, validate: Counting, *, fresh: bool = False) -> dict[str, object]:
    return {name: file.data for name, file in load_folder(folder, validate, fresh=fresh).items()}


WANTED = MappingProxyType({"a.yaml": {"甲": 1}, "sub/b.yaml": {"乙": [1, 2]}})


def test_where_copies_are_kept(cache, monkeypatch, tmp_path):
    assert cache_folder() == cache
    monkeypatch.delenv("GOVLINT_CACHE_DIR")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert cache_folder() == tmp_path / "xdg" / "govlint" or os.name == "nt"


def test_the_second_time_the_copy_is_used(cache, data):
    validate = Counting()
    assert load(data, validate) == WANTED
    (copy,) = cache.iterdir()
    copy.write_bytes(copy.read_bytes().replace('{"甲":1}'.encode(), '{"甲":"from the copy"}'.encode()))
    assert load(data, validate)["a.yaml"] == {"甲": "from the copy"}
    assert validate.calls == 1


def test_copy_and_original_say_the_same(cache, data):
    first, second = (load_folder(data, Counting()) for _ in range(2))
    assert [(f.name, f.path, f.hash, f.data) for f in first.values()] == [
        (f.name, f.path, f.hash, f.data) for f in second.values()
    ]
    assert first["a.yaml"].yaml.marks
    assert not second["a.yaml"].yaml.marks


def test_fresh_reads_the_yaml_with_its_places(cache, data):
    load(data, Counting())
    files = load_folder(data, validate := Counting(), fresh=True)
    assert files["sub/b.yaml"].yaml.marks[("乙", 1)] == (1, 8)
    assert validate.calls == 1


def test_a_change_is_seen_at_once(cache, data):
    validate = Counting()
    load(data, validate)
    (data / "a.yaml").write_text("甲: 3\n", encoding="utf-8")
    assert load(data, validate)["a.yaml"] == {"甲": 3}
    (data / "sub" / "c.yaml").write_text("丙: 4\n", encoding="utf-8")
    assert load(data, validate)["sub/c.yaml"] == {"丙": 4}
    (data / "a.yaml").rename(data / "z.yaml")
    assert list(load(data, validate)) == ["sub/b.yaml", "sub/c.yaml", "z.yaml"]
    assert validate.calls == 4


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{", b"\xff\xfe", b"[]", b"null", b"{}", b'"text"',
        b'{"a.yaml": 1, "sub/b.yaml": 2}', b'{"a.yaml": ["x"], "sub/b.yaml": ["x", 1, 2]}',
        b'{"a.yaml": null, "sub/b.yaml": null}',
    ],
)  # fmt: skip
def test_a_broken_copy_is_made_anew(cache, data, content):
    load(data, Counting())
    (copy,) = cache.iterdir()
    copy.write_bytes(content)
    validate = Counting()
    assert load(data, validate) == WANTED
    assert load(data, validate) == WANTED
    assert validate.calls == 1


def test_mistakes_are_not_compiled(cache, data):
    def refuse(files: Sequence[DataFile]) -> None:
        raise RuleError([files[0].yaml.mistake((), "甲")])

    for _ in range(2):
        with pytest.raises(RuleError):
            load_folder(data, refuse)
    (data / "a.yaml").write_text("甲: [\n", encoding="utf-8")
    with pytest.raises(RuleError) as error:
        load_folder(data, Counting())
    assert error.value.mistakes[0].path == str(data / "a.yaml")


def test_a_cache_folder_that_cannot_be_made(data, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("GOVLINT_CACHE_DIR", str(tmp_path / "file" / "cache"))
    validate = Counting()
    assert load(data, validate) == WANTED
    assert load(data, validate) == WANTED
    assert validate.calls == 2


def test_a_cache_folder_that_cannot_be_written(cache, data, monkeypatch):
    def refuse(*arguments: object, **options: object) -> int:
        raise PermissionError(13, "not allowed")

    monkeypatch.setattr(Path, "write_bytes", refuse)
    assert load(data, Counting()) == WANTED
    assert not list(cache.iterdir())


def test_a_copy_that_cannot_be_put_in_place_leaves_nothing(cache, data, monkeypatch):
    def refuse(*arguments: object) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "replace", refuse)
    assert load(data, Counting()) == WANTED
    assert not list(cache.iterdir())


def test_the_bundled_data_loads_from_its_copy(cache):
    fresh, copied = load_linter(fresh=True), [load_linter() for _ in range(2)][-1]
    assert [rule.id for rule in copied.rules] == [rule.id for rule in fresh.rules]
    assert [rule.hash for rule in copied.rules] == [rule.hash for rule in fresh.rules]
    assert copied.editions == fresh.editions

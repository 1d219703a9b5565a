"""Files of waivers: what may stand in them, mistakes at their place, and edits that leave every other byte alone."""

from __future__ import annotations

import json
import os
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from linked import LINTER
from test_cli import here as govlint
from waiving import ENGLISH, entry, read

from govlint.handbook.waivers_guide import PUBLISHED, waivers_schema_text
from govlint.model.errors import ConfigError
from govlint.model.waiver import Waiver
from govlint.waivers.editing import NotEditableError, added, entry_lines, quoted, removed
from govlint.waivers.file import MAX_BYTES, parse_waivers, read_waivers
from govlint.waivers.schema import SCHEMA
from govlint.writers.language import Language
from govlint.yamlfile import YamlFile, parse_yaml

CHINESE = Language("zh", LINTER.data("locale/zh.yaml"))
ONE = {"rule": "GL501", "path": "a.txt", "subject": "section.6", "reason": "r"}


def mistakes(text: str | bytes, language: Language = ENGLISH) -> list[tuple[int, int, str]]:
    data = text.encode() if isinstance(text, str) else text
    with pytest.raises(ConfigError) as caught:
        parse_waivers(data, "w.yaml", "file", language)
    assert {mistake.path for mistake in caught.value.mistakes} == {"w.yaml"}
    return [(mistake.line, mistake.column, mistake.message) for mistake in caught.value.mistakes]


# What may stand there


def test_all_keys():
    (waiver,) = read(
        entry(
            rule="fee-statement-missing",
            path='"报告/2023年/a b.html"',
            subject='" section.6 "',
            found="12",
            seen="012345678901",
            times=3,
            reason='" so it  is\n  there "',
            author="王",
            expires="2026-12-31",
            message="words",
        )
    ).waivers
    assert waiver == Waiver(
        kind="file",
        path="waivers.yaml",
        line=2,
        rule="fee-statement-missing",
        report="报告/2023年/a b.html",
        reason="so it is there",
        subject="section.6",
        seen="012345678901",
        found="12",
        times=3,
        author="王",
        expires="2026-12-31",
    )


@pytest.mark.parametrize(
    "text", ["", "# nothing\n", "waivers:\n", "waivers: []\n", "waivers: null\n", "\ufeffwaivers:\n"]
)
def test_none_at_all(text):
    assert read(text).waivers == ()


def test_lines_and_compiled_copy(tmp_path):
    path = tmp_path / "w.yaml"
    path.write_text(
        "# head\n" + entry() + "\n# more\n- rule: GL301\n  path: b.txt\n  subject: x\n  reason: r\n", "utf-8"
    )
    for _ in range(2):
        assert [waiver.line for waiver in read_waivers(str(path), "baseline", ENGLISH).waivers] == [3, 9]


@pytest.mark.parametrize(
    ("keys", "line", "column", "words"),
    [
        ({"reason": '""'}, 5, 11, "must not be empty"),
        ({"reason": '" \u3000 "'}, 5, 11, "must not be empty"),
        ({"reason": "[a]"}, 5, 11, "should be text"),
        ({"subject": '"\u200b"'}, 4, 12, "must not be empty"),
        ({"subject": "12"}, 4, 12, "should be text"),
        ({"expires": "2026-02-30"}, 6, 12, "“2026-02-30” is no date"),
        ({"expires": "20261231"}, 6, 12, "should be text"),
        ({"expires": "'20261231'"}, 6, 12, "is no date"),
        ({"times": "0"}, 6, 10, "should be at least 1"),
        ({"times": "many"}, 6, 10, "should be a whole number"),
        ({"seen": "xyz"}, 6, 9, "does not match"),
        ({"reasn": "x"}, 6, 3, "there is no key “reasn”; did you mean “reason”?"),
        ({"path": "/etc/passwd"}, 3, 9, "is no path from the folder of this file"),
        ({"path": '"C:/a.txt"'}, 3, 9, "is no path from the folder of this file"),
        ({"path": '"a\\0/b.txt"'}, 3, 9, "is no path from the folder of this file"),
        ({"path": "a/../../b.txt"}, 3, 9, "is no path from the folder of this file"),
        ({"path": '"a\\\\b.txt"'}, 3, 9, "is no path from the folder of this file"),
    ],
)
def test_mistakes_at_their_place(keys, line, column, words):
    ((at_line, at_column, message),) = mistakes(entry(**keys))
    assert (at_line, at_column) == (line, column)
    assert words in message


def test_all_mistakes_at_once_in_the_language():
    text = "waivers:\n- rule: GL501\n- path: a.txt\n  reasn: r\nwaiver: x\n"
    found = mistakes(text, CHINESE)
    assert [line for line, _, _ in found] == [2, 3, 4, 5]
    assert any("没有写 path, subject, reason" in message for _, _, message in found)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("- rule: GL501\n", 1, "should be a mapping"),
        ("waivers: x\n", 1, ""),
        ("other: []\n", 1, ""),
        ("waivers:\n- x\n", 2, "should be a mapping"),
        ("waivers:\n- {rule: [\n", 3, "not valid YAML"),
        ("waivers:\nwaivers:\n", 2, "twice"),
        (b"waivers:\n- rule: \xc0\xff\n", 2, "UTF-8"),
        ("a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
            f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 10)}]\n" for n in range(8)
        ), None, "too large or nested too deeply"),
        ("[" * 5000, None, ""),
        (b"#" * (MAX_BYTES + 1), 1, "over the limit"),
    ],
    ids=["list", "text", "other-key", "no-mapping", "syntax", "doubled", "bytes", "bomb", "deep", "huge"],
)  # fmt: skip
def test_hostile_files(text, line, words):
    begun = time.process_time()
    found = mistakes(text)
    assert line is None or found[0][0] == line
    assert words in found[0][2]
    assert time.process_time() - begun < 10


def test_file_that_is_not_there(tmp_path):
    for path, words in ((tmp_path / "no.yaml", "no such file"), (tmp_path, "a folder")):
        with pytest.raises(ConfigError, match=words):
            read_waivers(str(path), "baseline", ENGLISH)


def test_schema_is_published_and_described():
    path = Path(__file__).parent.parent / "rules" / PUBLISHED
    text = waivers_schema_text(LINTER)
    if os.environ.get("GOVLINT_UPDATE") == "1":
        path.write_text(text, encoding="utf-8", newline="\n")
    assert path.read_text("utf-8") == text == govlint("schema", "waivers").out
    published = json.loads(text)
    Draft202012Validator.check_schema(published)
    keys = published["properties"]["waivers"]["items"]["properties"]
    assert keys.keys() == SCHEMA["properties"]["waivers"]["items"]["properties"].keys()
    assert all(re.search("[a-z].*\n\n.*[\u4e00-\u9fff]", each["description"], re.S) for each in keys.values())
    assert not list(Draft202012Validator(published).iter_errors({"waivers": [ONE]}))


# Edits


def adding(text: str, *entries: dict[str, object]) -> str:
    return added(text, parse_yaml(text, "w.yaml") if text.strip() else YamlFile("w.yaml", None), entries or [ONE])


LINES = '- rule: GL501\n{0}  path: "a.txt"\n{0}  subject: "section.6"\n{0}  reason: "r"\n'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "waivers:\n  {}"),
        ("# 注\n", "# 注\nwaivers:\n  {}"),
        ("# 注", "# 注\nwaivers:\n  {}"),
        ("waivers:\n", "waivers:\n  {}"),
        ("waivers:", "waivers:\n  {}"),
        ("waivers: []  # 注\n", "waivers: # 注\n  {}"),
        ("waivers: ~\n\n# 尾\n", "waivers:\n\n# 尾\n  {}"),
    ],
)
def test_added_to_a_file_without_any(before, after):
    assert adding(before) == after.format(LINES.format("  "))


OLD = "rule: GL301\n{0}path: 'b.txt'  # 注\n\n{0}subject: x\n{0}reason: >\n{0}  folded\n{0}  # no comment\n"


@pytest.mark.parametrize("indent", ["", "  ", "    "])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_added_behind_others(indent, newline):
    old = f"# head\nwaivers:\n{indent}# first\n{indent}-   " + OLD.format(indent + "    ") + "# tail\n"
    old = old.replace("\n", newline)
    after = adding(old)
    assert after == old + (indent + LINES.format(indent)).replace("\n", newline)
    assert parse_yaml(after, "").data["waivers"][0]["reason"] == "folded # no comment\n"


def test_dash_on_its_own_line():
    old = "waivers:\n  -\n    " + OLD.format("    ")
    assert adding(old) == old + "  " + LINES.format("  ")
    assert removed(old, parse_yaml(old, ""), [0]) == "waivers:\n"


@pytest.mark.parametrize(
    "text",
    [
        "waivers: [{rule: GL1, path: a, subject: b, reason: c}]\n",
        "{waivers: []}\n",
        "waivers:\n- {rule: GL1, path: a, subject: b, reason: c}\n...\n",
        "waivers: !!seq []\n",
    ],
)
def test_what_is_left_alone(text):
    with pytest.raises(NotEditableError):
        adding(text)


def test_removed():
    text = "# head\nwaivers:\n" + "".join(
        f"  # over {n}\n  - rule: GL{n}\n    path: a\n\n    reason: r\n\n" for n in "123"
    )
    yaml = parse_yaml(text, "")
    for gone in ([0], [1], [2], [0, 2], [0, 1, 2]):
        after = removed(text, yaml, gone)
        assert [each["rule"] for each in parse_yaml(after, "").data["waivers"] or ()] == [
            f"GL{n + 1}" for n in range(3) if n not in gone
        ]
        assert after.count("# over") == 3
        kept = [line for line in text.split("\n") if line.strip()]
        assert [line for line in after.split("\n") if line.strip()] == [
            line for n, line in enumerate(kept) if n < 2 or (n - 2) // 4 not in gone or line.startswith("  #")
        ]


HOSTILE = st.text(
    st.one_of(st.sampled_from("\"\\'#:-{}[]&*!|>%@` \n\r\t\0\x07\x85\u2028\u202e\ufeff\ufffe甲𠮷"), st.characters())
)


@given(HOSTILE, HOSTILE)
@settings(max_examples=200, deadline=None)
def test_any_words_come_back(subject, reason):
    found = parse_yaml(adding("", {**ONE, "subject": subject, "reason": reason}), "").data["waivers"][0]
    for key, words in (("subject", subject), ("reason", reason)):
        assert found[key] == re.sub("[\ud800-\udfff]", "?", words)


def test_quoted_is_one_plain_line():
    assert quoted('a"\\\n\x1b[2J\u202e𠮷') == '"a\\"\\\\\\u000a\\u001b[2J\\u202e𠮷"'
    assert entry_lines({"rule": "GL1", "times": 2, "expires": "2026-12-31"}, 0) == [
        "- rule: GL1", "  times: 2", "  expires: 2026-12-31"
    ]  # fmt: skip

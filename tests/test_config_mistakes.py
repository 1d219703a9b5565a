"""Mistakes in configurations: each at its line and column, all at once, in the language of whoever wrote them."""

from __future__ import annotations

import pytest
from configs import BAD, grow, run

from govlint.config.loading import DEEPEST, LARGEST
from govlint.datafiles import LARGEST_FILE, MOST_FILES

CONFIG = ".govlint.yaml"


@pytest.fixture
def tree(tmp_path):
    return grow(tmp_path)


def told(tree, text: str | bytes, *options: object, **files: str) -> list[str]:
    """What is said of a configuration, line by line, without how many mistakes there are."""
    folder = tree({CONFIG: text, "a.md": BAD, **files})
    ran = run(folder, "check", "a.md", *options)
    assert ran.status == 2
    assert ran.out == ""
    return [line for line in ran.err.splitlines() if not line.startswith("govlint: ")]


@pytest.mark.parametrize(
    ("text", "place", "zh", "en"),
    [
        (
            "fail-on: error\nignroe: [GL301]\n",
            "2:1",
            "没有“ignroe”这一项，是不是“ignore”？",
            "there is no key “ignroe”; did you mean “ignore”?",
        ),
        (
            "fail-on: warn\n",
            "1:10",
            "“warn”不对，只能是 error, warning, info, never，是不是“warning”？",
            "“warn” is not one of error, warning, info, never; did you mean “warning”?",
        ),
        (
            "ignore: GL301\n",
            "1:9",
            "应当是列表（每行以“- ”开头，或者写成 [甲, 乙]）",
            "should be a list (lines that begin with “- ”, or [a, b])",
        ),
        (
            "ignore:\n  - 301\n",
            "2:5",
            "应当是文字；看起来像数的要加引号",
            "should be text (in quotes where it looks like a number)",
        ),
        (
            "severity: [GL301]\n",
            "1:11",
            "应当是“名称: 内容”，每行一项",
            "should be a mapping (lines of “key: value”)",
        ),
        ("strict: perhaps\n", "1:9", "应当是 true 或者 false", "should be true or false"),
        ("select: []\n", "1:9", "不能为空", "must not be empty"),
        (
            "files:\n  - unit-type: township\n",
            "2:5",
            "没有写 path",
            "path must be given",
        ),
        (
            "files: [{path: a}]\n",
            "1:9",
            "至少要写一项：unit-type, agency",
            "one of these must be given: unit-type, agency",
        ),
        (
            "files:\n  - path: a\n    unit-type: village\n",
            "3:16",
            "“village”不对，只能是 department, office, government, township",
            "“village” is not one of department, office, government, township",
        ),
        (
            "ignore: [GL301, GL3O2]\n",
            "1:17",
            "没有规则“GL3O2”，是不是“GL302”？",
            "there is no rule “GL3O2”; did you mean “GL302”?",
        ),
        (
            "severity:\n  cell-blnak: off\n",
            "2:3",
            "没有规则“cell-blnak”，是不是“cell-blank”？",
            "there is no rule “cell-blnak”; did you mean “cell-blank”?",
        ),
        (
            "per-file-ignores:\n  '*.md': [ZZ9]\n",
            "2:12",
            "没有规则“ZZ9”",
            "there is no rule “ZZ9”",
        ),
        (
            "options:\n  GL7:\n    by: {}\n",
            "2:3",
            "没有规则“GL7”",
            "there is no rule “GL7”",
        ),
        (
            "severity: {GL301: off, cell-blank: info}\n",
            "1:24",
            "“GL301”和“cell-blank”是同一条规则",
            "“GL301” and “cell-blank” are the same rule",
        ),
        (
            "options:\n  GL701:\n    by: {department: soon}\n",
            "3:22",
            "“soon”的写法不对，应当符合",
            "“soon” does not match",
        ),
        (
            "options:\n  published-late:\n    yb: {}\n",
            "3:5",
            "没有“yb”这一项",
            "there is no key “yb”",
        ),
        (
            "options:\n  GL901:\n    patterns: []\n",
            "3:5",
            "没有“patterns”这一项",
            "there is no key “patterns”",
        ),
        ("exclude: ['a\\b']\n", "1:11", "请把 \\ 写成 /", "write / instead of \\"),
        (
            "exclude: ['!a']\n",
            "1:11",
            "这里不支持以 ! 开头（表示例外）的写法",
            "patterns that begin with ! (exceptions) are not known here",
        ),
        (
            "link: off\nrollup: folder\n",
            "2:9",
            "rollup 要比较几份报告，不能和 link off 一起用",
            "rollup compares reports; it cannot go with link off",
        ),
        (
            "required-version: newest\n",
            "1:19",
            "“newest”不是版本号，应当像 0.2 这样写",
            "“newest” is no version, as 0.2 is",
        ),
        (
            "extend: [shared]\n",
            "1:10",
            "没有这个文件或者文件夹：shared",
            "there is no such file or folder: shared",
        ),
        (
            "extend: [a.md]\n",
            "1:10",
            "a.md 既不是放规则的文件夹，也不是配置文件（.yaml）",
            "a.md is neither a folder of rules nor a configuration (.yaml)",
        ),
        ("lang: [zh\n", "2:1", "YAML 写法有误（did not find expected", "did not find expected"),
        (
            "strict: true\nstrict: false\n",
            "2:1",
            "“strict”这一项写了两次",
            "key 'strict' stands here twice",
        ),
        ("just words\n", "1:1", "应当是“名称: 内容”，每行一项", "should be a mapping (lines of “key: value”)"),
    ],
    ids=str,
)
def test_a_mistake_has_its_place_and_words_in_both_languages(tree, text, place, zh, en):
    for lang, words in (("zh", zh), ("en", en)):
        found = told(tree, text, "--lang", lang)
        assert any(line.startswith(f"{CONFIG}:{place}: {words}") for line in found), found


def test_all_mistakes_are_told_at_once(tree):
    text = "fail-on: warn\nlnag: zh\nstrict: 1\n"
    assert [line.split(" ")[0] for line in told(tree, text)] == [f"{CONFIG}:{at}:" for at in ("1:10", "2:1", "3:9")]
    names = "ignore: [XX1]\nselect: [XX2]\noptions: {GL701: {x: 1}}\nper-file-ignores: {a: [XX3]}\n"
    assert [line.split(" ")[0] for line in told(tree, names)] == [
        f"{CONFIG}:{place}:" for place in ("1:10", "2:10", "3:19", "4:24")
    ]


def test_mistakes_of_all_files_are_told_at_once(tree):
    found = told(tree, "extend: [base.yaml, gone.yaml]\n", **{"base.yaml": "lnag: zh\n"})
    assert [line.split(": ")[0] for line in found] == ["base.yaml:1:1", f"{CONFIG}:1:21"]


def test_they_are_told_in_the_language_of_the_configuration_unless_another_is_asked_for(tree):
    text = "lang: en\nignroe: []\n"
    assert "there is no key" in told(tree, text)[0]
    assert "没有" in told(tree, text, "--lang", "zh")[0]
    (count,) = [line for line in run(tree({}), "check", "a.md").err.splitlines() if line.startswith("govlint: ")]
    assert count.isascii()


def test_an_empty_configuration_says_nothing(tree):
    for text in ("", "# nothing yet\n", "{}\n", "﻿# with a mark\nfail-on: error\n"):
        assert run(tree({CONFIG: text, "a.md": BAD}), "check", "a.md").status == 1


def test_another_version_is_the_only_thing_told(tree):
    text = "required-version: '99.1'\nkey-of-the-future: 1\n"
    (line,) = told(tree, text, "--lang", "en")
    assert line.startswith(f"{CONFIG}:1:19: asks for govlint 99.1 or later; this is ")
    assert run(tree({CONFIG: "required-version: '0.0.9'\n"}), "check", "a.md").status == 1


@pytest.mark.parametrize("version", ["0.1", "0.1.0", "0.0.99", "0"])
def test_this_version_is_late_enough(tree, version):
    assert run(tree({CONFIG: f"required-version: '{version}'\n", "a.md": BAD}), "check", "a.md").status == 1


def test_circles_are_mistakes(tree):
    found = told(tree, "extend: [b.yaml]\n", "--lang", "en", **{"b.yaml": f"strict: true\nextend: [{CONFIG}]\n"})
    assert found == [f"b.yaml:2:10: these configurations build on each other in a circle: {CONFIG} → b.yaml → {CONFIG}"]
    assert "circle: .govlint.yaml → .govlint.yaml" in told(tree, f"extend: [{CONFIG}]\n", "--lang", "en")[0]


def test_long_chains_end(tree):
    files = {f"c{number}.yaml": f"extend: [c{number + 1}.yaml]\n" for number in range(DEEPEST + 5)}
    (line,) = told(tree, "extend: [c0.yaml]\n", "--lang", "en", **files)
    assert line == f"c{DEEPEST - 2}.yaml:1:10: more than {DEEPEST} configurations build on each other"


def test_other_encodings_are_told(tree):
    (line,) = told(tree, "strict: true\nexclude: [草稿]\n".encode("gb18030"), "--lang", "en")
    assert line == f"{CONFIG}:2:1: should be written in UTF-8"


def test_huge_files_are_not_read(tree):
    (line,) = told(tree, "# " + "x" * LARGEST, "--lang", "en")
    assert line == f"{CONFIG}:1:1: larger than {LARGEST} bytes; this is no configuration"


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\n"
        + "".join(f"c{n}: &c{n} [{', '.join([f'*c{n - 1}' if n else '*b'] * 9)}]\n" for n in range(8)),
        "a: " + "[" * 5000,
        '"\\e]0;title\\a": 1\n',
        "exclude: ['\\u202e']\n".replace("'", '"') + "x: 1\n",
        "!!python/object/apply:os.system [echo]\n",
        "%YAML 9.9\n---\n",
        "a: \0\n",
    ],
    ids=["laughs", "deep", "escapes", "bidi", "python", "version", "nul"],
)
def test_hostile_files_do_nothing(tree, text):
    for line in told(tree, text, "--lang", "en"):
        assert line.startswith(f"{CONFIG}:")
        assert all(char.isprintable() and char not in "\u202e\x1b" for char in line)


def test_two_names_at_once(tree):
    folder = tree({".govlint.yaml": "", ".govlint.yml": "", "a.md": BAD})
    ran = run(folder, "check", "a.md", "--lang", "en")
    assert ran.status == 2
    assert ".govlint.yml:1:1: .govlint.yaml and .govlint.yml lie side by side; keep one of them" in ran.err


@pytest.mark.parametrize("path", ["//host/share/rules", "rules\\own"])
def test_paths_of_other_worlds_are_not_opened(tree, path):
    (line,) = told(tree, f"extend: ['{path}']\n", "--lang", "en")
    assert line.startswith(f"{CONFIG}:1:10: ")


@pytest.mark.parametrize("path", ["/etc/waivers.yaml", "../waivers.yaml", "a/../../waivers.yaml", "C:/waivers.yaml"])
def test_waivers_lie_below_the_configuration(tree, path):
    """What `govlint waive` writes to, a configuration from elsewhere must not be able to choose."""
    (line,) = told(tree, f"waivers: {path}\n", "--lang", "en")
    assert line == f"{CONFIG}:1:10: should lie in the folder of the configuration or below it"


def test_waivers_do_not_leave_by_a_link(tree, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside")
    folder = tree({"a.md": BAD})
    (folder / "w.yaml").symlink_to(outside / "x.yaml")
    (line,) = told(tree, "waivers: w.yaml\n", "--lang", "en")
    assert "below it" in line


def test_a_folder_that_is_no_pack_is_not_walked_to_its_end(tree):
    folder = tree({"pack/a.yaml": "id: GL301\nseverity: info\n"})
    for number in range(MOST_FILES):
        (folder / "pack" / str(number)).touch()
    (line,) = told(tree, "lang: en\nextend: [pack]\n")
    assert line.endswith(f"pack:1:1: more than {MOST_FILES} files: this is no folder of rules")


def test_a_huge_rule_is_not_read(tree):
    (line,) = told(tree, "lang: en\nextend: [pack]\n", **{"pack/a.yaml": "#" * (LARGEST_FILE + 1)})
    assert line.endswith(f"a.yaml:1:1: larger than {LARGEST_FILE} bytes; this is no rule")


def test_the_configuration_named_must_be_there(tree):
    ran = run(tree({"a.md": BAD, "our.yaml": ""}), "check", "a.md", "--config", "oru.yaml", "--lang", "en")
    assert ran.status == 2
    assert "oru.yaml:1:1: cannot be opened: " in ran.err
    assert "did you mean “our.yaml”?" in ran.err


def test_mistakes_are_told_again_on_the_next_run(tree):
    """Only what is right is kept compiled."""
    text = "options:\n  GL701: {yb: 1}\n"
    assert told(tree, text) == told(tree, text) != []

"""What ``govlint test`` says of examples that do not come out as they say."""

from __future__ import annotations

import re

import pytest
from test_cli import here as govlint
from test_packs import OWN, WORDS

from govlint.cli.output import make_language
from govlint.examples.excerpts import around
from govlint.examples.placenames import part_words
from govlint.linter import load_linter
from govlint.model.source import Source, Span

LINTER = load_linter()


@pytest.fixture
def pack(tmp_path):
    """A folder of rules: ``pack(name=text)`` gives its path."""

    def make(**files: str):
        for name, text in files.items():
            (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
        return tmp_path

    return make


def run(folder, *arguments: object, lang: str = "en"):
    return govlint("test", folder, "--lang", lang, *arguments)


def test_silent_on_a_bad_example(pack):
    ran = run(pack(own=OWN.replace('other: "2"}', 'other: "0"}')))
    assert ran.status == 1
    lines = ran.err.splitlines()
    assert lines[0].endswith("own.yaml:24: XX001 stays silent on a bad example")
    assert lines[1:4] == [
        '    edited: cell requests.carried_out.other: "0"; at requests.received.other',
        "    expected: fires at table 3 “一、本年新收政府信息公开申请数量” × “其他”, which says “0”",
        "    happened: nothing",
    ]
    (marked,) = [number for number, line in enumerate(lines) if re.fullmatch(r" +\| +\^+", line)]
    assert re.match(r" +28 \| ", lines[marked - 1])
    assert re.match(r" +27 \| ", lines[marked - 2])
    assert re.match(r" +29 \| ", lines[marked + 1])
    assert lines[-1] == "rules: 1, examples: 2, failed: 1"


def test_fires_on_a_good_example(pack):
    ran = run(pack(own=OWN.replace('business: "1"}', 'business: "2"}')))
    assert ran.status == 1
    assert "XX001 fires on a good example\n" in ran.err
    assert "    expected: stays silent\n" in ran.err
    assert re.search(r"    happened: fires at 28:\d+, “1”: “商业企业”: 2 carried over of 1\n", ran.err)


def test_fires_elsewhere_shows_both_places(pack):
    ran = run(pack(own=OWN.replace("at: requests.received.other", "at: heading.5")))
    assert ran.status == 1
    assert "XX001 fires elsewhere on a bad example\n" in ran.err
    assert "fires at the heading of section 5, which says “五、存在的主要问题及改进情况”" in ran.err
    assert len(re.findall(r"^ +\| +\^+$", ran.err, re.M)) == 2


def test_names_that_the_report_does_not_have(pack):
    ran = run(pack(own=OWN.replace("{requests.carried_out.business", "{requests.carried_out.busines")))
    assert ran.status == 1
    assert "the example does not run: the clean report has no 'requests.carried_out.busines'" in ran.err


def test_chinese(pack):
    ran = run(pack(own=OWN.replace('other: "2"}', 'other: "0"}')), lang="zh")
    assert "XX001 错误示例没有报告\n" in ran.err
    assert "    应当：在表三 “一、本年新收政府信息公开申请数量” × “其他”报告，那里写的是“0”\n" in ran.err
    assert "    实际：没有报告\n" in ran.err


def test_text_of_examples_is_escaped(pack):
    words = WORDS.replace("{畅通网上和窗口: 重视}", '{畅通网上和窗口: "高度重视\\e[31m\\u202e"}')
    ran = run(pack(words=words))
    assert ran.status == 1
    assert "\x1b" not in ran.err
    assert "\u202e" not in ran.err
    assert "高度重视" in ran.err


def test_many_places_are_counted(pack):
    text = WORDS.replace("{畅通网上和窗口: 重视}", "{畅通网上和窗口: 高度重视，高度重视，高度重视，高度重视，高度重视}")
    ran = run(pack(words=text))
    assert ran.err.count("happened: fires at") == 3
    assert "    happened: further places: 2\n" in ran.err


def test_changed_rules_run_their_examples_as_changed(pack):
    fine = run(pack(mine="id: GL301\nseverity: error\n"))
    assert fine.status == 0
    (rule,) = [rule for rule in LINTER.rules if rule.id == "GL301"]
    assert fine.err == f"rules: 1, examples: {len(rule.examples)}, failed: 0\n"
    folder = pack(mine="id: GL306\noptions: {limit: 300000}\n")
    ran = run(folder)
    assert ran.status == 1
    assert re.match(r".*GL306-amount-suspicious\.yaml:\d+: GL306 stays silent on a bad example\n", ran.err)
    assert f"    changed by: {folder}/mine.yaml\n" in ran.err


def test_changed_rules_run_even_when_turned_off(pack):
    assert run(pack(mine="id: GL301\ndefault: false\n")).err.startswith("rules: 1, examples: ")


def test_one_rule_alone(pack):
    folder = pack(own=OWN.replace('other: "2"}', 'other: "0"}'), words=WORDS)
    assert run(folder, "--rule", "XX002").err == "rules: 1, examples: 2, failed: 0\n"
    assert run(folder, "--rule", "hollow-words", "--rule", "XX001").status == 1
    ran = run(folder, "--rule", "XX03")
    assert (ran.status, ran.out) == (2, "")
    assert "XX00" in ran.err


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("document", "the beginning of the file"),
        ("title", "the title"),
        ("@section.6", "the text of section 6"),
        ("section.6", "section 6"),
        ("requests", "table 3"),
        ("remedies.values", "table 4"),
        ("requests.granted", "table 3 “（一）予以公开”"),
        ("requests.granted.label", "table 3 “（一）予以公开”"),
        ("requests.granted#2", "table 3 “（一）予以公开” (the second one)"),
        ("requests.requests.charity", "the column heading “社会公益组织” of table 3"),
        ("disclosure.article_20_5.caption", "the sub-table “第二十条第（五）项” of table 2"),
        ("disclosure.other_services.change", "table 2 “其他对外管理服务事项” × “本年增/减”"),
        ("disclosure.fees.amount", "table 2 “行政事业性收费” × “本年收费金额（单位：万元）”"),
        ("edited", "edited"),
    ],
)
def test_places_in_words(name, words):
    assert part_words(name, LINTER, make_language(LINTER, "en")) == words


def test_excerpts_at_the_edges():
    source = Source("a", "a.txt", "first\nsecond\n", "text")
    assert around(source, Span(0, 5)) == ["    1 | first", "      | ^^^^^", "    2 | second"]
    assert around(source, Span(6, 12)) == ["    1 | first", "    2 | second", "      | ^^^^^^"]
    assert around(Source("a", "a.txt", "", "text"), Span(0, 0)) == ["    1 |", "      | ^"]
    long = Source("a", "a.txt", "x" * 500 + "\n" + "\x1b" * 3 + "y" * 500, "text")
    assert all(len(line) <= 60 for line in around(long, Span(501, 503), 60))
    assert not any("\x1b" in line for line in around(long, Span(501, 503), 60))

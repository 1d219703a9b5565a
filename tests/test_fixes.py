"""What fixes do to a report: only what is wrong changes, nothing gets worse, and a second time nothing happens."""

from __future__ import annotations

import codecs
from dataclasses import replace
from pathlib import Path

import pytest
from calling import call
from fixing import LINTER, MENDED_RULES, cell, changes, found, made, mend, rules_of

from govlint.checks.rewording import rewording
from govlint.examples.running import EditError, build, run_example
from govlint.fixes.mending import Mender
from govlint.linter import select
from govlint.model.document import Document
from govlint.model.errors import UnwritableError
from govlint.model.source import Encoding, Span
from govlint.readers.rewriting import write_back

CLEAN = LINTER.data("examples/clean.yaml")
BAD = [
    pytest.param(rule, example, id=f"{rule.id}-{number}")
    for rule in LINTER.rules
    if rule.autofix
    for number, example in enumerate(rule.examples)
    if example.bad
]


def text_of(data: bytes) -> str:
    return data.decode("utf-8-sig")


# ---------------------------------------------------------------- by rule


@pytest.mark.parametrize(("rule", "example"), BAD)
def test_bad_examples_are_mended_or_left_and_never_made_worse(rule, example):
    built = build(example.edit, CLEAN, LINTER)
    mended = mend(built.data, built.path)
    assert not found(mended.after) - found(mended.before)
    for diagnostic in mended.made:
        assert (diagnostic.rule.id, diagnostic.finding.subject) not in found(mended.after)
    left = {refused.diagnostic.rule.id for refused in mended.refused}
    still = [d for d in mended.after.diagnostics if d.autofix and d.rule.id not in left]
    assert not still
    again = mend(mended.data, built.path)
    assert again.data == mended.data
    assert not again.made


@pytest.mark.parametrize("name", sorted(MENDED_RULES))
def test_each_rule_that_says_so_mends_one_of_its_examples(name):
    rule = next(rule for rule in LINTER.rules if rule.id == name)
    done = []
    for example in rule.examples:
        if not example.bad:
            continue
        try:
            built = run_example(rule, example, CLEAN, LINTER).built
        except EditError:
            continue
        done += [d.rule.id for d in mend(built.data, built.path).made]
    assert name in done


def test_good_reports_stay_byte_for_byte():
    for path in sorted((Path(__file__).parent.parent / "fixtures" / "clean").iterdir()):
        if path.suffix != ".json":
            data = path.read_bytes()
            mended = mend(data, path.name)
            assert (mended.data, mended.made) == (data, ()), path.name


# ---------------------------------------------------------------- words

HEADINGS = [
    ("五、存在的主要问题及改进措施", "五、存在的主要问题及改进情况"),
    ("五、存在问题", "五、存在的主要问题及改进情况"),
    ("四、存在的主要问题及改进情况", "五、存在的主要问题及改进情况"),
    ("五、 存在主要问题及改进情况", "五、 存在的主要问题及改进情况"),
    ("5.存在的主要问题及改进情况", "五、存在的主要问题及改进情况"),
]


@pytest.mark.parametrize(("printed", "wanted"), HEADINGS)
def test_headings_get_the_words_of_the_form(printed, wanted):
    data, path = made(heading={"5": printed})
    mended = mend(data, path, unsafe=False)
    assert text_of(mended.data) == text_of(data).replace(printed, wanted)


LABELS = [
    ("requests.refused_internal", "5.属于三类内部事物信息", "5.属于三类内部事务信息"),
    ("requests.refused_internal", "5. 属于三类内部事物信息", "5. 属于三类内部事务信息"),
    ("requests.partly_granted", "（二）部分公开", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
    (
        "requests.partly_granted",
        "(二) 部分公开(区分处理)",
        "(二) 部分公开(区分处理的，只计这一情形，不计其他情形)",
    ),
    ("requests.refused_stability", "3.危及“三安全”", "3.危及“三安全一稳定”"),
    ("disclosure.normative_documents", "规范性文件", "行政规范性文件"),
    ("remedies.remedies.pending", "尚 未 审 理", "尚未审结"),
]


@pytest.mark.parametrize(("name", "printed", "wanted"), LABELS)
@pytest.mark.parametrize("layout", ["tabs", "pipes", "html", "cells"])
def test_labels_get_the_words_of_the_form(name, printed, wanted, layout):
    data, path = made(label={name: printed}, layout=layout)
    mended = mend(data, path, unsafe=False)
    assert text_of(mended.data) == text_of(data).replace(printed, wanted)


def test_words_broken_by_tags_keep_their_tags():
    data, path = made(layout="html")
    printed = text_of(data).replace(">科研机构<", "><b>科研</b><br>组<i>织</i><").encode()
    mended = mend(printed, path, unsafe=False)
    assert rules_of(mended.before) == ["GL203"]
    assert text_of(mended.data) == text_of(printed).replace("<br>组<i>织</i>", "<br>机构<i></i>")


HARMFUL = [
    ("disclosure.article_20_8.amount", "本年收费金额（单位：元）"),
    ("disclosure.article_20_8.amount", "本年收费金额（单位：亿元）"),
    ("disclosure.article_20_1.issued", "累计制发件数"),
    ("disclosure.article_20_1.issued", "上年制发件数"),
    ("disclosure.article_20_1.repealed", "本年失效件数"),
    ("requests.carried_in", "二、本年结转政府信息公开申请数量"),
    ("remedies.remedies.upheld", "结果未维持"),
]


@pytest.mark.parametrize(("name", "printed"), HARMFUL)
@pytest.mark.parametrize("layout", ["tabs", "html"])
def test_words_that_name_another_quantity_are_left_to_a_person(name, printed, layout):
    data, path = made(label={name: printed}, layout=layout)
    assert mend(data, path).data == data


KEPT = [
    ("(一)子以公开", "(一)予以公开"),
    ("(二) 部分公开(分处理的，只计这一情形，不计其他情形)", "(二) 部分公开(区分处理的，只计这一情形，不计其他情形)"),
    ("（四） 无法提共", "（四） 无法提供"),
]


@pytest.mark.parametrize(("printed", "wanted"), KEPT)
def test_what_stands_beside_a_slip_stays(printed, wanted):
    made_ = rewording(printed, wanted.replace("(", "（").replace(")", "）").replace(" ", ""), label=True)
    text = printed
    for change in reversed(made_):
        text = text[: change.start] + change.text + text[change.end :]
    assert text == wanted


def test_words_that_go_on_in_the_next_line_are_not_doubled():
    text = text_of(made()[0])
    for broken in ("五、存在的主要问题\n及改进措施", "五、存在的主要问\n题及改进情况"):
        data = text.replace("五、存在的主要问题及改进情况", broken).encode()
        after = text_of(mend(data, "a.txt").data)
        assert "情况\n及改进" not in after
        assert "情况\n题及" not in after


def test_quotes_close():
    data, path = made(label={"requests.refused_stability": "3.危及“三安全"})
    assert "3.危及“三安全一稳定”\t" in text_of(mend(data, path).data)


def test_all_copies_of_a_merged_cell_are_mended():
    data = (Path(__file__).parent.parent / "fixtures" / "clean" / "2021-markdown-crlf.md").read_bytes()
    wrong = data.replace("(七) 总计".encode(), "(七) 总汁".encode())
    assert wrong.count("总汁".encode()) > 1
    assert mend(wrong, "a.md").data == data


@pytest.mark.parametrize("printed", ["￥15", "约5", "5、", "5*", "第5项"])
@pytest.mark.parametrize("layout", ["tabs", "pipes", "html"])
def test_what_stands_in_the_place_of_a_number_is_never_written_over(printed, layout):
    """With a spare cell behind it, as exports pad their rows."""
    data, path = made(layout=layout)
    number = cell(mend(data, path).after, "disclosure.penalty.decisions").text
    rows = {"tabs": "行政处罚\t{}\n", "pipes": "行政处罚 | {} |", "html": "行政处罚</td><td>{}</td>"}
    spare = {"tabs": "行政处罚\t{}\t\t\n", "pipes": "行政处罚 | {} | | |", "html": "行政处罚</td><td>{}</td><td></td>"}
    row = rows[layout].format(number)
    assert text_of(data).count(row) == 1
    changed = text_of(data).replace(row, spare[layout].format(printed)).encode()
    mended = mend(changed, path)
    assert mended.before.diagnostics
    assert mended.data == changed


@pytest.mark.parametrize("shown", ['<img src="5.png">', '<input value="5">'])
def test_cells_that_show_something_else_are_not_filled(shown):
    data, path = made(cell={"requests.refused_state_secret.research": ""}, layout="html")
    page = text_of(data).replace("<td></td>", f"<td>{shown}</td>").encode()
    assert mend(page, path).data == page


def test_a_table_on_the_other_form_is_not_made_a_mixture():
    data = (Path(__file__).parent.parent / "fixtures" / "faulty" / "old-form-2022.txt").read_bytes()
    mended = mend(data, "a.txt")
    assert "规范性文件" in text_of(data)
    assert text_of(mended.data).count("行政规范性文件") == text_of(data).count("行政规范性文件")


# ---------------------------------------------------------------- numbers

NUMBERS = [
    ("disclosure.licensing.decisions", "1,200", "1200", True),
    ("disclosure.licensing.decisions", "１２", "12", True),
    ("disclosure.licensing.decisions", "1，２00件", "1200", True),
    ("disclosure.fees.amount", "3.5万元", "3.5", True),
    ("disclosure.fees.amount", "35000元", None, None),
    ("disclosure.licensing.decisions", "3万元", None, None),
]


@pytest.mark.parametrize(("name", "printed", "wanted", "safe"), NUMBERS)
@pytest.mark.parametrize("layout", ["tabs", "html"])
def test_numbers_are_written_plainly(name, printed, wanted, safe, layout):
    data, path = made(cell={name: printed}, layout=layout)
    mended = mend(data, path, unsafe=not safe)
    assert [d.rule.id for d in mended.before.diagnostics if d.rule.id.startswith("GL30")][:1] == ["GL305"]
    before, after = text_of(data), text_of(mended.data)
    assert after == (before.replace(printed, wanted) if wanted else before)


def test_a_blank_inside_a_number_is_not_safe_to_take_out():
    data, path = made(cell={"disclosure.licensing.decisions": "1 200"}, layout="html")
    assert mend(data, path, unsafe=False).data == data
    assert cell(mend(data, path).after, "disclosure.licensing.decisions").text == "1200"


@pytest.mark.parametrize("printed", ["", "/", "—", "无", "零"])
def test_nothing_to_count_becomes_zero(printed):
    data, path = made(cell={"requests.refused_state_secret.research": printed})
    assert mend(data, path, unsafe=False).data == data
    mended = mend(data, path)
    assert cell(mended.after, "requests.refused_state_secret.research").text == "0"
    assert changes(text_of(data), text_of(mended.data)) == [(printed, "0")]


def test_blank_cells_of_a_page_are_filled_where_the_blank_stands():
    data, path = made(cell={"requests.refused_state_secret.research": ""}, layout="html")
    styled = "<td>\n <p style=\"a: '>'\"><!-- x --><span>{}</span></p>\n</td>"
    pairs = [
        ("<td></td>", "<td>0</td>"),
        ("<td>&nbsp;</td>", "<td>0</td>"),
        ("<td><p>&nbsp;</p></td>", "<td><p>0</p></td>"),
        ("<td> <br></td>", "<td>0 <br></td>"),
        ("<td><P/></td>", "<td>0<P/></td>"),
        (styled.format("<o:p> </o:p>"), styled.format("<o:p>0 </o:p>")),
    ]
    for blank, filled in pairs:
        page = text_of(data).replace("<td></td>", blank)
        assert page.count(blank) == 1
        assert text_of(mend(page.encode(), path).data) == page.replace(blank, filled)


def test_what_sums_tell_of_a_blank_goes_before_zero():
    """The clean report has received 7 requests of natural persons; row and column both tell it."""
    value = cell(mend(*made()).after, "requests.received.natural_person").text
    assert value not in ("0", None)
    mended = mend(*made(cell={"requests.received.natural_person": "/"}))
    assert cell(mended.after, "requests.received.natural_person").text == value
    assert rules_of(mended.after) == []


def test_a_total_is_recomputed_and_a_blank_that_one_sum_needs_is_left():
    total = cell(mend(*made()).after, "remedies.review.total").text
    mended = mend(*made(cell={"remedies.review.total": ""}))
    assert cell(mended.after, "remedies.review.total").text == total
    nonzero = next(
        str(c.address)
        for c in mend(*made()).after.report.table_by_id["remedies"].cells
        if c.number and c.address.column != "total"
    )
    left = mend(*made(cell={nonzero: ""}))
    assert not left.made
    assert rules_of(left.after) == ["GL301"]


def test_the_one_wrong_cell_gets_the_number_that_mends_all_totals():
    data, path = made(cell={"requests.granted.natural_person": "8"})
    mended = mend(data, path)
    assert rules_of(mended.before) == ["GL400"]
    assert rules_of(mended.after) == []
    assert mended.data == made()[0]


def test_a_stock_that_would_be_too_small_is_not_filled():
    issued = {"disclosure.normative_documents.issued": "5", "disclosure.normative_documents.repealed": "0"}
    data, path = made(cell={**issued, "disclosure.normative_documents.in_force": "/"})
    mended = mend(data, path)
    assert not mended.made
    assert not mended.refused  # It is not even offered.


def test_two_blanks_that_one_sum_lacks_are_no_certainty():
    data, path = made(cell={"requests.received.total": "", "requests.received.natural_person": ""})
    mended = mend(data, path)
    assert "GL301" in rules_of(mended.before)
    assert mended.data == data


def test_a_finding_of_several_cells_is_mended_as_a_whole_or_not_at_all():
    cells = ["requests.refused_state_secret.research", "requests.refused_state_secret.charity"]
    data, path = made(cell=dict.fromkeys(cells, ""), layout="html")
    assert rules_of(mend(data, path).after) == []
    page = text_of(data).replace("<td></td>", '<td><img src="5.png"></td>', 1).encode()
    mended = mend(page, path)
    assert [d.autofix for d in mended.before.diagnostics] == [None]
    assert mended.data == page


# ---------------------------------------------------------------- what is asked for


def test_only_chosen_rules_mend_but_all_of_them_watch():
    data, path = made(heading={"5": "五、存在问题"}, cell={"disclosure.licensing.decisions": "1,200"})
    only = LINTER.with_rules(select(LINTER.rules, ("GL305",), ()))
    mended = mend(data, path, linter=only)
    assert [d.rule.id for d in mended.made] == ["GL305"]
    assert "存在问题" in text_of(mended.data)


def test_sums_tell_of_blanks_whatever_rules_are_chosen():
    whole = mend(*made())
    only = LINTER.with_rules(select(LINTER.rules, ("GL302",), ()))
    mended = mend(*made(cell={"requests.received.natural_person": "/"}), linter=only)
    assert mended.data == whole.data


def test_rules_that_were_not_chosen_watch_too():
    """The total that the sums tell contradicts the text: no rule that is chosen knows."""
    said = {"text": {"@section.1": "（一）主动公开。（二）依申请公开。本年度新收政府信息公开申请99件。"}}
    data, path = made(cell={"requests.received.total": "/"}, **said)
    only = LINTER.with_rules(select(LINTER.rules, ("GL302",), ()))
    for linter in (LINTER, only):
        mended = mend(data, path, linter=linter)
        assert mended.data == data
        assert [(each.reason, each.rules) for each in mended.refused] == [("worse", ("GL601",))]


def test_what_is_waived_is_not_mended(tmp_path):
    data, path = made(heading={"5": "五、存在问题"})
    note = "<!-- govlint-ignore-file GL102: 按上级通知的写法 -->\n".encode()
    report = tmp_path / f"{path}.md"
    report.write_bytes(note + data)
    ran = call("check", "--fix", report)
    assert report.read_bytes() == note + data, ran


def test_a_fix_that_would_bring_something_new_is_refused(monkeypatch):
    data, path = made(heading={"5": "五、存在问题"}, cell={"disclosure.licensing.decisions": "1,200"})
    calls = []
    genuine = Mender.judge

    def judge(self, data, path, known=None):
        """As if the right heading were a new mistake."""
        calls.append(data)
        if "五、存在的主要问题" in text_of(data):
            data = text_of(data).replace("一、总体情况", "一、总的情况").encode()
        return genuine(self, data, path, known)

    monkeypatch.setattr(Mender, "judge", judge)
    mended = mend(data, path)
    assert [d.rule.id for d in mended.made] == ["GL305"]
    assert [(refused.diagnostic.rule.id, refused.reason) for refused in mended.refused] == [("GL102", "worse")]
    assert len(calls) < 10


# ---------------------------------------------------------------- bytes

FORMS = [
    ("utf-8", b"", "\n"),
    ("utf-8", codecs.BOM_UTF8, "\r\n"),
    ("gb18030", b"", "\r\n"),
    ("utf-16-le", codecs.BOM_UTF16_LE, "\n"),
    ("utf-16-be", codecs.BOM_UTF16_BE, "\r\n"),
]


@pytest.mark.parametrize(("name", "mark", "newline"), FORMS, ids=str)
@pytest.mark.parametrize("layout", ["html", "tabs"])
def test_encoding_mark_and_line_ends_stay(name, mark, newline, layout):
    edit = {
        "heading": {"5": "五、存在的主要问题及改进措施"},
        "cell": {"disclosure.licensing.decisions": "1,200", "requests.refused_state_secret.research": ""},
        "layout": layout,
    }
    data, path = made(**edit)
    encoded = mark + text_of(data).replace("\n", newline).encode(name)
    mended = mend(encoded, path)
    assert mended.data.startswith(mark)
    before, after = encoded[len(mark) :].decode(name), mended.data[len(mark) :].decode(name)
    assert changes(before, after) == [(",", ""), ("", "0"), ("措施", "情况")]
    assert mended.data == mark + after.encode(name)


def test_damaged_bytes_elsewhere_stay_as_they_are():
    data, path = made(heading={"5": "五、存在的主要问题及改进措施"})
    broken = data.replace("规划".encode(), "规".encode() + b"\xe5\xff\xbd")
    assert broken != data
    mended = mend(broken, path)
    assert mended.data == broken.replace("改进措施".encode(), "改进情况".encode())
    assert mended.data != broken


def test_a_damaged_heading_is_written_anew():
    data, path = made()
    mended = mend(data.replace("、总体情况".encode(), "、总".encode() + b"\xe4\xff\xbd" + "情况".encode()), path)
    assert mended.data == data


def test_characters_that_the_encoding_of_a_page_lacks_are_written_by_number():
    text = text_of(made(layout="html", heading={"5": "五、存在的主要问题及改进措施"})[0])
    page = f'<html><head><meta charset="big5"></head><body>{text}</body></html>'.encode("big5", "xmlcharrefreplace")
    mended = mend(page, "r.html")
    assert mended.before.source.encoding.name == "big5"
    assert rules_of(mended.after) == []
    wrong, right = ("改进措施".encode("big5", "xmlcharrefreplace"), "改进情况".encode("big5", "xmlcharrefreplace"))
    assert mended.data == page.replace(wrong, right)


def test_characters_that_the_encoding_of_a_text_lacks_are_not_written():
    data, path = made(heading={"5": "五、存在的主要问题及改进措施"})
    source = LINTER.check_bytes(data, path).document.source
    small = replace(source, text="xabc", encoding=Encoding("big5", "declared"))
    with pytest.raises(UnwritableError) as raised:
        write_back(b"xabc", Document(small, ()), [(Span(1, 2), "务")])
    assert (raised.value.reason, raised.value.spans) == ("encoding", {(1, 2)})


def test_files_that_are_only_read_are_told_apart():
    rtf = (
        "{\\rtf1\\ansicpg936 "
        + "".join(
            f"\\u{ord(c)}?"
            if ord(c) < 32768
            else f"\\u{ord(c) - 65536}?"
            if not c.isascii()
            else "\\par "
            if c == "\n"
            else c
            for c in text_of(made(heading={"5": "五、存在问题"})[0]).replace("\t", "\x00")
        ).replace("\x00", "\\tab ")
        + "}"
    )
    mended = mend(rtf.encode("ascii", "replace"), "报告.rtf")
    assert mended.before.source.kind == "rtf"
    assert not mended.made
    assert {refused.reason for refused in mended.refused} == {"kind"}

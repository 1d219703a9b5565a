"""How running text is put into plain writing and cut into words; what the words round a number do to it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_prose_claims import RECEIVED, claims, linter, report

from govlint.prose.plain import plain, plain_mapped
from govlint.prose.tokens import sentences, tokenize

GOVERNMENT, OFFICE, TOWNSHIP = "云溪县人民政府", "云溪县人民政府办公室", "柳渡镇人民政府"


def tokens(text: str, year: int | None = 2023, own: tuple[str, ...] = ()):
    return tokenize(plain(text), linter().prose.lexicon, year, own)


def kinds(text: str, year: int | None = 2023) -> list[str]:
    return [token.kind for token in tokens(text, year)]


def only(text: str):
    (token,) = tokens(text)
    return token


# ---------------------------------------------------------------- plain writing


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收到 申请\u3000１２\u00a0件", "收到申请12件"),
        ("（一）［二］【三】", "(一)〔二〕〔三〕"),
        ("“予以公开”『３』件", "予以公开3件"),
        ("**收到**申请\u200b５件", "收到申请5件"),
        ("第一；第二，第三、第四：第五。", "第一；第二，第三、第四：第五。"),
        ("㈠①", "(一)1"),
    ],
)
def test_plain_writing(text, expected):
    assert plain(text) == expected


@given(st.text(alphabet="收到申请１2件（）()\u3000 \u00a0，。、\t\n“”㈠①*水", max_size=60))
def test_every_plain_character_knows_where_it_comes_from(text):
    turned, places = plain_mapped(text)
    assert turned == plain(text) and len(places) == len(turned)
    assert places == sorted(places)
    assert all(char in plain(text[place]) for char, place in zip(turned, places, strict=True))


@pytest.mark.parametrize(
    ("layout", "sentence", "printed"),
    [
        ("tabs", "收到申请 1 2\u3000件。", "1 2\u3000件"),
        ("tabs", "收到申请（12）件。", "（12）件"),
        ("html", "收到申请１２件。", "１２件"),
        ("html", "收到“申请”十二 件。", "十二 件"),
    ],
)
def test_a_number_stands_where_it_is_printed(layout, sentence, printed):
    found = report("（二）依申请公开", sentence, layout=layout)
    (claim,) = found.claims.cells
    assert claim.value == 12
    assert found.source.text[slice(*claim.place.span)] == printed


def test_entities_and_tags_inside_a_number_belong_to_its_place():
    page = report("（二）依申请公开", "收到申请甲件。", layout="html").source.text
    assert page.count("甲件") == 1
    for written in ("1&#50;&nbsp;件", "1<b>2</b>件", "１\n2\n件"):
        data = page.replace("甲件", written).encode()
        found = linter().check_bytes(data, "page.html").report
        (claim,) = found.claims.cells
        assert claim.value == 12
        assert found.source.text[slice(*claim.place.span)] == written


def test_a_number_broken_by_a_hard_line_end_reaches_over_both_lines():
    found = report(
        "（二）依申请公开", "本年度我局严格按照规定办理，全年共收到公众提交的政府信息公开申请1", "2件，均已答复。"
    )
    (claim,) = found.claims.cells
    assert claim.value == 12
    assert found.source.text[slice(*claim.place.span)].split() == ["1", "2件"]


# ---------------------------------------------------------------- numbers


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("12件", 12, "件"),
        ("１２件", 12, "件"),
        ("1,234件", 1234, "件"),
        ("1，234件", 1234, "件"),
        ("12,345,678件", 12345678, "件"),
        ("十二件", 12, "件"),
        ("一百零五宗", 105, "宗"),
        ("两份", 2, "份"),
        ("零起", 0, "起"),
        ("（6）件", 6, "件"),
        ("30人次", 30, "人次"),
        ("3件次", 3, "件次"),
    ],
)
def test_exact_numbers(text, value, unit):
    token = only(text)
    assert (token.kind, token.value, token.unit, token.exact) == ("number", value, unit, True)


@pytest.mark.parametrize(
    "text",
    [
        *("约12件", "近百件", "12余件", "12多件", "12件左右", "12件以上", "超过12件", "1.2万件", "万件", "百件"),
        *("两三件", "七八件", "五六十件", "十七八件", "十几件"),
    ],
)
def test_inexact_numbers(text):
    token = only(text)
    assert token.kind == "number" and not token.exact


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("33.3%", "percent", "33.3"),
        ("３３．３％", "percent", "33.3"),
        ("百分之三", "gap", None),
        ("2.5个百分点", "points", "2.5"),
    ],
)
def test_percentages(text, kind, value):
    first = tokens(text)[0]
    assert (first.kind, first.value) == (kind, value and Decimal(value))


@pytest.mark.parametrize(
    "text",
    ["第12件", "每件", "每一件", "同一件", "某件", "20230101000000000123件", "3.14159%", "编号1.2.3件"],
)
def test_digits_that_count_nothing(text):
    assert not [token for token in tokens(text) if token.kind in ("number", "percent") and token.unit + "%" != "%"]
    assert "percent" not in kinds(text)


@pytest.mark.parametrize("text", ["（一）", "（3）", "第三十六条", "第二款", "1.", "2、", "3）"])
def test_ordinals(text):
    assert kinds(text) == ["ordinal"]


@pytest.mark.parametrize(
    ("text", "year", "kind"),
    [
        ("2023年", 2023, "this"),
        ("2023年度", 2023, "this"),
        ("2022年", 2023, "time"),
        ("2023年", None, "time"),
        ("本年度", 2023, "this"),
        ("上年度", 2023, "last"),
        ("五年来", 2023, "last"),
        ("下年度", 2023, "next"),
        ("上半年", 2023, "part"),
        ("1—6月", 2023, "part"),
        ("6月30日", 2023, "part"),
        ("12月", 2023, "part"),
        ("12月5日", 2023, "part"),
        ("2023年12月", 2023, "part"),
        ("12月31日", 2023, "this"),
        ("12月底", 2023, "this"),
        ("2023年12月31日", 2023, "this"),
        ("2022年12月31日", 2023, "time"),
        ("2023年1月1日至12月31日", 2023, "this"),
        ("1月1日起至12月31日止", 2023, "this"),
        ("2023年1月至12月", 2023, "this"),
        ("1—12月", 2023, "this"),
        ("2022年1月1日至2022年12月31日", 2023, "time"),
        ("2019年1月1日至2023年12月31日", 2023, "time"),
    ],
)
def test_times(text, year, kind):
    assert kinds(text, year) == [kind]


def test_the_longest_word_is_taken():
    assert [token.text for token in tokens("不予公开政府信息公开申请")] == ["不予公开", "政府信息公开申请"]
    own = ("云溪县水务局", "县水务局", "水务局")
    assert [token.text for token in tokens("县水务局办公室", own=own)][:1] == ["县水务局"]


def test_a_sentence_without_an_end_is_left_out():
    long = tokens("收到，" * 600 + "。收到申请。")
    assert [len(sentence) for sentence in sentences(long)] == [len(tokens("收到申请。"))]


# ---------------------------------------------------------------- whose numbers, and when


@pytest.mark.parametrize(
    ("sentence", "agency", "mine"),
    [
        ("县局收到申请12件。", "云溪县水务局", True),
        ("市局收到申请12件。", "云溪县水务局", False),
        ("市局收到申请12件。", "临渚市民政局", True),
        ("市局收到申请12件。", "临渚市生态环境局云溪分局", False),
        ("部门收到申请12件。", GOVERNMENT, False),
        ("全县收到申请12件。", TOWNSHIP, False),
        ("县政府办公室收到申请12件。", TOWNSHIP, False),
        ("全镇收到申请12件。", TOWNSHIP, True),
        ("全镇收到申请12件。", "云溪县水务局", False),
        ("部分单位未收到申请。", GOVERNMENT, False),
        ("相关部门收到申请12件。", "云溪县水务局", False),
        ("以县政府名义答复申请12件。", OFFICE, False),
        ("全县信息公开申请中，县政府收到申请12件。", GOVERNMENT, False),
    ],
)
def test_whose_numbers(sentence, agency, mine):
    assert bool(claims(sentence, agency)) is mine


@pytest.mark.parametrize(
    "sentence",
    [
        "12月，收到申请3件。",
        "12月5日收到申请7件，12月20日答复。",
        "2023年12月收到政府信息公开申请9件。",
        "2019年以来，共受理政府信息公开申请57件。",
        "2024年以来，已收到申请9件。",
        "《条例》施行以来，共受理申请57件。",
        "五年来，共收到申请90件。",
        "自2019年新条例施行至2023年底，共收到申请90件。",
        "2022年、2023年分别收到申请9件、4件。",
        "上年、本年分别收到申请9件、4件。",
        "12月未收到申请。",
    ],
)
def test_other_times(sentence):
    assert claims(sentence) == {}


@pytest.mark.parametrize("start", ["今年以来", "2023年以来", "截至12月31日", "2023年1—12月", "一年来"])
def test_the_year_reported_on(start):
    assert claims(f"{start}，我局收到申请12件。") == {"12件": RECEIVED}


def test_the_year_that_requests_come_from_is_theirs():
    found = claims("去年未办结、今年接着办的3件，今年收到申请12件。")
    assert found == {"3件": "carried_in.total", "12件": RECEIVED}


# ---------------------------------------------------------------- what narrows, and what is of something else


@pytest.mark.parametrize(
    "sentence",
    [
        "收到申请数十件。",
        "收到政府信息公开申请数十件。",
        "收到数百件申请。",
        "收到两三件申请。",
        "收到申请五六十件。",
        "收到申请3个工作日内答复。",
        "受理申请9个部门。",
        "受理申请2次补正。",
        "收到1件申请后，由办公室登记。",
        "信息公开申请材料9份。",
        "未收到申请的乡镇有9个，收到申请的部门有8个。",
        "规范性文件不予公开0件，部分公开9件。",
        "对拟公开的90份文件进行保密审查，其中同意公开80份、不同意公开10份。",
        "办结信访事项900件。",
        "没有结转下年度办理的商业企业申请。",
        "全年行政复议案件12件，无一件涉及政府信息公开。",
        "行政复议应诉案件共9件，其中政府信息公开类1件。",
        "在全部90件行政复议案件中，政府信息公开类1件。",
        "全年发生行政诉讼9件，均与政府信息公开无关。",
        "负责人出庭应诉行政诉讼案件9件。",
        "办理行政复议案件12件，其中维持9件、纠正3件。",
        "县政府作为复议机关收到行政复议申请90件，受理80件。",
        "行政复议机构共收到行政复议申请90件，受理80件，审结70件，其中维持60件。",
    ],
)
def test_numbers_of_other_things(sentence):
    counted = claims(sentence)
    assert counted in ({}, {"1件": "review.total"}), counted


def test_a_review_that_names_disclosure_is_claimed_beside_others():
    assert claims("办理涉及政府信息公开的行政复议2件。") == {"2件": "review.total"}
    assert claims("因政府信息公开引发行政复议3件，其中维持2件。") == {"3件": "review.total", "2件": "review.upheld"}


def test_a_sub_heading_ends_at_its_mark():
    """What the text behind it speaks of is not what the paragraph is about."""
    paragraph = "（三）政府信息管理。规范申请材料归档。受理90件，办结88件。"
    assert report(paragraph).claims.cells == ()
    assert [c.place.text for c in report("（二）依申请公开。受理90件，办结88件。").claims.cells] == ["90件", "88件"]


# ---------------------------------------------------------------- sums and shares


def sums(sentence: str) -> list[tuple[str, list[str], str]]:
    found = report("（一）主动公开", sentence).claims.sums
    return [(one.whole.place.text, [part.place.text for part in one.parts], one.relation) for one in found]


@pytest.mark.parametrize(
    "sentence",
    [
        "发布信息1200条（网站800条，其中动态500条；微信400条）。",
        "新收申请8件，办理8件（其中5件系上年度结转，另有5件申请顺延到下年度答复）。",
        "共受理申请52件，办理上年结转17件。其中予以公开20件，不予公开25件，结转下年度办理20件。",
        "共收到申请81件。其中，予以公开7件，部分公开10件，无法提供65件。",
        "共收到申请81件（予以公开17件、无法提供65件）。",
        "予以公开4件，不予公开31件，其中过程性信息15件；无法提供15件；不予处理16件。",
    ],
)
def test_numbers_that_are_no_parts_of_each_other(sentence):
    assert sums(sentence) == []


def test_differences():
    assert sums("收到留言5件，比上年的2件增加4件。") == [("4件", ["5件", "2件"], "difference")]
    assert sums("收到留言2件，比上年的5件减少4件。") == [("4件", ["5件", "2件"], "difference")]


def shares(sentence: str) -> list[tuple[str, str, list[tuple[int, int]]]]:
    found = report("（一）主动公开", sentence).claims.shares
    return [
        (one.percent.place.text, one.operands[0].place.text, [(int(a), int(b)) for a, b in one.pairs]) for one in found
    ]


@pytest.mark.parametrize("said", ["占比分别为70%、25%", "分别占70%、25%", "占比70%，25%"])
def test_a_list_of_shares_is_of_a_list_of_numbers_in_order(said):
    found = shares(f"公开信息200条，其中网站150条、微信50条，{said}。")
    assert [(percent, part) for percent, part, _ in found] == [("70%", "150条"), ("25%", "50条")]
    assert (150, 200) in found[0][2] and (50, 200) in found[1][2]


def test_more_numbers_than_shares_are_not_matched():
    assert shares("公开信息200条，其中网站150条、微信50条、微博0条，占比75%、25%。") == []

"""Text that stands in another report: last year's or another unit's; and that the search stays linear."""

from __future__ import annotations

from itertools import product

import pytest
from judge.case import make_case
from linked import LINKED, LINTER, found, link, only, outcome, report, words
from thorough import amount

from govlint.checks import own_text
from govlint.checks.own_text import GRAM, passages
from govlint.crosscheck import overlap
from govlint.crosscheck.overlap import Overlap, Text

OPTIONS = {rule.id: rule.options for rule in LINTER.rules}

WATER = [
    "二月起把十七处取水口的计量数据搬上首页，逐日更新，停用的标灰并写明原因；三家用水大户的核减结果随文公布。",
    "汛期每两小时发一次水位，夜里由值班室直接上传，不等次日审核；东堤渗漏那晚，告示、绕行图和安置点电话在四十分钟内贴到沿河六个村。",
    "来信要求看移民扶持资金流水的人多，干脆把五年的拨付凭证扫描上网，涉及个人账号的部分涂黑，旁边注明理由。",
    "窗口和热线收到的疑问先归到一本台账，周五碰头销号，拖过两周的由分管领导批注；年底台账剩下两条，都与界碑争议有关。",
    "公文起草界面新增属性栏，不选就存不了稿；抽查发现选错的退回科室重走一遍，并在走廊公示栏写明是哪一件。",
]
SCHOOL = [
    "招生片区图改成可以缩放的电子地图，输入门牌就能看到对口学校，往年三次调整的界线用虚线叠在上面供家长比较。",
    "食堂采购的品种、单价、供货商每周五晚上更新，检测不合格的批次连同退货照片一并放上去；有两家供货商因此被换掉。",
    "教师招聘从报名人数到面试打分分段公布，落选者凭准考证可以查到自己每一项得分，质疑由监察室三天内书面回复。",
    "课后托管的收费依据原先散在几份通知里，这次合成一页问答，贴在每个校门口，并请家委会成员逐条试读、改掉拗口的地方。",
    "校车线路调整前在站牌张贴七天征求意见稿，收上来的纸条装订成册，采纳与否都写了一句话，放在传达室任人翻看。",
]


def text(paragraphs: list[str]) -> dict:
    return {"@section.1": "\n".join(paragraphs)}


def peers(**second):
    """Two units' reports with the same text; the second as given."""
    return {
        "a.txt": report(agency="云溪县教育局", text=text(WATER)),
        "b.txt": report(**{"text": text(WATER), **second}),
    }


def test_repetition_is_told_at_the_longest_passage_in_both_reports():
    results = link(
        {"2022.html": report(year=2022, layout="html", text=text(WATER)), "2023.txt": report(text=text(WATER))}
    )
    assert ("2023.txt", "GL805") in found(results)
    (diagnostic,) = (each for each in results["2023.txt"].diagnostics if each.rule.id == "GL805")
    place = words(results["2023.txt"], diagnostic)
    assert any(place in paragraph for paragraph in WATER)
    (there,) = diagnostic.finding.related
    assert results["2022.html"].source.text[slice(*there.location.span)] == place
    assert diagnostic.finding.params["share"] == 100


def test_years_numbers_and_names_make_no_difference():
    other = [
        line.replace("十七", "二十").replace("三家", "9家").replace("五年", "六年").replace("二月", "3月")
        for line in WATER
    ]
    other[0] = "2022年，云溪县教育局" + other[0]
    own = ["2023年，我局" + WATER[0], *WATER[1:]]
    results = link({"a.txt": report(agency="云溪县教育局", text=text(other)), "b.txt": report(text=text(own))})
    assert only(results["b.txt"]).finding.params["share"] >= 98


@pytest.mark.parametrize(("kept", "fires"), [(5, True), (4, True), (3, False), (0, False)])
def test_share_decides(kept, fires):
    """A fifth of new text is not enough to make a report one's own; two fifths are."""
    mixed = [*WATER[:kept], *SCHOOL[kept:]]
    expected = [("b.txt", "GL807")] if fires else []
    options = OPTIONS["GL807"]["sections"][0]
    own = sum(map(len, WATER[:kept])) / sum(map(len, mixed))
    assert (own >= options["share"] - 0.05) == fires
    assert found(link(peers(text=text(mixed)))) == expected


def test_short_sections_are_not_judged():
    assert found(link({"a.txt": report(agency="云溪县教育局"), "b.txt": report()})) == []
    short = text(WATER[:2])
    assert found(link({"a.txt": report(agency="云溪县教育局", text=short), "b.txt": report(text=short)})) == []


def test_the_later_published_is_marked_whatever_the_order():
    early = report(agency="云溪县教育局", text={**text(WATER), "2024年1月20日": "2024年1月5日"})
    late = report(text=text(WATER))
    for files in ({"early": early, "late": late}, {"late": late, "early": early}):
        assert found(link({f"{name}.txt": data for name, data in files.items()})) == [("late.txt", "GL807")]


def test_same_day_the_later_input_is_marked():
    given = peers()
    assert found(link(given)) == [("b.txt", "GL807")]
    assert found(link(dict(reversed(given.items())))) == [("a.txt", "GL807")]


@pytest.mark.parametrize("agency", ["云溪县教育局", "教育局", "县教育局", "云溪县人民政府"])
def test_same_unit_twice_and_government_with_unit_are_no_peers(agency):
    assert found(link(peers(agency=agency))) == []


def test_two_governments_are_peers():
    files = peers(agency="临江县人民政府")
    files["a.txt"] = report(agency="云溪县人民政府", text=text(WATER))
    assert found(link(files)) == [("b.txt", "GL807")]


def test_one_finding_for_the_most_alike():
    near = [*WATER[:4], SCHOOL[4]]
    files = {
        "a.txt": report(agency="云溪县教育局", text=text(near)),
        "b.txt": report(agency="云溪县财政局", text=text(WATER)),
        "c.txt": report(agency="云溪县民政局", text=text(near)),
        "d.txt": report(text=text(WATER)),
    }
    finding = only(link(files)["d.txt"]).finding
    assert (finding.params["agency"], finding.params["share"]) == ("云溪县财政局", 100)


def test_what_many_units_say_is_nobodys_own():
    units = [f"云溪县{name}" for name in ("教育局", "财政局", "民政局", "司法局", "审计局", "统计局", "林业局")]
    files = {f"{number}.txt": report(agency=name, text=text(WATER)) for number, name in enumerate(units)}
    assert found(link(files)) == []
    few = dict(list(files.items())[:5])
    assert found(link(few)) == [(f"{number}.txt", "GL807") for number in range(1, 5)]


def test_common_text_adds_nothing_to_what_is_repeated():
    """Three fifths are the other unit's; a long passage that all units have does not make it more."""
    common = "".join(SCHOOL[:3])
    units = [f"云溪县{name}" for name in ("财政局", "民政局", "司法局", "审计局", "统计局")]
    files = {f"{name}.txt": report(agency=name, text=text([common])) for name in units}
    files["a.txt"] = report(agency="云溪县教育局", text=text([common, *WATER]))
    files["b.txt"] = report(text=text([common, *WATER[:3], *SCHOOL[3:]]))
    assert found(link(files)) == []
    files["b.txt"] = report(text=text([common, *WATER[:4], SCHOOL[4]]))
    results = link(files)
    assert found(results) == [("b.txt", "GL807")]
    assert only(results["b.txt"]).finding.params["share"] < 90


def test_broken_lines_do_not_hide_a_copy():
    broken = [line[at : at + 30] for line in WATER for at in range(0, len(line), 30)]
    assert found(link(peers(text=text(broken)))) == [("b.txt", "GL807")]


def test_scattered_repetition_is_told_at_the_heading():
    """When only short stretches in each line are the same, the heading is the place."""
    pieces = [line[at : at + 22] for line in WATER for at in range(0, len(line) - 21, 22)]
    results = link(peers(text=text(pieces)))
    assert words(results["b.txt"], only(results["b.txt"])) == "一、总体情况"


def test_zero_statements_and_headings_may_be_the_same_every_year():
    stock = [
        "（一）主动公开情况",
        "（二）依申请公开情况",
        *(
            f"本年度未收到{what}方面的政府信息公开申请，未发生因此引起的行政复议和行政诉讼。"
            for what in ("河道", "水库", "移民", "农饮", "堤防")
        ),
        *(
            f"本机关没有发生{what}而被追究责任的情形。"
            for what in ("漏报", "迟报", "泄密", "乱收费", "拒不公开", "推诿", "敷衍")
        ),
    ]
    files = {"a.txt": report(year=2022, text=text(stock)), "b.txt": report(text=text(stock))}
    assert sum(map(len, stock)) > OPTIONS["GL805"]["sections"][0]["least"]
    assert ("b.txt", "GL805") not in found(link(files))


def test_report_without_an_agency_is_not_judged():
    results = link({**peers(), "c.txt": report(agency="")})
    assert found(results) == [("b.txt", "GL807")]
    assert {outcome(results["c.txt"], rule) for rule in ("GL801", "GL807")} == {("not_assessable", "no_agency")}


def test_both_rules_leave_out_the_same():
    assert OPTIONS["GL805"]["ignore"] == OPTIONS["GL807"]["ignore"]
    assert OPTIONS["GL805"]["sections"] == OPTIONS["GL807"]["sections"]


# The search


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("", "", []),
        ("甲乙丙丁戊己庚辛壬癸子丑", "甲乙丙丁戊己庚辛壬癸子丑", [(0, 0, 12)]),
        ("甲乙丙丁戊己庚辛壬癸子", "甲乙丙丁戊己庚辛壬癸子", []),
        ("一甲乙丙丁戊己庚辛壬癸子丑二", "三三甲乙丙丁戊己庚辛壬癸子丑四", [(1, 2, 12)]),
        ("甲" * 40, "甲" * 30, [(0, 0, 30)]),
        ("\U00020000" * 12 + "甲", "乙" + "\U00020000" * 12, [(0, 1, 12)]),
    ],
)
def test_passages(one, two, expected):
    assert [tuple(passage) for passage in passages(one, two)] == expected


def test_passages_are_the_longest_and_cover_moved_paragraphs():
    one, two = "".join(WATER), "".join(reversed(WATER))
    found_ = passages(one, two)
    assert sum(passage.length for passage in found_) == len(one)
    for passage in found_:
        assert one[passage.at : passage.at + passage.length] == two[passage.there : passage.there + passage.length]


def made(number: int) -> list[Text]:
    """Texts of so many units, each its own, every tenth copied from the one before."""
    parts = WATER + SCHOOL
    texts: list[Text] = []
    for unit in range(number):
        own = "".join(part + chr(0x3400 + unit) * 3 for part in parts[unit % 5 :])
        own = own[::-1] if unit % 3 else own
        text_ = "".join(chr(0x4E00 + (ord(char) * (unit + 7)) % 9000) for char in own)
        texts.append(Text(f"unit {unit}", (texts[-1].sections if unit % 10 == 9 else (text_,))))
    return texts


def test_candidates_are_the_copies():
    texts = made(60)
    found_ = Overlap(texts, 5, 0.2).candidates(range(60), lambda one, two: True)
    assert found_ == {unit: (unit - 1,) for unit in range(60) if unit % 10 == 9}


def test_pairs_that_may_not_be_compared_are_none():
    assert Overlap(made(20), 5, 0.2).candidates(range(20), lambda one, two: False) == {}


def operations(monkeypatch, work) -> int:
    """How many hashes, pairs asked for and texts compared in full some work takes."""
    count = 0

    def counting(function):
        def counted(*arguments):
            nonlocal count
            count += 1
            return function(*arguments)

        return counted

    with monkeypatch.context() as patched:
        patched.setattr(overlap, "crc32", counting(overlap.crc32))
        patched.setattr(own_text, "_shared", counting(own_text._shared))
        work(counting)
    return count


@pytest.mark.parametrize("alike", ["each its own", "all the same", "groups of ten"])
def test_search_is_linear(monkeypatch, alike):
    def texts(number):
        if alike == "each its own":
            return made(number)
        own = made(number)
        return [
            Text(f"unit {unit}", own[0 if alike == "all the same" else unit // 10].sections) for unit in range(number)
        ]

    def work(number):
        def search(counting):
            every = texts(number)
            Overlap(every, 5, 1.0).candidates(range(number), counting(lambda one, two: True))

        return operations(monkeypatch, search)

    assert work(400) <= 2.2 * work(200)


def test_linking_many_reports_is_linear(monkeypatch):
    many = amount(100, 300)
    cases = (make_case(seed, charset="right") for seed in range(many))
    results = [LINKED.check_bytes(case.data, case.name) for case in cases]
    assert all(result.report for result in results)

    def work(number):
        return operations(monkeypatch, lambda counting: LINKED.link(results[:number]))

    assert work(many) <= 2.5 * work(many // 2)
    assert not [path for path, rule in found({r.path: r for r in LINKED.link(results)}) if rule == "GL807"]


def test_gram_is_what_passages_and_hashes_share():
    assert len(overlap.hashes("甲" * (GRAM + 2))) == 3
    assert overlap.hashes("甲" * (GRAM - 1)) == []


def test_common_pieces_are_counted_by_unit_not_by_report():
    same = "".join(WATER)
    by_one = [Text("one", (same,)) for _ in range(30)] + [Text(f"{n}", (chr(0x5000 + n) * 50,)) for n in range(10)]
    assert not Overlap(by_one, 5, 0.2).common(same[:GRAM])
    by_many = [Text(f"{n % 7}", (same,)) for n in range(7)] + by_one
    assert Overlap(by_many, 5, 0.2).common(same[:GRAM])


def test_copies_and_candidates_do_not_depend_on_the_order_of_texts():
    texts = made(30)
    for shift, limit in product((0, 7, 19), (5,)):
        turned = texts[shift:] + texts[:shift]
        found_ = Overlap(turned, limit, 0.2).candidates(range(30), lambda one, two: True)
        pairs = {frozenset((turned[later].unit, turned[other].unit)) for later, (other,) in found_.items()}
        assert pairs == {frozenset((f"unit {n}", f"unit {n - 1}")) for n in (9, 19, 29)}

"""The numbers that Word counts: formats, levels, restarts, styles."""

from __future__ import annotations

import pytest
from test_readers_docx import para, run, shown

from govlint.readers.docx.levels import plain_bullet
from govlint.readers.docx.number_formats import formatted

FORMATS = {
    "decimal": {1: "1", 120: "120"},
    "decimalZero": {1: "01", 9: "09", 10: "10"},
    "upperRoman": {1: "I", 4: "IV", 9: "IX", 49: "XLIX", 1999: "MCMXCIX", 0: "0", 99999: "99999"},
    "lowerRoman": {14: "xiv"},
    "upperLetter": {1: "A", 26: "Z", 27: "AA", 53: "AAA", 0: "0", 10**8: "100000000"},
    "lowerLetter": {28: "bb"},
    "ordinal": {1: "1st", 2: "2nd", 3: "3rd", 4: "4th", 11: "11th", 12: "12th", 21: "21st", 112: "112th"},
    "decimalEnclosedCircle": {1: "①", 20: "⑳", 21: "21", 0: "0"},
    "decimalEnclosedCircleChinese": {2: "②", 21: "21"},
    "decimalEnclosedFullstop": {1: "⒈", 20: "⒛", 21: "21"},
    "decimalEnclosedParen": {1: "⑴", 20: "⒇"},
    "decimalFullWidth": {12: "１２"},
    "decimalFullWidth2": {30: "３０"},
    "decimalHalfWidth": {12: "12"},
    "numberInDash": {1: "- 1 -"},
    "chineseCounting": {0: "○", 1: "一", 10: "十", 11: "十一", 20: "二十", 21: "二十一", 99: "九十九", 100: "一○○"},
    "taiwaneseCounting": {10: "十", 19: "十九", 105: "一○五"},
    "chineseCountingThousand": {
        10: "十", 11: "十一", 20: "二十", 30: "三十", 100: "一百", 101: "一百零一", 110: "一百一十", 111: "一百一十一",
        1000: "一千", 1001: "一千零一", 1010: "一千零一十", 10000: "一万", 10001: "一万零一", 21000: "二万一千",
        0: "零", 123456: "一十二万三千四百五十六", 10**9: "1000000000",
    },
    "taiwaneseCountingThousand": {12: "十二", 202: "二百零二"},
    "japaneseCounting": {10: "十", 11: "十一", 21: "二十一", 101: "百一", 1110: "千百十", 0: "0"},
    "chineseLegalSimplified": {1: "壹", 2: "贰", 3: "叁", 10: "壹拾", 21: "贰拾壹", 101: "壹佰零壹"},
    "ideographLegalTraditional": {2: "貳", 3: "參", 6: "陸"},
    "ideographDigital": {1: "一", 10: "一〇", 21: "二一"},
    "japaneseDigitalTenThousand": {10: "一〇"},
    "taiwaneseDigital": {10: "一○"},
    "ideographTraditional": {1: "甲", 10: "癸", 11: "11"},
    "ideographZodiac": {1: "子", 12: "亥", 13: "13"},
    "ideographZodiacTraditional": {1: "甲子", 60: "癸亥", 61: "61"},
    "ideographEnclosedCircle": {1: "㈠", 10: "㈩", 11: "11"},
    "none": {3: ""},
    "bullet": {3: ""},
    "hebrew1": {3: "3"},
}  # fmt: skip


@pytest.mark.parametrize("name", FORMATS)
def test_formats(name):
    assert {value: formatted(value, name) for value in FORMATS[name]} == FORMATS[name]


def level(index: int, shape: str, text: str, more: str = "", start: str = '<w:start w:val="1"/>') -> str:
    numbered = f'<w:numFmt w:val="{shape}"/><w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{index}">{start}{numbered}{more}</w:lvl>'


def abstract(key: str, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{key}">{"".join(levels)}</w:abstractNum>'


def num(key: str, abstract_key: str, *overrides: str) -> str:
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{abstract_key}"/>{"".join(overrides)}</w:num>'


def restart(index: int, start: int) -> str:
    return f'<w:lvlOverride w:ilvl="{index}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def item(index: int | None, text: str = "文", key: str | None = "1", more: str = "") -> str:
    said = "" if index is None else f'<w:ilvl w:val="{index}"/>'
    said += "" if key is None else f'<w:numId w:val="{key}"/>'
    return para(text, f"{more}<w:numPr>{said}</w:numPr>")


REPORT = abstract(
    "a",
    level(0, "chineseCounting", "%1、", '<w:suff w:val="tab"/>'),
    level(1, "chineseCountingThousand", "（%2）", '<w:suff w:val="nothing"/>'),
    level(2, "decimal", "%3.", '<w:suff w:val="space"/>'),
)


def test_levels_count_and_restart():
    body = "".join(item(i) for i in (0, 1, 1, 2, 2, 0, 1, 2, 1))
    assert shown(body, numbering=REPORT + num("1", "a")) == [
        "一、文", "（一）文", "（二）文", "1. 文", "2. 文", "二、文", "（一）文", "1. 文", "（二）文",
    ]  # fmt: skip


def test_all_of_ninety_nine():
    body = item(0) * 99
    texts = shown(body, numbering=REPORT + num("1", "a"))
    assert [texts[i] for i in (9, 10, 19, 20, 98)] == ["十、文", "十一、文", "二十、文", "二十一、文", "九十九、文"]


DECIMAL = (level(0, "chineseCounting", "%1"), level(1, "decimal", "%1.%2"), level(2, "lowerLetter", "%1.%2.%3"))


def test_texts_with_several_levels():
    body = "".join(item(i) for i in (0, 1, 2, 2, 1))
    numbering = abstract("a", *DECIMAL) + num("1", "a")
    assert shown(body, numbering=numbering) == ["一文", "一.1文", "一.1.a文", "一.1.b文", "一.2文"]


def test_legal_numbers_are_decimal():
    levels = (*DECIMAL[:2], level(2, "lowerLetter", "%1.%2.%3", "<w:isLgl/>"))
    assert shown(item(0) + item(1) + item(2), numbering=abstract("a", *levels) + num("1", "a"))[2] == "1.1.1文"
    levels = (*DECIMAL[:2], level(2, "lowerLetter", "%3", '<w:isLgl w:val="0"/>'))
    assert shown(item(2), numbering=abstract("a", *levels) + num("1", "a")) == ["a文"]


def test_lower_level_first():
    assert shown(item(1) + item(0), numbering=abstract("a", *DECIMAL) + num("1", "a")) == ["一.1文", "一文"]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [(None, "1 2 1 1"), ("0", "1 2 3 4"), ("1", "1 2 1 2"), ("2", "1 2 1 1")],
)
def test_restart_rules(rule, expected):
    more = "" if rule is None else f'<w:lvlRestart w:val="{rule}"/>'
    levels = (level(0, "decimal", "%1"), level(1, "decimal", "%2"), level(2, "decimal", "=%3", more))
    body = "".join(item(i, "") for i in (0, 1, 2, 2, 0, 2, 1, 2))
    found = shown(body, numbering=abstract("a", *levels) + num("1", "a"))
    assert " ".join(str(line)[1:] for line in found if str(line).startswith("=")) == expected


def test_start_values():
    levels = (level(0, "decimal", "%1.", start='<w:start w:val="3"/>'), level(1, "decimal", "%2)", start=""))
    body = item(0) + item(1) + item(0)
    assert shown(body, numbering=abstract("a", *levels) + num("1", "a")) == ["3.文", "0)文", "4.文"]


def test_instances_share_counters_unless_overridden():
    numbering = REPORT + num("1", "a") + num("2", "a") + num("3", "a", restart(0, 1)) + num("4", "a", restart(0, 5))
    keys = ("1", "2", "3", "3", "4", "1", "3")
    assert [str(line)[0] for line in shown("".join(item(0, key=key) for key in keys), numbering=numbering)] == list(
        "一二一二五六七"
    )


def test_overridden_levels():
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "decimal", "第%1条")}</w:lvlOverride><w:lvlOverride w:ilvl="99"/>'
    assert shown(item(0, key="2"), numbering=REPORT + num("2", "a", own)) == ["第1条文"]


def test_numbering_in_cells_and_empty_paragraphs():
    cells = f"<w:tc>{item(2, '')}</w:tc><w:tc>{item(2, '乙')}</w:tc>"
    body = f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>" + item(0, "")
    assert shown(body, numbering=REPORT + num("1", "a")) == [["1.", "2. 乙"], "一、"]


def test_deleted_and_hidden_paragraphs_do_not_count():
    gone = para("", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr>')
    hidden = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:vanish/></w:rPr></w:pPr>'
        f"{run('隐', '<w:vanish/>')}</w:p>"
    )
    assert shown(item(0) + gone + hidden + item(0), numbering=REPORT + num("1", "a")) == ["一、文", "二、文"]


def test_bullets_and_literal_texts():
    def bulleted(text: str, font: str = "宋体", shape: str = "bullet") -> str:
        fonts = f'<w:rPr><w:rFonts w:ascii="{font}"/></w:rPr>'
        return str(shown(item(0), numbering=abstract("a", level(0, shape, text, fonts)) + num("1", "a"))[0])

    assert bulleted("\uf06c", "Wingdings") == bulleted("l", "Wingdings") == bulleted("●") == bulleted("o") == "文"
    assert bulleted("—") == "—文"
    assert bulleted("注：") == "注：文"
    assert bulleted("附件", shape="none") == "附件文"
    assert bulleted("附件%1：", shape="none") == "附件：文"
    assert plain_bullet("·", "") == plain_bullet("", "") == ""


def test_hidden_numbers_count():
    levels = (level(0, "decimal", "%1.", "<w:rPr><w:vanish/></w:rPr>"), level(1, "decimal", "%1.%2"))
    assert shown(item(0) + item(0) + item(1), numbering=abstract("a", *levels) + num("1", "a")) == ["文", "文", "2.1文"]


def test_formats_named_twice():
    twice = (
        '<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001"/></mc:Choice>'
        '<mc:Fallback><w:numFmt w:val="decimalZero"/></mc:Fallback></mc:AlternateContent>'
    )
    made = f'<w:lvl w:ilvl="0"><w:start w:val="1"/>{twice}<w:lvlText w:val="%1"/></w:lvl>'
    assert shown(item(0), numbering=abstract("a", made) + num("1", "a")) == ["01文"]


# ---------------------------------------------------------------- by style


def style(key: str, properties: str = "", based_on: str = "", kind: str = "paragraph") -> str:
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return f'<w:style w:type="{kind}" w:styleId="{key}">{base}<w:pPr>{properties}</w:pPr></w:style>'


def listed(key: str, index: int | None = None) -> str:
    said = "" if index is None else f'<w:ilvl w:val="{index}"/>'
    return f'<w:numPr>{said}<w:numId w:val="{key}"/></w:numPr>'


def styled(key: str, more: str = "") -> str:
    return para("文", f'<w:pStyle w:val="{key}"/>{more}')


NUMBERING = REPORT + num("1", "a") + num("2", "a", restart(0, 9))


@pytest.mark.parametrize(
    ("styles", "body", "expected"),
    [
        (style("s", listed("1", 1)), styled("s") * 2, ["（一）文", "（二）文"]),
        (style("s", listed("1")) + style("t", based_on="s"), styled("t"), ["一、文"]),
        (style("s", listed("1")), styled("s", listed("0")), ["文"]),
        (style("s", listed("1")) + style("t", listed("0"), "s"), styled("t"), ["文"]),
        (style("s", listed("1")), styled("s", '<w:numPr><w:ilvl w:val="1"/></w:numPr>'), ["（一）文"]),
        (style("s", listed("1", 1)), styled("s", listed("2")), ["九、文"]),
        (
            style("s", listed("1")) + style("t", '<w:numPr><w:ilvl w:val="1"/></w:numPr>', "s"),
            styled("s") + styled("t"),
            ["一、文", "（一）文"],
        ),
        (style("x", based_on="y") + style("y", listed("1"), "x"), styled("x"), ["一、文"]),
        (style("s", listed("404")), styled("s"), ["文"]),
    ],
    ids=["own", "inherited", "off", "off in style", "level alone", "other list", "level in style", "cycle", "no list"],
)
def test_numbering_by_style(styles, body, expected):
    assert shown(body, styles=styles, numbering=NUMBERING) == expected


def test_levels_linked_to_styles():
    linked = abstract(
        "a",
        level(0, "chineseCounting", "%1、", '<w:pStyle w:val="h1"/>'),
        level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="h2"/>'),
    )
    styles = style("h1", listed("1")) + style("h2", listed("1")) + style("mine", based_on="h2")
    body = styled("h1") + styled("h2") + styled("mine") + styled("h2", listed("1"))
    found = shown(body, styles=styles, numbering=linked + num("1", "a"))
    assert found == ["一、文", "（一）文", "（二）文", "（三）文"]


def test_list_styles():
    linking = '<w:abstractNum w:abstractNumId="b"><w:numStyleLink w:val="L"/></w:abstractNum>'
    numbering = REPORT + linking + num("1", "a") + num("2", "b")
    body = item(0, key="2") + item(0, key="1")
    assert shown(body, styles=style("L", listed("1"), kind="numbering"), numbering=numbering) == ["一、文", "二、文"]
    assert shown(body, styles=style("L", listed("2"), kind="numbering"), numbering=numbering) == ["文", "一、文"]


def test_absurd_numbering_does_no_harm():
    numbering = (
        "<w:num/><w:abstractNum/><w:lvl/>"
        + abstract("a", '<w:lvl w:ilvl="x"/>', level(0, "lowerLetter", "%1%9", start='<w:start w:val="999999999"/>'))
        + num("1", "a", '<w:lvlOverride w:ilvl="-5"><w:startOverride/></w:lvlOverride>')
        + '<w:num w:numId="5"/>'
    )
    body = item(0) + item(8) + item(99) + item(-3) + item(0, key="5") + item(None, key=None)
    assert shown(body, numbering=numbering) == ["9999999991文", "文", "文", "10000000001文", "文", "文"]

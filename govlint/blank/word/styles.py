"""Styles, fonts and settings."""

from __future__ import annotations

from govlint.blank.typesetting import Font, Typesetting
from govlint.blank.word.xml import Xml, half_points, line_twips, part, w

STYLES = {
    "title": "Title",
    "heading": "Heading1",
    "subheading": "Heading2",
    "text": "NormalIndent",
    "signature": "Signature",
}
"""The ids of the styles by what a paragraph is."""
TABLE_TEXT, TODO, FOOTER = "TableText", "Todo", "Footer"
_NONE = Xml("")
_CHINESE = "86"
"""The character set GB2312, by which Word looks for another font."""


def styles_part(typesetting: Typesetting) -> bytes:
    """``word/styles.xml``."""
    fonts, sizes, lines, names = typesetting.fonts, typesetting.sizes, typesetting.lines, typesetting.names
    text, indent = half_points(sizes["text"]), w("ind", firstLineChars=200, firstLine=line_twips(2 * sizes["text"]))
    exact = w("spacing", line=line_twips(lines["text"]), lineRule="exact")
    defaults = w(
        "docDefaults",
        w("rPrDefault", w("rPr", _fonts(fonts["body"]), _size(text), _LANGUAGE)),
        w("pPrDefault"),
    )
    outlined = [w("outlineLvl", val=level) for level in range(2)]
    styles = (
        _style("Normal", "Normal", w("pPr", w("widowControl", val=0), exact, w("jc", val="both")), default=1),
        w(
            "style",
            *(w("name", val="Default Paragraph Font"), w("uiPriority", val=1), w("semiHidden")),
            type="character",
            default=1,
            styleId="DefaultParagraphFont",
        ),
        _style("Title", "Title", _title(typesetting), _run(fonts["title"], half_points(sizes["title"]))),
        _style("Heading1", "heading 1", w("pPr", w("keepNext"), indent, outlined[0]), _run(fonts["heading"], text)),
        _style("Heading2", "heading 2", w("pPr", w("keepNext"), indent, outlined[1]), _run(fonts["subheading"], text)),
        _style("NormalIndent", "Normal Indent", w("pPr", indent)),
        _style("Signature", "Signature", w("pPr", w("ind", rightChars=200, right=640), w("jc", val="right"))),
        _style(
            FOOTER,
            "footer",
            w("pPr", w("spacing", line=240, lineRule="auto"), w("jc", val="center")),
            _run(fonts["number"], half_points(sizes["number"])),
        ),
        _style(
            TABLE_TEXT,
            names["table"],
            w("pPr", w("spacing", line=line_twips(lines["table"]), lineRule="atLeast"), w("jc", val="center")),
            w("rPr", _size(half_points(sizes["table"]))),
            custom=1,
        ),
        w(
            "style",
            *(w("name", val=names["placeholder"]), w("basedOn", val="DefaultParagraphFont"), w("qFormat")),
            w("rPr", w("shd", val="clear", color="auto", fill=typesetting.highlight)),
            type="character",
            customStyle=1,
            styleId=TODO,
        ),
    )
    return part("styles", defaults, *styles)


def font_table(typesetting: Typesetting) -> bytes:
    """``word/fontTable.xml``: what stands in for a font that a computer does not have."""
    return part("fonts", *(_font(font) for font in typesetting.fonts.values()))


def settings_part() -> bytes:
    """``word/settings.xml``."""
    compatible = w(
        "compat",
        w("compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val=15),
    )
    return part(
        "settings",
        w("zoom", percent=100),
        w("defaultTabStop", val=420),
        w("characterSpacingControl", val="compressPunctuation"),
        compatible,
        w("themeFontLang", val="en-US", eastAsia="zh-CN"),
    )


_LANGUAGE = w("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")


def _style(identity: str, name: str, *properties: Xml, default: int | None = None, custom: int | None = None) -> Xml:
    based = _NONE if default else w("basedOn", val="Normal")
    shown = w("name", val=name), based, w("qFormat")
    return w("style", *shown, *properties, type="paragraph", default=default, customStyle=custom, styleId=identity)


def _title(typesetting: Typesetting) -> Xml:
    spacing = w("spacing", before=290, after=580, line=line_twips(typesetting.lines["title"]), lineRule="exact")
    return w("pPr", spacing, w("jc", val="center"))


def _run(font: Font, size: int) -> Xml:
    return w("rPr", _fonts(font), _size(size))


def _fonts(font: Font) -> Xml:
    return w("rFonts", ascii=font.name, eastAsia=font.name, hAnsi=font.name, cs=font.name)


def _size(half: int) -> Xml:
    return Xml(w("sz", val=half) + w("szCs", val=half))


def _font(font: Font) -> Xml:
    return w(
        "font",
        w("altName", val=",".join(font.instead)),
        w("charset", val=_CHINESE),
        w("family", val=font.family),
        w("pitch", val="default"),
        name=font.name,
    )

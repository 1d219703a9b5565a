"""Word documents whose structure is absurd."""

from __future__ import annotations

from hostile.case import readable, refused
from hostile.openxml import document, docx, ods_parts, word_parts, workbook_parts, zipped
from hostile.zips import PARAGRAPH, ROW, TABLE

LAUGHS = (
    '<!DOCTYPE l [<!ENTITY l0 "lol">' + "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 12)) + "]>"
)
EXTERNAL = '<!DOCTYPE l [<!ENTITY l11 SYSTEM "file:///etc/passwd">]>'
NETWORK = '<!DOCTYPE l SYSTEM "http://127.0.0.1:9/l.dtd" [<!ENTITY l11 "a">]>'
CELL = "<w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>"


def _laughing(xml: bytes | str, words: str, doctype: str = LAUGHS) -> str:
    """The part with a document type, one of whose entities stands in the place of ``words``."""
    return '<?xml version="1.0"?>' + doctype + str(xml).replace(words, "&l11;")


@refused(".docx", "doctype")
def billion_laughs() -> bytes:
    return zipped({**word_parts(""), "word/document.xml": _laughing(document(PARAGRAPH), "2023")})


@refused(".docx", "doctype")
def billion_laughs_in_utf16() -> bytes:
    text = _laughing(document(PARAGRAPH), "2023").replace("?>", ' encoding="UTF-16"?>', 1)
    return zipped({**word_parts(""), "word/document.xml": text.encode("utf-16")})


@refused(".docx", "doctype")
def billion_laughs_in_styles() -> bytes:
    parts = word_parts(PARAGRAPH, styles="<w:style>2023</w:style>")
    return zipped({**parts, "word/styles.xml": _laughing(parts["word/styles.xml"], "2023")})


@refused(".docx", "doctype")
def external_entity() -> bytes:
    return zipped({**word_parts(""), "word/document.xml": _laughing(document(PARAGRAPH), "2023", EXTERNAL)})


@refused(".docx", "doctype")
def external_document_type() -> bytes:
    return zipped({**word_parts(""), "word/document.xml": _laughing(document(PARAGRAPH), "2023", NETWORK)})


@refused(".xlsx", "doctype")
def billion_laughs_in_a_sheet() -> bytes:
    parts = workbook_parts(ROW)
    name = "xl/worksheets/sheet1.xml"
    return zipped({**parts, name: _laughing(parts[name], "<t>a</t>").replace("&l11;", "<t>&l11;</t>")})


@refused(".xlsx", "doctype")
def external_entity_in_strings() -> bytes:
    strings = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>a</t></si></sst>'
    sheet = '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData>'
    return zipped(workbook_parts(sheet, sharedStrings=_laughing(strings, ">a<", EXTERNAL).replace("&", ">&") + "<"))


@refused(".ods", "doctype")
def billion_laughs_in_ods() -> bytes:
    parts = ods_parts(TABLE)
    return zipped({**parts, "content.xml": _laughing(parts["content.xml"], ">a<").replace("&l11;", ">&l11;<")})


@refused(".ods", "doctype")
def external_entity_in_ods_in_utf16() -> bytes:
    parts = ods_parts(TABLE)
    text = _laughing(parts["content.xml"], ">a<", EXTERNAL).replace("&l11;", ">&l11;<")
    return zipped({**parts, "content.xml": text.replace("?>", ' encoding="UTF-16"?>', 1).encode("utf-16")})


@refused(".docx", "too_deep", "damaged")
def nested_200_000_deep() -> bytes:
    return docx("<w:sdt><w:sdtContent>" * 100_000 + PARAGRAPH + "</w:sdtContent></w:sdt>" * 100_000)


@readable(".docx", "docx")
def unknown_elements_200_000_deep() -> bytes:
    return docx(PARAGRAPH + "<w:x>" * 200_000 + "</w:x>" * 200_000)


@refused(".docx", "too_deep", "damaged")
def tables_in_tables() -> bytes:
    return docx("<w:tbl><w:tr><w:tc>" * 5000 + PARAGRAPH + "</w:tc></w:tr></w:tbl>" * 5000)


@refused(".docx", "too_deep", "damaged")
def runs_in_text_boxes() -> bytes:
    box = "<w:p><w:r><w:pict><w:txbxContent>"
    return docx(box * 5000 + PARAGRAPH + "</w:txbxContent></w:pict></w:r></w:p>" * 5000)


@readable(".docx", "docx")
def styles_in_a_circle() -> bytes:
    style = '<w:style w:type="paragraph" w:styleId="{}"><w:basedOn w:val="{}"/></w:style>'
    styles = style.format("a", "b") + style.format("b", "a") + style.format("c", "c")
    body = "".join(PARAGRAPH.replace("<w:p>", f'<w:p><w:pPr><w:pStyle w:val="{name}"/></w:pPr>') for name in "abc")
    return docx(body, styles=styles)


@readable(".docx", "docx")
def styles_in_a_chain() -> bytes:
    """Four thousand styles, each based on the one before."""
    style = '<w:style w:type="paragraph" w:styleId="s{}"><w:basedOn w:val="s{}"/></w:style>'
    used = "".join(PARAGRAPH.replace("<w:p>", f'<w:p><w:pPr><w:pStyle w:val="s{i}"/></w:pPr>') for i in range(4_000))
    return docx(used, styles="".join(style.format(i, i + 1) for i in range(4_000)))


@readable(".docx", "docx")
def lists_in_a_circle() -> bytes:
    numbering = '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="a"/></w:abstractNum>'
    numbering += '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    styles = (
        '<w:style w:type="numbering" w:styleId="a"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    said = '<w:p><w:pPr><w:numPr><w:ilvl w:val="999999999"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    return docx(PARAGRAPH.replace("<w:p>", said) * 50, styles=styles, numbering=numbering)


@readable(".docx", "docx")
def span_of_a_billion() -> bytes:
    wide = CELL.replace("<w:tc>", '<w:tc><w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr>')
    return docx(f"<w:tbl>{f'<w:tr>{wide * 50}</w:tr>' * 200}</w:tbl>")


@readable(".docx", "docx")
def merged_down_for_ever() -> bytes:
    merged = CELL.replace("<w:tc>", "<w:tc><w:tcPr><w:vMerge/></w:tcPr>")
    first = CELL.replace("<w:tc>", '<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>')
    return docx(f"<w:tbl><w:tr>{first}{CELL}</w:tr>{f'<w:tr>{merged}{CELL}</w:tr>' * 8_000}</w:tbl>")


@readable(".docx", "docx")
def columns_of_nonsense() -> bytes:
    widths = ("-5", "999999999", "NaN", "1e999", "0", "", "9" * 5000, "0.0000001mm")
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths) * 5000
    odd = '<w:trPr><w:gridBefore w:val="999999999"/><w:gridAfter w:val="-1"/><w:wBefore w:w="1e9"/></w:trPr>'
    return docx(f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{f'<w:tr>{odd}{CELL * 3}</w:tr>' * 300}</w:tbl>")


@refused(".docx", "too_many_tags")
def million_runs() -> bytes:
    return docx(f"<w:p>{'<w:r><w:t>一</w:t></w:r>' * 1_000_000}</w:p>")


@refused(".docx", "too_many_lines")
def too_many_paragraphs() -> bytes:
    return docx("<w:p><w:r><w:t>一</w:t></w:r></w:p>" * 101_000)


@refused(".docx", "too_many_cells", "too_many_lines", kind="docx")
def hundred_thousand_cells() -> bytes:
    cells = "<w:tc><w:p><w:r><w:t>7</w:t></w:r></w:p></w:tc>" * 10
    return docx(f"<w:tbl>{f'<w:tr>{cells}</w:tr>' * 12_000}</w:tbl>")


@readable(".docx", "docx")
def attributes_just_below_the_limit() -> bytes:
    return docx(PARAGRAPH + "".join(f'<w:x w:a="{i}" w:b="{i + 9}" w:c="{i * 7}" w:d="d{i}"/>' for i in range(290_000)))


@refused(".docx", "damaged")
def text_of_two_roots() -> bytes:
    return zipped({**word_parts(""), "word/document.xml": document("") * 2})

"""Text files of any kind: RTF, MHTML, CSV, HTML, XML of Office 2003, encodings."""

from __future__ import annotations

import os

from hostile.case import readable, refused
from hostile.word import LAUGHS

REPORT = "某局2023年政府信息公开工作年度报告"
HEAD = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n'
W2003 = '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body>'
_SHEET = "urn:schemas-microsoft-com:office:spreadsheet"
S2003 = f'<?xml version="1.0"?><Workbook xmlns="{_SHEET}" xmlns:ss="{_SHEET}"><Worksheet ss:Name="a"><Table>'


@refused(".rtf", "too_deep")
def million_braces() -> bytes:
    return b"{\\rtf1 " + b"{" * 1_000_000


@refused(".rtf", "too_deep")
def million_braces_in_what_is_skipped() -> bytes:
    return b"{\\rtf1{\\*\\foo " + b"{" * 1_000_000


@refused(".rtf", "empty", kind="rtf")
def binary_beyond_the_end() -> bytes:
    return b"{\\rtf1 report {\\pict\\bin999999999 ab}} \\bin2147483647 abc"


@readable(".rtf", "rtf")
def rtf_columns_of_nonsense() -> bytes:
    return (
        b"{\\rtf1 "
        + b"".join(
            b"\\trowd\\cellx%d\\cellx-5\\cellx2147483647 7\\cell 8\\cell\\row\n" % (i * 61) for i in range(6_000)
        )
        + b"}"
    )


@refused(".rtf", "too_many_cells", "too_complex")
def rtf_of_a_million_cells() -> bytes:
    return b"{\\rtf1 \\trowd\\intbl " + b"7\\cell" * 1_000_000 + b"\\row}"


@refused(".rtf", "too_deep", kind="rtf")
def rtf_tables_in_tables() -> bytes:
    return (
        b"{\\rtf1 " + b"".join(b"\\itap%d 7\\nestcell{\\*\\nesttableprops\\nestrow}" % i for i in range(1, 5000)) + b"}"
    )


@refused(".mht", "too_deep", "damaged")
def parts_in_parts() -> bytes:
    part = b"--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n"
    return HEAD.replace(b'"b"', b"b0") + b"".join(part % (i, i + 1) for i in range(100_000))


@refused(".mht", "too_many_parts")
def million_parts() -> bytes:
    return HEAD + b"--b\r\n\r\n" * 1_000_000


@refused(".mht", "damaged")
def mail_without_a_page() -> bytes:
    return (
        HEAD + b"--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--b--\r\n"
    )


@refused(".mhtml", "damaged", "empty", kind="mhtml")
def mail_in_itself() -> bytes:
    return HEAD.replace(b"multipart/related", b"multipart/mixed") + b"--b\r\nContent-Type: message/rfc822\r\n\r\n" * 7


@refused(".csv", "too_many_cells", "too_large", "empty")
def ten_million_commas() -> bytes:
    return b"1" + b"," * 10_000_000 + b"2"


@refused(".csv", "too_many_cells", "too_many_lines", kind="csv")
def million_rows() -> bytes:
    return b"a,1\n" * 1_000_000


@refused(".csv", "too_many_lines", kind="csv")
def one_quote_that_never_ends() -> bytes:
    return (REPORT + "\n项目,数量\n").encode() + b'"' + b"1,2\n" * 100_000


@refused(".tsv", "too_many_cells", "too_many_lines", kind="tsv")
def million_tabs() -> bytes:
    return b"1\t2\t3\t4\t5\n" * 300_000


@refused(".txt", "too_many_lines", kind="text")
def text_of_short_lines() -> bytes:
    return b"1\n" * 3_000_000


@refused(".txt", "too_much_text")
def text_of_one_line() -> bytes:
    return "政府信息公开，".encode() * 500_000


@refused(".txt", "too_large")
def text_beyond_the_limit() -> bytes:
    return b" " * (65 << 20)


@refused(".html", "too_many_cells")
def spans_of_a_page() -> bytes:
    cell = '<td rowspan="65534" colspan="1000">1</td>'
    return f"<html><table>{f'<tr>{cell * 100}</tr>' * 500}</table></html>".encode()


@refused(".html", "too_many_cells", "too_deep", kind="html")
def page_nested_100_000_deep() -> bytes:
    return b"<html>" + b"<div>" * 100_000 + REPORT.encode()


@refused(".html", "too_many_cells", "too_deep", kind="html")
def html_tables_in_tables() -> bytes:
    return b"<html>" + b"<table><tr><td>" * 20_000 + REPORT.encode()


@refused(".html", "too_many_cells", "too_many_tags", kind="html")
def page_of_a_million_cells() -> bytes:
    return b"<html><table>" + (b"<tr>" + b"<td>1" * 20) * 50_000 + b"</table>"


@readable(".txt", "text")
def utf16_of_half_pairs() -> bytes:
    return b"\xff\xfe" + (REPORT.encode("utf-16-le") * 20 + b"\x00\xd8") * 500


@refused(".txt", "binary")
def utf16_garbage() -> bytes:
    return b"\xff\xfe" + b"\x00\xd8\x01\x00" * 50_000


@refused(".txt", "binary")
def random_bytes() -> bytes:
    return os.urandom(200_000)


@refused(".doc", "doctype")
def billion_laughs_in_word_2003() -> bytes:
    return f'<?xml version="1.0"?>{LAUGHS}{W2003}&l11;</w:body></w:wordDocument>'.encode()


@refused(".doc", "too_deep")
def word_2003_nested_deeply() -> bytes:
    return ('<?xml version="1.0"?>' + W2003 + "<w:tbl><w:tr><w:tc>" * 20_000 + "</w:tc></w:tr></w:tbl>" * 20_000
            + "</w:body></w:wordDocument>").encode()  # fmt: skip


@refused(".xls", "too_many_cells")
def excel_2003_far_away() -> bytes:
    far = '<Row ss:Index="1048576"><Cell ss:Index="16384"><Data>a</Data></Cell></Row>'
    return f"{S2003}<Row><Cell><Data>a</Data></Cell></Row>{far}</Table></Worksheet></Workbook>".encode()


@refused(".xls", "too_many_cells")
def excel_2003_merged_all_over() -> bytes:
    row = '<Row><Cell ss:MergeAcross="16000" ss:MergeDown="1000000"><Data>a</Data></Cell></Row>'
    return f"{S2003}{row * 20_000}</Table></Worksheet></Workbook>".encode()

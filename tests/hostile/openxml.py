"""Packages to hide things in: DOCX, XLSX and ODS with nothing but the parts that their readers need."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"

Parts = Mapping[str, bytes | str]


def zipped(parts: Parts, level: int = 1) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as package:
        for name, content in parts.items():
            how = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            package.writestr(name, content, how)
    return buffer.getvalue()


def relations(targets: Mapping[str, str]) -> str:
    """A part of relations: kind → target; each id is its kind."""
    entries = "".join(
        f'<Relationship Id="{kind}" Type="{OFFICE}/{kind}" Target="{target}"/>' for kind, target in targets.items()
    )
    return f'<Relationships xmlns="{_RELATIONS}">{entries}</Relationships>'


def document(body: str) -> str:
    return f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'


def word_parts(body: str, **parts: str) -> dict[str, bytes | str]:
    """The parts of a DOCX; ``parts`` are the contents of ``styles`` and ``numbering``."""
    made = {f"word/{kind}.xml": f'<w:{kind} xmlns:w="{W}">{content}</w:{kind}>' for kind, content in parts.items()}
    return {
        "_rels/.rels": relations({"officeDocument": "word/document.xml"}),
        "word/document.xml": document(body),
        "word/_rels/document.xml.rels": relations({kind: f"{kind}.xml" for kind in parts}),
        **made,
    }


def docx(body: str, **parts: str) -> bytes:
    return zipped(word_parts(body, **parts))


def workbook_parts(*sheets: str, **more: str) -> dict[str, bytes | str]:
    """The parts of an XLSX; each of ``sheets`` is the content of a worksheet, ``more`` are parts of the workbook."""
    names = [f"worksheets/sheet{number}.xml" for number in range(1, len(sheets) + 1)]
    listed = "".join(f'<sheet name="s{at}" sheetId="{at + 1}" r:id="r{at}"/>' for at in range(len(sheets)))
    targets = "".join(
        f'<Relationship Id="r{at}" Type="{OFFICE}/worksheet" Target="{name}"/>' for at, name in enumerate(names)
    ) + "".join(f'<Relationship Id="{kind}" Type="{OFFICE}/{kind}" Target="{kind}.xml"/>' for kind in more)
    return {
        "_rels/.rels": relations({"officeDocument": "xl/workbook.xml"}),
        "xl/workbook.xml": f'<workbook xmlns="{S}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELATIONS}">{targets}</Relationships>',
        **{f"xl/{name}": f'<worksheet xmlns="{S}">{own}</worksheet>' for name, own in zip(names, sheets, strict=True)},
        **{f"xl/{kind}.xml": content for kind, content in more.items()},
    }  # fmt: skip


def xlsx(*sheets: str, **more: str) -> bytes:
    return zipped(workbook_parts(*sheets, **more))


def text_cell(address: str, text: str = "a") -> str:
    return f'<c r="{address}" t="inlineStr"><is><t>{text}</t></is></c>'


def ods_parts(tables: str) -> dict[str, bytes | str]:
    spaces = "".join(f' xmlns:{name}="{_ODF}{name}:1.0"' for name in ("office", "table", "text"))
    content = f"<office:document-content{spaces}><office:body><office:spreadsheet>{tables}"
    content += "</office:spreadsheet></office:body></office:document-content>"
    return {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content}


def ods(tables: str) -> bytes:
    return zipped(ods_parts(tables))

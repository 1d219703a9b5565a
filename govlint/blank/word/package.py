"""Parts → one zip, the same bytes for the same parts: no clock, a fixed order."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from govlint.blank.draft import Draft
from govlint.blank.typesetting import Typesetting
from govlint.blank.word.document import FOOTER_ID, RELATIONS
from govlint.blank.word.styles import FOOTER
from govlint.blank.word.xml import DECLARATION, Xml, joined, part, text_run, w

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a zip can hold; when the file was made is no part of it."""
_DASH = "\N{EM DASH}"
_MADE_ON_UNIX = 3
_PLAIN_FILE = 0o100644 << 16


def pack(parts: Mapping[str, bytes], draft: Draft, typesetting: Typesetting) -> bytes:
    """The file; ``parts`` of the folder ``word`` by name without suffix, the main one first."""
    main, *beside = parts
    everything = {
        "[Content_Types].xml": _content_types((*parts, "footer")),
        "_rels/.rels": _relations(
            (("rId1", f"{RELATIONS}/officeDocument", f"word/{main}.xml"),
             ("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml")),
        ),
        "docProps/core.xml": _core(draft),
        **{f"word/{name}.xml": data for name, data in parts.items()},
        "word/footer.xml": _footer(),
        f"word/_rels/{main}.xml.rels": _relations(
            (*((f"rId{number}", f"{RELATIONS}/{name}", f"{name}.xml") for number, name in enumerate(beside, 1)),
             (FOOTER_ID, f"{RELATIONS}/footer", "footer.xml")),
        ),
    }  # fmt: skip
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in everything.items():
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, _PLAIN_FILE
            entry.create_system = _MADE_ON_UNIX
            archive.writestr(entry, data)
    return buffer.getvalue()


def _content_types(names: tuple[str, ...]) -> bytes:
    special = {"document": "document.main"}
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{special.get(name, name)}+xml"/>' for name in names
    )
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    return (
        f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'{overrides}<Override PartName="/docProps/core.xml" ContentType="{core}"/></Types>'
    ).encode()


def _relations(entries: tuple[tuple[str, str, str], ...]) -> bytes:
    shown = "".join(
        f'<Relationship Id="{identity}" Type="{kind}" Target="{target}"/>' for identity, kind, target in entries
    )
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{shown}</Relationships>'.encode()


def _core(draft: Draft) -> bytes:
    """The title, the agency and the language, without dates."""
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{joined((draft.title,))}</dc:title><dc:creator>{joined((draft.agency,))}</dc:creator>"
        "<dc:language>zh-CN</dc:language></cp:coreProperties>"
    ).encode()


def _footer() -> bytes:
    """The number of the page between dashes, as official documents have it."""
    field = (w("fldChar", fldCharType="begin"), _instruction(), w("fldChar", fldCharType="separate"))
    runs = [w("r", piece) for piece in field]
    number = [*runs, text_run("1"), w("r", w("fldChar", fldCharType="end"))]
    style = w("pPr", w("pStyle", val=FOOTER))
    return part("ftr", w("p", style, text_run(f"{_DASH} "), *number, text_run(f" {_DASH}")))


def _instruction() -> Xml:
    return Xml('<w:instrText xml:space="preserve"> PAGE </w:instrText>')

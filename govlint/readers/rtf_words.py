"""The control words of RTF that a reader of text has to know."""

from __future__ import annotations

from collections.abc import Mapping

from govlint.model.document import Role

CHARACTERS: Mapping[str, str] = {
    "tab": "\t", "line": "\n", "lbr": "\n", "page": "\n", "column": "\n", "softline": "",
    "emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005",
    "emdash": "\u2014", "endash": "\u2013", "bullet": "\u2022",
    "lquote": "\u2018", "rquote": "\u2019", "ldblquote": "\u201c", "rdblquote": "\u201d",
    "chpgn": "1",
}  # fmt: skip
"""Words that show a character; the number of a page is any number, because page numbers are no text."""

SYMBOLS: Mapping[bytes, str] = {
    b"~": "\u00a0", b"_": "-", b"{": "{", b"}": "}", b"\\": "\\", b"\t": "\t",
}  # fmt: skip

SKIPPED = frozenset(
    (
        "colortbl stylesheet info pict objdata objclass objname fldinst nonshppict shprslt nonesttables sp bkmkstart "
        "bkmkend xe tc tcn rxe txe ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn listtable listoverridetable filetbl "
        "revtbl themedata colorschememapping datastore pntxta pntxtb template fontemb fontfile falt panose datafield "
        "formfield atnid atnauthor atndate annotation private pgptbl background generator docvar"
    ).split()
)
"""Groups that no reader of a page sees, or sees a second time."""

ENTERED = frozenset(
    "shpinst shptxt do dptxbxtext ud nesttableprops listtext pntext fldrslt shpgrp footnote header headerl headerr "
    "headerf footer footerl footerr footerf".split()
)
"""Groups to be read although ``\\*`` tells readers which do not know them to skip them."""

FLOWS: Mapping[str, Role | None] = {
    "shptxt": None, "dptxbxtext": None, "footnote": "note",
    "header": "header", "headerl": "header", "headerr": "header", "headerf": "header",
    "footer": "footer", "footerl": "footer", "footerr": "footer", "footerf": "footer",
}  # fmt: skip
"""Groups that are texts of their own, beside the one around them."""

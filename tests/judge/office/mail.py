"""MHTML, the web archive that browsers and Word save: a page and its pictures as parts of a mail."""

from __future__ import annotations

import base64
import quopri

from ..encode import encode, fitting
from .planned import Planned, rendered

_LAYOUTS = ("portal", "word", "nested", "unclosed", "minified", "split")
_PIXEL = base64.b64encode(b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff;").decode()


def write(planned: Planned) -> bytes:
    """The file."""
    rng = planned.rng("mhtml")
    layout = rng.choice(_LAYOUTS)
    how = planned.plan.encoding or rng.choice(("utf-8", "utf-8", "gb2312", "gb18030"))
    in_page = rng.random() < 0.5 and not planned.plan.encoding
    how = fitting(rendered(planned, layout, how if in_page else None), how)
    page = encode(rendered(planned, layout, how if in_page else None), how, "\r\n", planned.plan.broken)
    charset = "" if planned.plan.encoding else f'; charset="{how}"'
    packing = rng.choice(("quoted-printable", "base64", "8bit"))
    body = {
        "quoted-printable": lambda: quopri.encodestring(page.replace(b"\r\n", b"\n")).replace(b"\n", b"\r\n"),
        "base64": lambda: base64.encodebytes(page).replace(b"\n", b"\r\n"),
        "8bit": lambda: page,
    }[packing]()
    mark = "----=_NextPart_01DA.5C3E8F40"
    head = rng.choice(("From: <Saved by Blink>\r\nSnapshot-Content-Location: https://www.example.gov.cn/\r\n", ""))
    opening = (
        f"{head}MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
        f'\ttype="text/html";\r\n\tboundary="{mark}"\r\n\r\n'
        f"This document is a Single File Web Page.\r\n\r\n--{mark}\r\n"
        f"Content-Type: text/html{charset}\r\nContent-Transfer-Encoding: {packing}\r\n"
        "Content-Location: file:///C:/report.htm\r\n\r\n"
    )
    closing = (
        f"\r\n--{mark}\r\nContent-Type: image/gif\r\nContent-Transfer-Encoding: base64\r\n"
        f"Content-Location: file:///C:/a.gif\r\n\r\n{_PIXEL}\r\n--{mark}--\r\n"
    )
    return opening.encode("ascii") + body + closing.encode("ascii")

"""A page pasted from Word: o:p, mso styles, conditional comments, labels over several spans, nbsp."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from ..plan import Plan
from ..words import Rendered
from .html import Page, draw_style

_XML = (
    "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->"
    "<!--[if !mso]><style>v\\:*{behavior:url(#default#VML);}</style><![endif]-->"
)
_SPAN = "<span style=\"font-family:仿宋_GB2312;mso-hansi-font-family:'Times New Roman';font-size:16.0pt\">"


def render(plan: Plan, rng: Random) -> Rendered:
    """The report as Word's HTML."""
    pad = rng.choice(("", "", "&nbsp;", "\n   "))
    inside = (
        rng.choice((f'\n  <p class="MsoNormal" align="center">{pad}', f"<p class=MsoNormal>{pad}")),
        "<o:p></o:p></p>\n  ",
    )
    breaks = rng.choice(("<br>", "</span></p>\n<p class=MsoNormal><span>", ""))
    style = replace(
        draw_style(rng),
        breaks=breaks,
        paragraph=' class="MsoNormal" style="text-indent:32.0pt;mso-char-indent-count:2.0"',
        cell=' width="62" valign="top" style="border:solid windowtext 1.0pt;padding:0cm 5.4pt"',
        inside=inside,
        run=(_SPAN, "</span>"),
        split_runs=rng.choice((0.0, 0.2, 0.6)),
        blank="<span><o:p>&nbsp;</o:p></span>",
        table=' class="MsoTableGrid" border="0" cellspacing="0"',
    )
    page = Page(rng, style)
    page.raw('<html xmlns:o="urn:schemas-microsoft-com:office:office">')
    page.head(plan)
    page.raw(_XML)
    page.raw('<body lang="ZH-CN"><div class="Section1">')
    for line in plan.before:
        page.raw(f"<p>{line}</p>")
    for words in plan.title:
        page.paragraph(words, attributes=' class="MsoTitle" align="center"')
    for name, found in plan.metadata:
        page.b.add(f'<p class="MsoNormal">{name}：')
        page.b.put(found)
        page.raw("<o:p></o:p></p>")
    page.raw('<p class="MsoNormal"><o:p>&nbsp;</o:p></p>')
    page.body(plan)
    for line in plan.after:
        page.raw(f"<p>{line}</p>")
    page.raw("</div></body></html>")
    return page.b.done(".html", "word")

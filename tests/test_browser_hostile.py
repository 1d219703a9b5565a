"""The page of ``govlint serve`` with reports that want to run something in a browser: all of it is inert text."""

from __future__ import annotations

import html
import io

import pytest
from browser.reports import FAULTS, word
from browser.visit import Visit
from docx import Document as Word
from linked import as_word, report

pytestmark = pytest.mark.long
ATTACKS = (
    "<script>window.hit = 1</script>",
    "<script src=//evil.example/x.js></script>",
    '<img src=x onerror="window.hit = 2">',
    "\"><svg onload='window.hit = 3'><animate onbegin=window.hit=3 attributeName=x dur=1s>",
    "</style></script></textarea></title><script>window.hit = 4</script>",
    '<a href="javascript:window.hit = 5">点</a>',
    '<a href="data:text/html,<script>opener.hit = 5</script>" target=_blank>点</a>',
    "${window.hit = 6}{{window.hit = 6}}{% print 6 %}",
    "--><iframe srcdoc='<script>parent.hit = 7</script>'></iframe><!--",
    '<iframe src="https://evil.example/"></iframe><object data=//evil.example/></object><embed src=//evil.example/>',
    "&lt;script&gt;window.hit = 8&lt;/script&gt;",
    '<base href="https://evil.example/"><meta http-equiv=refresh content="0;url=https://evil.example/">',
    '<div style="position:fixed;inset:0;background:url(//evil.example/a.png);z-index:99">盖住</div>',
    "<style>@import url(//evil.example/a.css); body{display:none}</style>",
    '<form action="https://evil.example/"><input name=q autofocus onfocus=window.hit=9><button>交</button></form>',
    '<details open ontoggle="window.hit = 10"><summary>开</summary></details><video src=x onerror=window.hit=11>',
    '<math><mtext><table><mglyph><style><img src=x onerror="window.hit = 12"></style></mglyph></table></mtext></math>',
)
DEEP = 4 << 20
"""Bytes of nested tags."""
_TAGS = set(
    "a article b br button code dd details div dl dt fieldset h2 h3 h4 header input label legend li mark ol option"
    " output p section select small span summary table tbody td th thead tr ul".split()
)
"""Kinds of elements that the page itself has in a result."""
_LOOK = """() => { const nodes = [...document.querySelectorAll("#result *, #files *, #rows *, #offers *, #problem *")];
  const names = nodes.flatMap((node) => node.getAttributeNames().map((name) => [node, name]));
  return {
    tags: [...new Set(nodes.map((node) => node.localName))],
    spaces: [...new Set(nodes.map((node) => node.namespaceURI))],
    attributes: [...new Set(names.map(([, name]) => name).filter((name) => /^(on|style|src|.*action)/.test(name)))],
    links: names.filter(([node, name]) => name === "href" && !/^#[\\w.-]+$/.test(node.getAttribute(name))).length,
    fields: nodes.filter((node) => node.matches("input:not([name=severity])")).length,
    base: document.querySelectorAll("base, iframe, frame, object, embed").length,
  }; }"""


def page_of(text: str) -> bytes:
    """A report as a web page that has the attacks as words, as tags and as attributes."""
    rows = "".join(f"<p title='x'>{html.escape(line)}</p>" for line in text.splitlines())
    return f"<html><body onload='window.hit = 13'>{rows}{''.join(ATTACKS)}</body></html>".encode()


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """Reports that say all of it: in running text, cells, headings, markup, links, names of files."""
    edits = {
        "heading": {1: f"一、总体的情况{ATTACKS[0]}"},
        "cell": {
            "remedies.review.upheld": ATTACKS[2],
            "requests.granted.business": ATTACKS[3],
            "requests.received.total": ATTACKS[8],
        },
        "text": {"@section.1": "\n".join(f"今年{text}。。" for text in ATTACKS), "@section.6": ATTACKS[4]},
    }
    text = report(**edits)
    word_file = Word(io.BytesIO(as_word(text)))
    for attack in ATTACKS:
        word_file.add_paragraph(attack)
    out = io.BytesIO()
    word_file.save(out)
    return {
        f"{ATTACKS[2]}.txt": text,
        '"><img src=x onerror=window.hit=14>.html': page_of(text.decode()),
        "' onmouseover='window.hit=15.docx": out.getvalue(),
        "javascript:window.hit=16.md": text,
        f"{ATTACKS[0]}.png": b"\x89PNG\r\n\x1a\n" + bytes(64),
    }


def inert(visit: Visit, address: str) -> None:
    """Assert that nothing of a report ran, went anywhere or became part of the page."""
    visit.page.wait_for_timeout(300)  # What would run by itself would have by now.
    seen = visit.ask(_LOOK)
    assert set(seen["tags"]) <= _TAGS
    assert seen["spaces"] == ["http://www.w3.org/1999/xhtml"]
    assert (seen["attributes"], seen["links"], seen["fields"], seen["base"]) == ([], 0, 0, 0)
    assert visit.ask("window.hit") is None
    assert visit.page.url.partition("#")[0] == address
    assert len(visit.page.frames) == 1
    assert len(visit.context.pages) == 1
    assert not [url for url in visit.requests if not url.startswith(visit.url)]
    covering = "document.elementFromPoint(innerWidth / 2, innerHeight / 2).closest('main, header, footer') !== null"
    assert visit.ask(covering)


def test_nothing_of_a_report_runs_in_the_page(visit, files):
    address = visit.page.url
    visit.drop(files)
    inert(visit, address)
    assert visit.texts(".report h2")[0].startswith("<img src=x onerror")
    text = visit.ask("document.getElementById('result').textContent")
    for attack in ATTACKS:
        assert attack in text
    for link in visit.all("#result a.n").all()[:40]:
        link.dispatch_event("click")
    visit.page.click(".menu > summary >> nth=0")
    visit.page.click("#downloads > summary")
    inert(visit, address)
    with visit.result():
        visit.page.click("nav [lang=en]")
    inert(visit, address + "?lang=en")


def test_nothing_of_what_is_pasted_runs(visit, files):
    address = visit.page.url
    data = list(files.values())[1].decode()
    visit.paste(html=data)
    inert(visit, address)
    assert visit.texts(".report h2") == [f"{word('pasted')}.html"]


def test_nothing_runs_without_the_policy_either(visiting, files):
    """The policy is the second lock: the first holds alone."""
    visit = visiting(bypass_csp=True)
    visit.drop(files)
    inert(visit, visit.url)


def test_nothing_runs_in_the_page_of_a_form(visiting, files):
    """The page as a browser gets it that runs no scripts, in one that would."""
    visit = visiting()
    visit.ask(
        """([names, datas]) => { const data = new DataTransfer();
        names.forEach((name, at) => data.items.add(new File([datas[at]], name)));
        document.getElementById("file").files = data.files;
        const form = document.getElementById("give"), show = document.createElement("input");
        Object.assign(show, { type: "hidden", name: "show", value: "page" }); form.append(show);
        HTMLFormElement.prototype.submit.call(form); }""",
        [
            [name for name in files if not name.endswith((".docx", ".png"))],
            [report().decode(), page_of(report().decode()).decode(), "x"],
        ],
    )
    visit.seen("#result .report")
    inert(visit, visit.url + "check")
    title = visit.page.title()
    assert "<" not in title


@pytest.mark.parametrize("tag", ["<div>", "<b><i>", "<table><tr><td>", "<svg><g>", "<font><p>"])
def test_four_megabytes_of_nested_tags_do_no_harm(visit, tag):
    address = visit.page.url
    nested = f"<script>window.hit = 1</script>{tag * (DEEP // len(tag))}深处<script>window.hit = 2</script>".encode()
    visit.drop({"深.html": nested, "a.txt": report(**FAULTS)})
    inert(visit, address)
    assert len(visit.cards(2)) == 4
    assert visit.texts(".report h2") == ["深.html", "a.txt"]
    assert visit.ask("document.querySelectorAll('#result *').length") < 20_000

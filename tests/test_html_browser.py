"""The page of ``html`` in a real browser: nothing of a report runs, links and filters work, every width and paper.

Needs chromium; GOVLINT_REQUIRE_OFFICE=1 fails where it is missing.
"""

from __future__ import annotations

import base64
import html
import io
import json
import os
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from docx import Document as Word
from judge.office import browser
from runs import CLEAN, LINTER, SOME, WAIVER, waiving, write

from govlint.examples.running import build
from govlint.model.diagnostic import Result, Run
from govlint.model.errors import ReadError

Call = Callable[..., Any]
pytestmark = pytest.mark.long
FIXTURES = Path(__file__).parent.parent / "fixtures" / "faulty"
ATTACKS = [
    "<script>window.hit = 1</script>",
    '<img src=x onerror="window.hit = 2">',
    "\"><svg onload='window.hit = 3'>",
    "</style></script><script>window.hit = 4</script>",
    '<a href="javascript:window.hit = 5">点</a>',
    "${window.hit = 6}{{window.hit = 6}}",
    "--><iframe srcdoc='<script>parent.hit = 7</script>'></iframe><!--",
    "&lt;script&gt;window.hit = 8&lt;/script&gt;",
    "</textarea></title><base href=//e.x><meta http-equiv=refresh content=0;url=//e.x>",
]


class Tab:
    """A page of the browser."""

    def __init__(self, call: Call, folder: Path) -> None:
        target = call("Target.createTarget", {"url": "about:blank"})["targetId"]
        self._session = call("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"]
        self._call = call
        self._path = folder / "page.html"
        self.do("Page.enable")

    def do(self, method: str, until: str = "", **params: object) -> Any:
        return self._call(method, params, self._session, until=until)

    def open(self, run: Run, fragment: str = "", *, width: int = 1280, scripts: bool = True) -> None:
        """Show the page of a run at a width."""
        self._path.write_text(write("html", run), encoding="utf-8")
        self.do("Emulation.setScriptExecutionDisabled", value=not scripts)
        self.do("Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=False)
        self.do("Page.navigate", url="about:blank", until="Page.loadEventFired")
        self.do("Page.navigate", url=self._path.as_uri() + fragment, until="Page.loadEventFired")

    def ask(self, expression: str) -> Any:
        """The value of an expression in the page."""
        answer = self.do("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def press(self, key: str) -> None:
        for kind in ("keyDown", "keyUp"):
            self.do("Input.dispatchKeyEvent", type=kind, key=key, text=key if kind == "keyDown" else "")

    def click(self, selector: str) -> None:
        """Click like a person: where the element is on the screen."""
        self.ask(f"document.querySelector({selector!r}).scrollIntoView({{block: 'center'}})")
        self.settle()
        box = self.ask(f"(({BOX})(document.querySelector({selector!r})))")
        for kind in ("mousePressed", "mouseReleased"):
            self.do("Input.dispatchMouseEvent", type=kind, x=box[0], y=box[1], button="left", clickCount=1)
        self.settle()

    def settle(self) -> None:
        """Wait until what changed is drawn."""
        self.ask("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


BOX = "n => { const b = n.getClientRects()[0]; return [b.left + b.width / 2, b.top + b.height / 2]; }"
SEEN = """n => { const b = n.getBoundingClientRect(), y = b.top + b.height / 2, x = b.left + b.width / 2;
  const there = document.elementFromPoint(x, Math.max(b.top + 2, 0));
  return y > 0 && y < innerHeight && (n === there || n.contains(there)); }"""


def seen(tab: Tab, name: str) -> bool:
    """Whether the element of that id can be seen on the screen, covered by nothing, as soon as the page has moved."""
    for _ in range(40):
        if tab.ask(f"({SEEN})(document.getElementById({name!r}))"):
            return True
        time.sleep(0.05)
    return False


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    if not browser.found():
        if os.environ.get("GOVLINT_REQUIRE_OFFICE") == "1":
            pytest.fail("chromium is not installed")
        pytest.skip("chromium is not installed")
    folder = tmp_path_factory.mktemp("browser")
    with browser.running(folder) as call:
        yield Tab(call, folder)


@pytest.fixture(scope="module")
def faulty() -> Run:
    """A report with 3 errors and a warning."""
    return LINTER.run([LINTER.check_bytes((FIXTURES / "totals-2024.txt").read_bytes(), "totals.txt")])


# Nothing of a report runs


def attacked(suffix: str) -> Result:
    """A report that says all of it: in running text, cells, headings and its own markup."""
    edits = {
        "heading": {1: f"一、总体的情况{ATTACKS[0]}"},
        "cell": {"remedies.review.upheld": ATTACKS[1], "requests.granted.business": ATTACKS[2]},
        "text": {"@section.1": "\n".join(f"今年{text}。。" for text in ATTACKS), "@section.6": ATTACKS[3]},
    }
    text = build(edits, CLEAN, LINTER).data.decode()
    if suffix == ".html":
        rows = (f"<p title='x'>{html.escape(line)}</p>" for line in text.splitlines())
        data = f"<html><body>{''.join(rows)}{ATTACKS[0]}{ATTACKS[1]}</body></html>".encode()
    elif suffix == ".docx":
        word = Word()
        for line in text.splitlines():
            word.add_paragraph(line)
        out = io.BytesIO()
        word.save(out)
        data = out.getvalue()
    else:
        data = text.encode()
    return LINTER.check_bytes(data, f"{ATTACKS[1]}{suffix}")


def test_nothing_of_a_report_runs(tab):
    waiver = WAIVER._replace(reason=ATTACKS[0], author=ATTACKS[1], path=ATTACKS[2])
    results = [attacked(suffix) for suffix in (".txt", ".html", ".docx")]
    assert all(len(result.diagnostics) > 3 for result in results)
    rule = results[0].diagnostics[-1].rule.id
    broken = Result(ATTACKS[3], read_error=ReadError(ATTACKS[3], "unopened", {"error": ATTACKS[6]}))
    tab.open(LINTER.run([waiving(results[0], rule, waiver), *results[1:], broken]))
    tab.ask("new Promise(done => setTimeout(done, 100))")
    assert tab.ask("window.hit") is None
    foreign = (
        "script, style, img, svg, iframe, base, object, embed, form, link, [onerror], [onload], body [style], [src]"
    )
    assert tab.ask(f"[...document.querySelectorAll({foreign!r})].map(n => n.tagName)") == ["STYLE", "SCRIPT"]
    assert tab.ask("[...document.links].filter(a => !a.getAttribute('href').startsWith('#')).length") == 0
    assert tab.ask("document.title") == "政府信息公开工作年度报告检查结果"
    text = tab.ask("document.body.textContent")
    for words in ATTACKS:
        assert words in text
    for number in range(len(results)):
        tab.ask(f"document.querySelector('#r-{number + 1} .card a').click()")
    assert tab.ask("[window.hit === undefined, performance.getEntriesByType('resource').length]") == [True, 0]


def test_scripts_of_others_would_be_refused(tab, faulty):
    """The page's own policy: what comes in later does not run either."""
    tab.open(faulty)
    image = "<img src=data:, onerror='window.hit = 1' style='color:red'>"
    tab.ask(f'document.body.insertAdjacentHTML("beforeend", "{image}")')
    tab.ask("new Promise(done => setTimeout(done, 100))")
    assert tab.ask("window.hit") is None
    assert tab.ask("getComputedStyle(document.querySelector('img')).color") != "rgb(255, 0, 0)"


# It works


def cards(tab: Tab) -> list[str]:
    """The ids of the cards that are shown."""
    return list(tab.ask("[...document.querySelectorAll('.card')].filter(c => c.offsetParent).map(c => c.id)"))


def choose(tab: Tab, name: str, value: str) -> None:
    """Take an entry of a list."""
    select = f"document.querySelector('[name={name}]')"
    tab.ask(f"{select}.value = {value!r}; {select}.dispatchEvent(new Event('change', {{bubbles: true}}))")


def test_filters_choose_by_severity_rule_and_part(tab, faulty):
    tab.open(faulty)
    assert cards(tab) == ["f-1-1", "f-1-2", "f-1-3", "f-1-4"]
    tab.click("[name=severity][value=warning]")
    assert cards(tab) == ["f-1-2", "f-1-3", "f-1-4"]
    assert tab.ask("document.querySelector('output').textContent") == "显示 3 个，共 4 个"
    assert tab.ask("getComputedStyle(document.querySelector('[data-f=f-1-1]')).textDecorationLine") == "none"
    assert tab.ask("document.getElementById('at-f-1-1').offsetParent") is None
    choose(tab, "rule", "GL400")
    assert cards(tab) == ["f-1-2", "f-1-3"]
    choose(tab, "part", "remedies")
    assert cards(tab) == []
    choose(tab, "rule", "")
    assert cards(tab) == ["f-1-4"]
    choose(tab, "part", "")
    tab.click("[name=severity][value=warning]")
    assert len(cards(tab)) == 4
    assert tab.ask("document.querySelector('output').textContent") == ""


def test_keys_go_from_finding_to_finding(tab, faulty):
    tab.open(faulty)
    went = []
    for key in "nnjpk":
        tab.press(key)
        went.append(tab.ask("document.querySelector('.card.current').id"))
        assert seen(tab, went[-1])
        assert seen(tab, f"at-{went[-1]}")
    assert went == ["f-1-1", "f-1-2", "f-1-3", "f-1-2", "f-1-1"]
    tab.press("p")
    assert tab.ask("document.querySelector('.card.current').id") == "f-1-1"
    tab.click("#next")
    assert tab.ask("location.hash") == "#f-1-2"
    assert tab.ask("document.querySelectorAll('mark.current').length") == 1
    assert tab.ask("[...document.querySelectorAll('.lit')].map(n => n.textContent)")


@pytest.mark.parametrize("width", [360, 1280])
def test_links_lead_to_the_place_and_back(tab, faulty, width):
    tab.open(faulty, width=width)
    tab.click("#f-1-4 dd a")
    assert seen(tab, "at-f-1-4")
    assert tab.ask("document.activeElement.id") == "at-f-1-4"
    tab.click("#at-f-1-4")
    assert seen(tab, "f-1-4")
    tab.click("mark[data-f=f-1-2]")
    assert seen(tab, "f-1-2")
    assert tab.ask("location.hash") == "#f-1-2"
    tab.do("Page.navigateToHistoryEntry", entryId=tab.do("Page.getNavigationHistory")["entries"][-3]["id"])
    tab.ask("new Promise(done => setTimeout(done, 100))")
    assert seen(tab, "at-f-1-4")


def test_what_is_folded_opens_when_led_there(tab):
    text = (FIXTURES.parent / "clean" / "2021-portal.html").read_text(encoding="utf-8")
    run = LINTER.run([LINTER.check_bytes(text.replace("政民互动", "政民互动。。", 1).encode(), "a.html")])
    tab.open(run)
    tab.ask("document.querySelectorAll('details').forEach(n => { n.open = false; })")
    tab.ask("document.querySelector('#f-1-1 dd a').click()")
    assert seen(tab, "at-f-1-1")


@pytest.fixture(scope="module")
def several() -> Run:
    """Reports with 4, no and 1 findings, and one that could not be read."""
    one_warning = build({"text": {"@section.1": "稳步推进各项工作。。"}}, CLEAN, LINTER).data
    return LINTER.run(
        [
            LINTER.check_bytes((FIXTURES / "totals-2024.txt").read_bytes(), "b10.txt"),
            LINTER.check_bytes(build({}, CLEAN, LINTER).data, "b9.txt"),
            LINTER.check_bytes(b"", "a.txt"),
            LINTER.check_bytes(one_warning, "c.txt"),
        ]
    )


def order(tab: Tab) -> list[str]:
    """The files of the overview from top to bottom."""
    return list(tab.ask("[...document.querySelectorAll('#overview tbody a')].map(link => link.textContent)"))


def test_the_overview_is_sorted_by_each_column(tab, several):
    tab.open(several)
    assert order(tab) == ["b10.txt", "b9.txt", "a.txt", "c.txt"]
    tab.click("#overview th:nth-child(1) button")
    assert order(tab) == ["a.txt", "b9.txt", "b10.txt", "c.txt"]
    tab.click("#overview th:nth-child(1) button")
    assert order(tab) == ["c.txt", "b10.txt", "b9.txt", "a.txt"]
    tab.click("#overview th:nth-child(4) button")
    assert order(tab)[:2] == ["a.txt", "b10.txt"], "what was not read is graver than any number"
    tab.click("#overview th:nth-child(4) button")
    assert order(tab)[-2:] == ["b10.txt", "a.txt"]
    sorts = "[...document.querySelectorAll('#overview th[scope=col]')].map(head => head.getAttribute('aria-sort'))"
    assert tab.ask(sorts) == [None, None, None, "ascending", None, None]
    tab.open(several, scripts=False)
    assert tab.ask("document.querySelector('#overview thead button')") is None


def test_the_script_begins_anew_on_what_is_put_in(tab, faulty, several):
    """As a served page does it: no listener is lost or doubled."""
    tab.open(several)
    tab.press("n")
    main = re.search(r"<main>(.*)</main>", write("html", faulty), re.DOTALL)
    assert main
    tab.ask(
        f"document.querySelector('main').innerHTML = {json.dumps(main[1])}; history.replaceState(null, '', '#');"
        "document.dispatchEvent(new Event('govlint:shown'))"
    )
    tab.press("n")
    tab.press("n")
    assert tab.ask("document.querySelector('.card.current').id") == "f-1-2"
    tab.click("#fold")
    assert tab.ask("document.querySelector('.card details').open") is True
    assert tab.ask("document.getElementById('fold').textContent") == "收起全部"
    tab.click("[name=severity][value=warning]")
    assert cards(tab) == ["f-1-2", "f-1-3", "f-1-4"]


def test_tables_wider_than_the_screen_are_reached_by_keys(tab, faulty):
    boxes = "[...document.querySelectorAll('.scroll')].map(box => [box.scrollWidth > box.clientWidth, box.tabIndex])"
    tab.open(faulty, width=360)
    narrow = {tuple(each) for each in tab.ask(boxes)}
    assert (True, 0) in narrow
    assert narrow <= {(True, 0), (False, -1)}
    tab.open(faulty, width=1920)
    assert {tuple(each) for each in tab.ask(boxes)} == {(False, -1)}


@pytest.mark.parametrize("width", [360, 1280])
def test_without_scripts_links_lead_there_too(tab, faulty, width):
    tab.open(faulty, "#f-1-3", width=width, scripts=False)
    assert tab.ask("document.getElementById('bar').offsetParent") is None
    assert seen(tab, "f-1-3")
    tab.open(faulty, "#at-f-1-3", width=width, scripts=False)
    assert seen(tab, "at-f-1-3")


# Every width, dark and light, paper


@pytest.mark.parametrize("width", [320, 360, 768, 1280, 1920])
def test_nothing_runs_out_of_the_page(tab, faulty, width):
    tab.open(faulty, width=width)
    assert tab.ask("document.documentElement.scrollWidth") <= width
    columns = tab.ask("document.querySelector('.findings').getBoundingClientRect().left") > width / 3
    assert columns == (width >= 1024)


def test_a_long_path_does_not_break_the_page(tab, faulty):
    (result,) = faulty.results
    tab.open(replace(faulty, results=(replace(result, path="长" * 400 + "a" * 400), result)), width=360)
    assert tab.ask("document.documentElement.scrollWidth") <= 360


def test_the_dark_page_is_dark(tab, faulty):
    tab.do("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark"}])
    tab.open(faulty)
    light = "getComputedStyle({}).{}.match(/\\d+/g).slice(0, 3).map(Number).reduce((a, b) => a + b)"
    assert tab.ask(light.format("document.body", "backgroundColor")) < 120
    assert tab.ask(light.format("document.querySelector('.sheet p')", "color")) > 600
    tab.do("Emulation.setEmulatedMedia", features=[])


def test_paper_has_everything(tab, faulty):
    """Also what is folded on the screen; nothing that only works on screens."""
    tab.open(faulty)
    printed = base64.b64decode(tab.do("Page.printToPDF", preferCSSPageSize=True)["data"])
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(printed)]
    text = "".join("".join(pages).split())
    for diagnostic in faulty.results[0].diagnostics:
        assert "".join(diagnostic.rule.why["zh"].split()) in text
    assert "审核人" in text
    assert "下一个" not in text
    assert pypdfium2.PdfDocument(printed)[0].get_size() == pytest.approx((595, 842), abs=1)


def test_a_thousand_findings_stay_usable(tab):
    some = "\n".join(f"第{n}项工作按计划推进，公开信息{n}条。。" for n in range(1000))
    result = SOME.with_rules(tuple(rule for rule in LINTER.rules if rule.id == "GL903")).check_bytes(
        build({"text": {"@section.1": some}}, CLEAN, LINTER).data, "a.txt"
    )
    assert len(result.diagnostics) == 1000
    tab.open(LINTER.run([result]))
    took = tab.ask(
        "(() => { const at = performance.now(); document.getElementById('next').click();"
        "document.querySelector('[name=severity]').click(); return performance.now() - at; })()"
    )
    assert took < 5000
    assert cards(tab) == []

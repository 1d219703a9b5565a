"""The four pages of ``govlint serve``, judged by axe-core: empty, a clean report, a bad one, forty.

Needs chromium, playwright and npm with its registry; GOVLINT_REQUIRE_AXE=1 fails where these are missing.
"""

from __future__ import annotations

import os

import pytest
from browser.axe import source, violations
from browser.reports import LAST_YEAR, broken_word, faulty_word, forty
from linked import report

pytestmark = pytest.mark.long
PAGES = {
    "empty": {},
    "clean": {"云溪县水务局2023.txt": report()},
    "bad": {"云溪县水务局2023.docx": faulty_word(), "云溪县水务局2022.html": report(layout="html", **LAST_YEAR), "断了.docx": broken_word()},
    "forty": forty(),
}


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The script of axe-core."""
    own = tmp_path_factory.getbasetemp()
    return source(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_violation(visiting, axe, name, lang, scheme):
    visit = visiting(lang=lang, color_scheme=scheme)
    assert visit.ask("document.documentElement.lang").startswith(lang)
    if PAGES[name]:
        visit.drop(PAGES[name])
        assert visit.all(".report").count() == len(PAGES[name])
    assert violations(visit.page, axe) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nor_on_the_way(visiting, axe, scheme):
    """What is open, chosen, filtered, or wrong; what is seen while files are checked; on a telephone."""
    visit = visiting(width=360, color_scheme=scheme)
    visit.page.get_by_role("button", name="检查粘贴的内容").click()
    assert violations(visit.page, axe) == []
    visit.ask("""() => document.dispatchEvent(new CustomEvent("govlint:begun", { detail: ["a.docx", "b.docx"] }))""")
    assert visit.all("#running").is_visible()
    assert violations(visit.page, axe) == []
    visit.drop(PAGES["bad"])
    visit.page.keyboard.press("n")
    visit.all("[name=severity][value=warning]").uncheck()
    visit.page.click("#fold")
    visit.page.click("#downloads > summary")
    assert violations(visit.page, axe) == []
    visit.page.click(".menu:not(#downloads) > summary")
    assert violations(visit.page, axe) == []


def test_nor_without_scripts(visiting, axe, site):
    """The page of a form, as it comes from the server."""
    visit = visiting()
    visit.ask(
        """(text) => { const data = new DataTransfer(); data.items.add(new File([text], "a.txt"));
        document.getElementById("file").files = data.files;
        HTMLFormElement.prototype.submit.call(document.getElementById("give")); }""",
        report(cell={"requests.granted.business": "1"}).decode(),
    )
    visit.seen("#result .card")
    assert violations(visit.page, axe) == []


def test_axe_would_find_something(visit, axe):
    visit.ask("document.documentElement.removeAttribute('lang')")
    visit.ask("document.getElementById('choose').textContent = ''")
    assert {rule for rule, *_ in violations(visit.page, axe)} >= {"html-has-lang", "button-name"}

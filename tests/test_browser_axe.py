"""The four pages of ``govlint serve``, judged by axe-core: empty, a clean report, a bad one, forty.

Needs chromium, playwright and npm with its registry; GOVLINT_REQUIRE_AXE=1 fails where these are missing.
GOVLINT_FULL=1 judges all pages in both languages, light and dark; by default the longest only in two of the four looks.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

import pytest
from browser.axe import source, violations
from browser.reports import LAST_YEAR, broken_word, faulty_word, forty
from linked import report
from thorough import FULL

pytestmark = pytest.mark.long
PAGES = ("empty", "clean", "bad", "forty")


def files(page: str) -> Mapping[str, bytes]:
    """What is dropped on a page."""
    if page == "forty":
        return forty()
    if page == "clean":
        return {"云溪县水务局2023.txt": report()}
    last = report(layout="html", **LAST_YEAR)
    bad = {"云溪县水务局2023.docx": faulty_word(), "云溪县水务局2022.html": last, "断了.docx": broken_word()}
    return bad if page == "bad" else {}


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The script of axe-core."""
    own = tmp_path_factory.getbasetemp()
    return source(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own)


LOOKS = [(lang, scheme) for lang in ("zh", "en") for scheme in ("light", "dark")]
FEW = {"forty": LOOKS if FULL else [("zh", "light"), ("en", "dark")]}
"""Looks of pages that take axe-core long."""


@pytest.mark.parametrize(("page", "lang", "scheme"), [(page, *look) for page in PAGES for look in FEW.get(page, LOOKS)])
def test_axe_finds_no_violation(visiting, axe, page, lang, scheme):
    visit = visiting(lang=lang, color_scheme=scheme)
    assert visit.ask("document.documentElement.lang").startswith(lang)
    if given := files(page):
        visit.drop(given)
        assert visit.all(".report").count() == len(given)
    assert violations(visit.page, axe) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nor_on_the_way(visiting, axe, scheme):
    """What is open, chosen, filtered, or wrong; what is seen while files are checked; on a telephone."""
    visit = visiting(width=360, color_scheme=scheme)
    visit.page.get_by_role("button", name="检查粘贴的内容").click()
    assert violations(visit.page, axe) == []
    visit.steady = False  # The form stays above what runs, which it does not otherwise.
    visit.ask("""() => document.dispatchEvent(new CustomEvent("govlint:begun", { detail: ["a.docx", "b.docx"] }))""")
    assert visit.all("#running").is_visible()
    assert violations(visit.page, axe) == []
    visit.drop(files("bad"))
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

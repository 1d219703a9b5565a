"""The page of ``govlint serve`` with nothing but a keyboard."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from browser.reports import faulty_word, word
from browser.visit import Visit, payloads

pytestmark = pytest.mark.long
_THERE = "(selector) => document.activeElement.matches(selector)"
_VISIBLE = """() => { const node = document.activeElement, style = getComputedStyle(node);
  return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 && node.getBoundingClientRect().width > 0
    || node.id === "result" || node === document.body; }"""
"""Nothing need be drawn where the focus is at the whole result that has come, or between the page and the browser."""
_MOST_KEYS = 150


def go(visit: Visit, selector: str, key: str = "Tab") -> None:
    """Press a key until the focus is there; wherever it is on the way, it can be seen."""
    for _ in range(_MOST_KEYS):
        visit.page.keyboard.press(key)
        assert visit.ask(_VISIBLE), visit.ask("document.activeElement.outerHTML.slice(0, 200)")
        if visit.ask(_THERE, selector):
            return
    raise AssertionError(f"{selector} is not reached by {key}")


def give(visit: Visit, button: str, key: str, name: str) -> None:
    """Choose a faulty report in the browser's window, which a key on a button opens; wait for the result."""
    go(visit, button)
    with visit.page.expect_file_chooser() as chooser:
        visit.page.keyboard.press(key)
    with visit.result():
        chooser.value.set_files(payloads({name: faulty_word()}))
    assert visit.focus == "result"


@pytest.fixture
def keys(visit):
    """The keyboard, when a report has been given."""
    give(visit, "#choose", "Enter", "a.docx")
    return visit.page.keyboard


def test_from_problem_to_problem_to_the_report_and_back(visit, keys):
    went = []
    for key in "nnp":
        keys.press(key)
        went.append(visit.focus)
    assert went == ["f-1-1", "f-1-2", "f-1-1"]
    go(visit, "#f-1-1 a.n")
    keys.press("Enter")
    assert visit.focus == "at-f-1-1"
    keys.press("Enter")
    assert visit.focus == "f-1-1"
    go(visit, "#f-1-1 summary")
    before = visit.ask("document.activeElement.parentElement.open")
    keys.press("Enter")
    assert visit.ask("document.activeElement.parentElement.open") is not before


def test_filters(visit, keys):
    go(visit, "[name=severity][value=warning]")
    keys.press("Space")
    assert [rule for rule, _ in visit.cards()] == ["GL400", "GL501"]
    go(visit, "[name=rule]")
    keys.press("ArrowDown")
    assert visit.cards() == []
    keys.press("ArrowUp")
    go(visit, "[name=severity][value=warning]", "Shift+Tab")
    keys.press("Space")
    assert len(visit.cards()) == 4
    go(visit, "[name=rule]")
    keys.press("ArrowDown")
    assert [rule for rule, _ in visit.cards()] == ["GL102"]
    keys.press("n")
    assert visit.focus != "f-1-3", "in a list letters choose from it"


def test_a_download_from_its_menu(visit, keys):
    go(visit, "#downloads summary", "Shift+Tab")
    keys.press("Enter")
    assert visit.all("#offers").is_visible()
    keys.press("Escape")
    assert not visit.all("#offers").is_visible()
    assert visit.ask(_THERE, "#downloads summary")
    keys.press("Space")
    go(visit, "#offers [data-show=json]")
    with visit.page.expect_download() as download:
        keys.press("Enter")
    assert len(json.loads(Path(download.value.path()).read_text(encoding="utf-8"))) == 4
    assert visit.ask(_THERE, "#downloads summary")


def test_another_language_and_other_files(visit, keys):
    go(visit, "nav [lang=en]", "Shift+Tab")
    with visit.result():
        keys.press("Enter")
    assert visit.texts("#result > .lead")[0].startswith("reports checked: 1")
    assert visit.ask(_THERE, "nav [lang=en]")
    give(visit, "#add", "Space", "b.docx")
    assert visit.all(".report").count() == 2
    go(visit, ".menu:not(#downloads) summary", "Shift+Tab")
    keys.press("Enter")
    go(visit, "#files li:last-child button")
    with visit.result():
        keys.press("Enter")
    assert visit.texts(".report h2") == ["a.docx"]
    go(visit, "#anew", "Shift+Tab")
    keys.press("Enter")
    assert visit.focus == "choose"
    assert visit.all("#result > *").count() == 0


def test_what_comes_is_announced_and_gets_the_focus(visit):
    visit.paste(plain="一、总体情况")
    assert visit.focus == "result"
    assert visit.all("#result").get_attribute("aria-label") == word("result")
    assert visit.texts("[role=status]") == visit.texts("#result > .lead")

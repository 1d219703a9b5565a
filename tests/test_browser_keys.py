"""The page of ``govlint serve`` with nothing but a keyboard."""

from __future__ import annotations

import json

import pytest
from browser.reports import faulty_word, word
from browser.visit import Visit, payloads

pytestmark = pytest.mark.long
_FOCUSED = "(selector) => document.activeElement.matches(selector)"
_VISIBLE = """() => { const node = document.activeElement, style = getComputedStyle(node), box = node.getBoundingClientRect();
  return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 && box.width > 0
    || node.id === "result" || node === document.body; }"""
"""Where the focus stands alone at the result that has come, or between the page and the browser, nothing need be drawn."""
_MOST_KEYS = 150


def go(visit: Visit, selector: str, key: str = "Tab") -> None:
    """Press a key until the focus is there; wherever it is on the way, it can be seen."""
    for _ in range(_MOST_KEYS):
        visit.page.keyboard.press(key)
        assert visit.ask(_VISIBLE), visit.ask("document.activeElement.outerHTML.slice(0, 200)")
        if visit.ask(_FOCUSED, selector):
            return
    raise AssertionError(f"{selector} is not reached by {key}")


def test_everything_is_done_by_keys_alone(visit):
    keys = visit.page.keyboard
    go(visit, "#choose")
    with visit.page.expect_file_chooser() as chooser:
        keys.press("Enter")
    with visit.result():
        chooser.value.set_files(payloads({"a.docx": faulty_word()}))
    assert visit.focus == "result"

    # From problem to problem, to the place in the report and back.
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

    # Filters.
    go(visit, "[name=rule]", "Shift+Tab")
    keys.press("ArrowDown")
    assert [rule for rule, _ in visit.cards()] == ["GL102"]
    keys.press("ArrowUp")
    assert len(visit.cards()) == 4
    go(visit, "[name=severity][value=warning]", "Shift+Tab")
    keys.press("Space")
    assert [rule for rule, _ in visit.cards()] == ["GL400", "GL501"]

    # A download: into the menu, out of it, in again.
    go(visit, "#downloads summary", "Shift+Tab")
    keys.press("Enter")
    keys.press("Escape")
    assert not visit.all("#offers").is_visible()
    assert visit.ask(_FOCUSED, "#downloads summary")
    keys.press("Space")
    go(visit, "#offers [data-show=json]")
    with visit.page.expect_download() as download:
        keys.press("Enter")
    with open(download.value.path(), encoding="utf-8") as file:
        assert len(json.load(file)) == 4
    assert visit.ask(_FOCUSED, "#downloads summary")

    # The other language, and another file.
    go(visit, "nav [lang=en]", "Shift+Tab")
    with visit.result():
        keys.press("Enter")
    assert visit.texts("#result > .lead")[0].startswith("reports checked: 1")
    go(visit, "#add")
    with visit.page.expect_file_chooser() as chooser:
        keys.press("Space")
    with visit.result():
        chooser.value.set_files(payloads({"b.docx": faulty_word()}))
    assert visit.all(".report").count() == 2

    # A file is removed again, and then all are.
    go(visit, ".menu:not(#downloads) summary", "Shift+Tab")
    keys.press("Enter")
    go(visit, "#files li:last-child button")
    with visit.result():
        keys.press("Enter")
    assert visit.all(".report").count() == 1
    go(visit, "#anew", "Shift+Tab")
    keys.press("Enter")
    assert visit.focus == "choose"
    assert visit.all("#result > *").count() == 0


def test_pasting_is_said_to_who_does_not_see(visit):
    """What comes is announced, and the focus goes to it."""
    visit.paste(plain="一、总体情况")
    assert visit.focus == "result"
    assert visit.all("#result").get_attribute("aria-label") == word("result")
    assert visit.texts("[role=status]") == visit.texts("#result > .lead")

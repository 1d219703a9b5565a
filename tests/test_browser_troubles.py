"""The page of ``govlint serve`` when something goes wrong: it says so in a sentence, and goes on."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from browser.reports import faulty_word, word
from browser.visit import Visit
from linked import report
from test_serve_command import serving
from test_web_load import HANGING

pytestmark = pytest.mark.long


def says(visit: Visit, words: str) -> None:
    """Wait until the page says that something went wrong, in these words."""
    visit.page.locator("[role=alert]", has_text=words).wait_for()


def test_a_server_that_is_gone(chrome, tmp_path):
    with serving(tmp_path) as server, Visit(chrome, server.url) as visit:
        visit.drop({"a.docx": faulty_word()})
        assert server.end() == 0
        visit.drop({"b.docx": faulty_word()}, wait=False)
        says(visit, word("no_answer"))
        assert visit.texts("#count") == ["2"]
        visit.page.click("#again")
        says(visit, word("no_answer"))
        visit.page.click("nav [lang=en]")
        says(visit, word("no_answer"))
        assert visit.errors
        visit.errors.clear()  # The browser says that it cannot connect.


def later(path: Path, seconds: int) -> None:
    """A file was changed so much later: browsers do not notice what happens within a second."""
    changed = path.stat().st_mtime + seconds
    os.utime(path, (changed, changed))


def test_a_file_that_was_changed_meanwhile(visit, tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(faulty_word())
    with visit.result():
        visit.all("#file").set_input_files(path)
    assert len(visit.cards()) == 4
    path.write_bytes(faulty_word() + b"\0")
    later(path, 10)
    visit.page.click("nav [lang=en]")
    says(visit, word("changed", "en", name="a.docx"))
    assert len(visit.cards()) == 4, "the result stays"
    visit.errors.clear()  # The browser says that it cannot read the file.
    path.write_bytes(faulty_word())
    later(path, 20)
    with visit.result():
        visit.all("#file").set_input_files(path)
    assert visit.texts(".report h2") == ["a.docx"]
    assert visit.texts("[role=alert]") == [""]


@pytest.fixture
def hanging(chrome, tmp_path, monkeypatch):
    """The page of a server that takes for ever over files of some names."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    with serving(tmp_path, "--timeout", "3", script=HANGING) as server, Visit(chrome, server.url) as visit:
        yield visit


def test_a_file_that_hangs_is_named_among_the_others(hanging):
    hanging.drop({"a.txt": report(), "hangs.docx": faulty_word(), "b.docx": faulty_word()})
    assert hanging.texts(".report h2") == ["a.txt", "hangs.docx", "b.docx"]
    assert "3 秒" in hanging.texts("#r-2")[0]
    assert len(hanging.cards(3)) == 4
    assert hanging.all("#r-2 .sheet").count() == 0


def test_a_check_is_stopped(hanging):
    hanging.drop({"a.txt": report(), "hangs.docx": faulty_word()}, wait=False)
    hanging.page.locator("#told", has_text=word("progress", done=1, all=2)).wait_for()
    hanging.page.click("#stop")
    says(hanging, word("stopped"))
    assert not hanging.all("#running").is_visible()
    assert hanging.all("#result > *").count() == 0
    hanging.page.click(".menu > summary")
    with hanging.result():
        hanging.page.locator("#files button").last.click()
    assert hanging.texts(".report h2") == ["a.txt"]
    assert hanging.texts("[role=alert]") == [""]

"""The page of ``govlint serve`` with forty reports, on all screens, on paper, without scripts; how much it loads."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import httpx
import pypdfium2
import pytest
from browser.reports import broken_word, faulty_word, forty, found, printed, word
from browser.visit import Visit, payloads
from linked import report

pytestmark = pytest.mark.long
_LISTEN = """window.heard = [];
new MutationObserver(() => window.heard.push([document.getElementById("told").textContent,
  document.querySelectorAll("#rows tr").length, document.querySelectorAll("#rows tr:not(.waiting)").length]))
  .observe(document.getElementById("running"), { childList: true, subtree: true, characterData: true });"""
_SMALL = 200_000
"""Bytes."""


# Forty files


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Counter[str]]:
    """How many diagnostics of each severity the command finds in each of the forty."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in forty()}
    for each in json.loads(printed(tmp_path_factory.mktemp("forty"), forty())):
        counts[each["path"]][each["severity"]] += 1
    return counts


def overview(visit: Visit, column: int) -> list[str]:
    return visit.texts(f"#overview tbody tr > :nth-child({column})")


def test_forty_files_are_a_table_that_can_be_sorted(visit, counted):
    visit.ask(_LISTEN)
    visit.drop(forty())
    heard = visit.ask("window.heard")
    told = list(dict.fromkeys(text for text, _, _ in heard if text))
    assert told[0] == word("progress", done=0, all=40)
    assert told[-1] == word("progress", done=40, all=40)
    assert len(told) > 10, "progress is seen file by file"
    assert {rows for _, rows, _ in heard} >= {40}
    filled = [done for _, rows, done in heard if rows == 40]
    assert filled == sorted(filled)
    assert filled[-1] == 40
    assert not visit.all("#running").is_visible()

    assert overview(visit, 1) == list(forty())
    for name, row in zip(forty(), visit.all("#overview tbody tr").all(), strict=True):
        numbers = [int(text) for text in row.locator("td.v").all_inner_texts() if text.strip().isdigit()]
        if name.startswith(("39", "40")):
            assert numbers == []
        else:
            assert numbers[-3:] == [counted[name][severity] for severity in ("error", "warning", "info")], name

    heads = visit.texts("#overview thead th")
    errors = heads.index(word("error")) + 1
    visit.page.click(f"#overview th:nth-child({errors}) button")
    assert {name[:2] for name in overview(visit, 1)[:2]} == {"39", "40"}, "what was not read is the gravest"
    sorted_counts = [counted[name]["error"] for name in overview(visit, 1)[2:]]
    assert sorted_counts == sorted(sorted_counts, reverse=True)
    assert len(set(sorted_counts)) > 1
    visit.page.click("#overview th:nth-child(1) button")
    assert overview(visit, 1) == sorted(forty())
    assert visit.all("#overview th[aria-sort]").count() == 1
    years = heads.index(word("year")) + 1
    visit.page.click(f"#overview th:nth-child({years}) button")
    shown = [year for year in overview(visit, years) if re.fullmatch(r"20\d\d", year)]
    assert shown == sorted(shown)
    visit.page.get_by_role("link", name="05 ").click()
    assert visit.page.url.endswith("#r-5")


# Screens and paper


def running(visit: Visit) -> None:
    """Show what is shown while files are checked."""
    begin = """(names) => document.dispatchEvent(new CustomEvent("govlint:begun", { detail: names }))"""
    visit.steady = False  # The form stays above it, which it does not otherwise.
    visit.ask(begin, [*forty(), "长" * 120])


@pytest.mark.parametrize("width", [360, 768, 1280, 1920])
def test_nothing_runs_out_of_any_screen(visiting, width):
    visit = visiting(width=width)
    assert visit.width <= width
    running(visit)
    assert visit.all("#running").is_visible()
    assert visit.width <= width
    visit.drop({"a.docx": faulty_word(), "断" * 100 + ".docx": broken_word()})
    assert visit.width <= width
    for menu in visit.all(".menu > summary").all():
        menu.click()
        assert visit.width <= width


def test_on_paper_there_is_the_result_alone(visit):
    visit.drop({"a.docx": faulty_word()})
    visit.steady = False  # On paper all stands elsewhere.
    visit.page.emulate_media(media="print")
    for selector in ("#give", "nav", "#bar", "#kit", "#running"):
        assert not visit.all(selector).is_visible(), selector
    for selector in ("#result > .lead", ".card", ".sheet mark"):
        assert visit.all(selector).first.is_visible(), selector
    pages = pypdfium2.PdfDocument(visit.page.pdf(format="A4"))
    text = re.sub(r"\s", "", "".join(page.get_textpage().get_text_range() for page in pages))
    for words in ("GL400", "一格填错，几处合计都不平", "云溪县水务局2023年政府信息公开工作年度报告"):
        assert words in text
    for name in ("add", "downloads", "anew"):
        assert word(name) not in text


# Without scripts


@pytest.fixture
def plain(visiting) -> Iterator[Visit]:
    """The page in a browser that runs no scripts."""
    return visiting(scripts=False)


def test_without_scripts_a_form_does_it(plain, tmp_path):
    files = {"a.docx": faulty_word(), "断了.docx": broken_word()}
    assert not plain.all("#choose").is_visible()
    plain.all("#file").set_input_files(payloads(files))
    plain.page.get_by_role("button", name=word("check"), exact=True).click()
    plain.seen("#result .card")
    assert sorted(plain.cards()) == found(tmp_path, files)["a.docx"]
    assert plain.texts(".report h2") == list(files)
    assert not plain.all("#bar").is_visible()
    plain.page.click("mark[data-f] >> nth=0", trial=True)
    plain.page.click("#f-1-2 dd a")
    assert plain.page.url.endswith("#at-f-1-2")

    # The form is there again, folded.
    plain.page.click(".other > summary")
    plain.all("#file").set_input_files(payloads({"b.txt": report()}))
    plain.page.get_by_role("button", name=word("check"), exact=True).click()
    plain.page.locator("#h-1", has_text="b.txt").wait_for()
    assert plain.cards() == []


@pytest.mark.parametrize("show", ["json", "sarif", "annotated"])
def test_without_scripts_files_are_kept(plain, site, show):
    plain.all("#file").set_input_files(payloads({"a.docx": faulty_word()}))
    with plain.page.expect_download() as download:
        plain.page.get_by_role("button", name=word(show)).click()
    data = Path(download.value.path()).read_bytes()
    if show == "annotated":
        assert data.startswith(b"PK")
    else:
        assert data.decode().strip() == printed(site.folder.parent, {"a.docx": faulty_word()}, show).strip()


def test_without_scripts_text_is_pasted_and_languages_change(plain):
    plain.page.click("nav [lang=en]")
    plain.page.fill("#paste", report(cell={"requests.granted.business": "1"}).decode())
    plain.page.get_by_role("button", name=word("check", "en"), exact=True).click()
    plain.seen("#result .card")
    assert [rule for rule, _ in plain.cards()] == ["GL400"]
    assert plain.texts("#result .lead")[0].startswith("reports checked: 1")


def test_without_scripts_nothing_given_is_said(plain):
    plain.page.get_by_role("button", name=word("check"), exact=True).click()
    plain.seen("#problem")
    assert plain.texts("#problem") != [""]
    plain.errors.clear()  # The browser says that the answer was no success.


# What it loads


def test_the_page_is_small_and_whole(visit, site):
    page = httpx.get(site.url)
    inside = re.findall(r'(?:src|href)="([^"]*/assets/[^"]+)"', page.text)
    sizes = {path: len(httpx.get(urljoin(site.url, path)).content) for path in inside}
    assert len(sizes) >= 6
    assert len(page.content) + sum(sizes.values()) < _SMALL
    loaded = {url for url in visit.requests if "/assets/" in url}
    assert loaded <= {urljoin(site.url, path) for path in inside}
    assert {path.rpartition(".")[2] for path in loaded} >= {"js", "css"}
    assert visit.ask("[...document.scripts].filter((script) => !script.src).length") == 0
    assert visit.ask("document.querySelectorAll('style, body [style], [onclick]').length") == 0

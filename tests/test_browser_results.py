"""The page of ``govlint serve`` in a browser: what is dropped is checked, and the result shows it at the right place.

Needs chromium and playwright; GOVLINT_REQUIRE_OFFICE=1 fails where one of them is missing.
"""

from __future__ import annotations

import pytest
from browser.reports import FAULTS, LAST_YEAR, broken_word, faulty_word, found, printed, word, wrong_number
from browser.visit import Visit
from linked import report
from test_serve_command import serving

pytestmark = pytest.mark.long
KINDS = ("docx", "word_html", "pdf_reportlab")
AROUND = """(mark) => { const cell = mark.closest("td"), row = cell.closest("tr");
  return { row: row.textContent, at: [...row.querySelectorAll("td.v")].indexOf(cell), says: mark.textContent }; }"""


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_each_file_shows_what_the_command_finds(visit, tmp_path):
    wrong = [wrong_number(kind, seed) for kind, seed in zip(KINDS, (5, 3, 1), strict=True)]
    files = {**{each.name: each.data for each in wrong}, "断了.docx": broken_word(), "水务局.docx": faulty_word()}
    expected = found(tmp_path, files)
    assert [len(some) for some in expected.values()] == [1, 1, 1, 0, 4]
    visit.drop(files)
    assert visit.texts("#overview tbody a") == list(files)
    for number, (name, some) in enumerate(expected.items(), 1):
        assert visit.texts(f"#h-{number}") == [name]
        assert sorted(visit.cards(number)) == some
    (row,) = [text for text in visit.texts("#overview tbody tr") if "断了.docx" in text]
    assert "读" in row
    assert visit.all("#r-4 .sheet, #r-4 mark").count() == 0


@pytest.mark.parametrize("seed", [3, 5])
@pytest.mark.parametrize("kind", KINDS)
def test_the_mark_is_in_the_wrong_cell(visit, kind, seed):
    wrong = wrong_number(kind, seed)
    visit.drop({wrong.name: wrong.data})
    mark = visit.all(".sheet mark[data-f]")
    assert mark.count() == 1
    around = mark.evaluate(AROUND)
    assert around["says"] == wrong.number
    assert squeezed(wrong.row) in squeezed(around["row"])
    assert around["at"] == wrong.column


def test_mark_and_card_lead_to_each_other(visit):
    wrong = wrong_number("docx")
    visit.drop({wrong.name: wrong.data})
    assert visit.focus == "result"
    visit.page.click("mark[data-f=f-1-1]")
    assert visit.focus == "f-1-1"
    assert visit.all(".card.current").get_attribute("id") == "f-1-1"
    visit.page.click("#f-1-1 h4 .n")
    assert visit.focus == "at-f-1-1"
    visit.page.keyboard.press("Enter")
    assert visit.focus == "f-1-1"
    visit.page.go_back()
    assert visit.page.url.endswith("#at-f-1-1")
    visit.page.wait_for_function("document.activeElement.id === 'at-f-1-1'")


def test_filters_show_some_of_it(visit):
    visit.drop({"a.docx": faulty_word()})
    assert [rule for rule, _ in visit.cards()] == ["GL301", "GL400", "GL102", "GL501"]
    visit.all("[name=severity][value=warning]").uncheck()
    assert [rule for rule, _ in visit.cards()] == ["GL400", "GL501"]
    assert visit.texts("#bar output") == ["显示 2 个，共 4 个"]
    visit.all("[name=rule]").select_option("GL501")
    assert [rule for rule, _ in visit.cards()] == ["GL501"]
    visit.all("[name=part]").select_option("disclosure")
    assert visit.cards() == []
    visit.all("[name=rule]").select_option("")
    visit.all("[name=severity][value=warning]").check()
    assert [rule for rule, _ in visit.cards()] == ["GL301"]
    off = visit.all("mark.off").evaluate_all("(marks) => marks.map((mark) => mark.dataset.f)")
    assert sorted(off) == ["f-1-2", "f-1-3", "f-1-4"]


def test_another_language_keeps_the_result(visit, tmp_path):
    files = {"a.docx": faulty_word(), "断了.docx": broken_word()}
    visit.drop(files)
    visit.ask("window.kept = 1")
    with visit.result():
        visit.page.click("nav [lang=en]")
    assert visit.ask("[window.kept, document.documentElement.lang]") == [1, "en"]
    assert "lang=en" in visit.page.url
    assert sorted(visit.cards()) == found(tmp_path, files, "en")["a.docx"]
    assert visit.texts(".masthead h1") == [word("title", "en")]
    assert visit.texts("#count") == ["2"]
    assert visit.focus == ""
    assert visit.ask("document.activeElement.lang") == "en"
    with visit.result():
        visit.page.click("nav [lang=zh]")
    assert sorted(visit.cards()) == found(tmp_path, files)["a.docx"]
    visit.drop({"b.txt": report(year=2021)})
    assert visit.texts("#count") == ["3"]


def test_last_years_report_brings_what_years_contradict(visit, tmp_path):
    this, last = report(), report(**LAST_YEAR)
    visit.drop({"2023.txt": this})
    assert visit.cards() == []
    visit.seen("#hint")
    visit.choose({"2022.txt": last}, "#add")
    assert "GL801" in [rule for rule, _ in visit.cards(1)]
    both = found(tmp_path, {"2023.txt": this, "2022.txt": last})
    assert [sorted(visit.cards(number)) for number in (1, 2)] == [both["2023.txt"], both["2022.txt"]]
    assert not visit.all("#hint").is_visible()
    visit.page.click("#f-1-1 .related a")
    assert visit.ask("document.activeElement.closest('.report').id") == "r-2"
    visit.page.click(".menu > summary")
    with visit.result():
        visit.page.get_by_role("button", name=f"{word('remove')} 2022.txt").click()
    assert visit.cards() == []


def test_a_file_that_comes_again_is_not_doubled(visit, tmp_path):
    (tmp_path / "a.docx").write_bytes(faulty_word())
    visit.drag_in(tmp_path / "a.docx")
    visit.drag_in(tmp_path / "a.docx")
    assert visit.texts("#count") == ["1"]
    assert visit.texts(".report h2") == ["a.docx"]


def test_folders_are_taken_with_all_that_is_in_them(visit, tmp_path):
    below = tmp_path / "报告" / "2023"
    below.mkdir(parents=True)
    (below / "a.docx").write_bytes(faulty_word())
    (below.parent / "b.txt").write_bytes(report())
    (below / "~$a.docx").write_bytes(b"what Word leaves there")
    (below / ".DS_Store").write_bytes(b"likewise")
    visit.drag_in(tmp_path / "报告")
    assert sorted(visit.texts(".report h2")) == ["a.docx", "b.txt"]


def test_pasted_tables_are_tables(visit, tmp_path):
    text = report(layout="html", **FAULTS).decode()
    visit.paste(html=text, plain="without its tables")
    name = f"{word('pasted')}.html"
    assert visit.texts(".report h2") == [name]
    (some,) = found(tmp_path, {name: b"\xef\xbb\xbf" + text.encode()}).values()
    assert len(some) == 4
    assert sorted(visit.cards()) == some
    mark = visit.all("td.v mark").first
    assert mark.inner_text() == "1"
    assert "予以公开" in mark.evaluate(AROUND)["row"]


def test_what_the_browser_copied_is_pasted_by_its_keys(visit):
    """As the browser itself hands it over, cleaned by it."""
    visit.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit.ask(
        """(html) => navigator.clipboard.write(
          [new ClipboardItem({ "text/html": new Blob([html], { type: "text/html" }) })])""",
        report(layout="html", **FAULTS).decode(),
    )
    with visit.result():
        visit.page.keyboard.press("Control+V")
    assert visit.texts(".report h2") == [f"{word('pasted')}.html"]
    assert sorted(rule for rule, _ in visit.cards()) == ["GL102", "GL301", "GL400", "GL501"]
    assert "予以公开" in visit.all("td.v mark").first.evaluate(AROUND)["row"]


def test_pasted_text_is_text(visit, tmp_path):
    text = report(**FAULTS).decode()
    visit.paste(plain=text)
    name = f"{word('pasted')}.txt"
    assert visit.texts(".report h2") == [name]
    (some,) = found(tmp_path, {name: b"\xef\xbb\xbf" + text.encode()}).values()
    assert sorted(visit.cards()) == some


def test_text_typed_into_the_box(visit):
    visit.page.fill("#paste", report(**FAULTS).decode())
    with visit.result():
        visit.page.get_by_role("button", name=word("check_pasted")).click()
    assert len(visit.cards()) == 4


def test_what_is_refused_is_said(visit):
    visit.page.get_by_role("button", name=word("check_pasted")).click()
    assert visit.texts("[role=alert]") == [word("nothing")]
    visit.drop({"a.docx": faulty_word()})
    assert visit.texts("[role=alert]") == [""]


def test_too_much_is_refused_before_it_is_sent(chrome, tmp_path):
    with serving(tmp_path, "--max-size", "1", "--max-files", "3") as server, Visit(chrome, server.url) as visit:
        visit.drop({"a.txt": report()})
        visit.requests.clear()
        half = bytes(600 << 10)
        for files, said in (
            ({"b.txt": 2 * half}, word("too_large", name="b.txt", size=1)),
            ({"b.txt": half, "c.txt": half}, word("too_large_together", size=1)),
            (dict.fromkeys("bcd", b"x"), word("too_many", files=3)),
        ):
            visit.drop(files, wait=False)
            visit.page.locator("[role=alert]", has_text=said).wait_for()
            assert visit.texts("#count") == ["1"]
            assert visit.texts(".report h2") == ["a.txt"]
        assert visit.requests == []


# Downloads


def test_the_annotated_file_has_comments_at_the_cells(visit):
    from io import BytesIO

    from commented import hung
    from docx import Document as Word

    visit.drop({"水务局.docx": faulty_word()})
    name, data = visit.keep(word("annotated"))
    assert name.endswith(".docx")
    assert "水务局" in name
    assert Word(BytesIO(data)).paragraphs[0].text == "云溪县水务局2023年政府信息公开工作年度报告"
    comments = {one.lines[0].split()[1]: one for one in hung(data)}
    assert comments.keys() == {"GL301", "GL400", "GL102", "GL501"}
    assert (comments["GL400"].marked, comments["GL400"].cell) == ("1", "1")
    assert comments["GL301"].cell == ""


@pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "unsafe"])
def test_the_fixed_file_is_that_of_the_command(visit, tmp_path, unsafe):
    from test_cli import here

    text = report(layout="html", **FAULTS)
    visit.drop({"水务局.html": text})
    label = "fixed_unsafe" if unsafe else "fixed"
    (button,) = [each for each in visit.texts("#offers button") if each.startswith(word(label) + "（")]
    name, data = visit.keep(button)
    assert name.endswith(".html")
    (tmp_path / "a.html").write_bytes(text)
    here("check", "--fix", *(["--unsafe-fixes"] if unsafe else []), "a.html", cwd=tmp_path)
    assert data == (tmp_path / "a.html").read_bytes() != text
    assert [rule for rule, _ in found(tmp_path, {"b.html": data})["b.html"]] == (
        ["GL501"] if unsafe else ["GL301", "GL400", "GL501"]
    )


def test_a_fixed_word_file_is_read_again(visit, tmp_path):
    visit.drop({"水务局.docx": faulty_word()})
    (button,) = [each for each in visit.texts("#offers button") if each.startswith(word("fixed") + "（")]
    name, data = visit.keep(button)
    assert name.endswith(".docx")
    assert sorted(rule for rule, _ in found(tmp_path, {"a.docx": data})["a.docx"]) == ["GL301", "GL400", "GL501"]


@pytest.mark.parametrize(
    ("label", "form", "suffix"),
    [("json", "json", ".json"), ("sarif", "sarif", ".sarif"), ("review", "markdown", ".md"), ("html", "html", ".html")],
)
def test_results_are_those_of_the_command(visit, site, label, form, suffix):
    files = {"水务局.docx": faulty_word(), "教育局.txt": report()}
    visit.drop(files)
    name, data = visit.keep(word(label))
    assert name.endswith(suffix)
    folder = site.folder.parent
    assert data.decode().strip() == printed(folder, files, form).strip()
    assert visit.texts("[role=status]") == [word("saved", name=name)]

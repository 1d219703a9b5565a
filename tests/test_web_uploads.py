"""What comes in: forms whole and broken, names of all sorts, limits; and that nothing of it stays."""

from __future__ import annotations

import asyncio
import resource
import tempfile
from collections.abc import AsyncIterator

import pytest
from web_site import LANGUAGES, LIMITS, Fake, body_of, raw, request, run, site_of, upload

from govlint.web.naming import MAX_NAME, apart, shown_name
from govlint.web.parts import MAX_FIELD, MAX_FIELDS, MAX_HEAD

FILE = b'Content-Disposition: form-data; name="file"; filename="%s"'
FIELD = b'Content-Disposition: form-data; name="%s"'


@pytest.fixture
def private(tmp_path, monkeypatch):
    """The private folder; whatever anybody else writes to a temporary folder lands beside it."""
    folder, elsewhere = tmp_path / "private", tmp_path / "elsewhere"
    folder.mkdir()
    elsewhere.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(elsewhere))
    yield folder
    assert list(folder.iterdir()) == []
    assert list(elsewhere.iterdir()) == []


def pasted_name(code: str) -> str:
    return LANGUAGES[code].say("serve", "pasted", {"number": ""})


def kind(response) -> str:
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == response.status_code
    return problem["type"].rpartition("/")[2]


# What arrives


@pytest.mark.parametrize("path", ["/check", "/api/v1/check"])
def test_files_lie_by_number_in_a_folder_of_ones_own(private, path):
    desks = Fake()
    big = bytes(range(256)) * 2000
    (response,) = run(desks, site_of(private), upload(("报告.docx", big), ("b.HTML", b""), path=path, lang="en"))
    assert response.status_code == 200
    assert [tuple(given) for given in desks.jobs[0].files] == [("0001.docx", "报告.docx"), ("0002.html", "b.HTML")]
    assert desks.seen == [{"0001.docx": big, "0002.html": b""}]
    assert desks.modes == [0o700]
    assert desks.jobs[0].language == "en"


def test_a_file_alone_is_a_body_too(private):
    desks = Fake()
    asked = request("POST", "/api/v1/check?name=%E6%8A%A5%E5%91%8A.md&lang=en", content=b"# a\n")
    (response,) = run(desks, site_of(private), asked)
    assert response.json() == ["报告.md"]
    assert desks.seen == [{"0001.md": b"# a\n"}]
    assert desks.jobs[0].language == "en"


@pytest.mark.parametrize(
    ("pasted", "stored"),
    [("<table><tr><td>1</td></tr></table>", "0001.html"), ("\n <!DOCTYPE html><p>1", "0001.html"),
     ("一、总体情况\n<表>", "0001.txt"), ("a < b", "0001.txt")],
)  # fmt: skip
def test_what_is_pasted_is_a_page_or_a_text(private, pasted, stored):
    desks = Fake()
    (response,) = run(desks, site_of(private), upload(path="/api/v1/check", paste=pasted, lang="zh"))
    assert response.status_code == 415  # without a file the client sends no multipart form
    body = body_of((FIELD % b"paste", pasted.encode()))
    (response,) = run(desks, site_of(private), raw(body))
    suffix = stored[4:]
    assert response.json() == [pasted_name("zh") + suffix]
    assert desks.seen == [{stored: pasted.encode()}]


def test_what_is_pasted_stands_beside_files_and_an_empty_box_does_not(private):
    desks = Fake()
    files = [(FILE % b"a.txt", b"1"), (FIELD % b"paste", b" \r\n"), (FIELD % b"paste", b"2"), (FILE % b"b.txt", b"3")]
    (response,) = run(desks, site_of(private), raw(body_of(*files), Accept_Language="en"))
    assert response.json() == ["a.txt", f"{pasted_name('en')}.txt", "b.txt"]
    assert desks.seen == [{"0001.txt": b"1", "0002.txt": b"2", "0003.txt": b"3"}]


def test_what_a_form_sends_where_nothing_was_chosen_is_no_file(private):
    body = body_of((FILE % b"", b""), (FIELD % b"paste", b""), (FIELD % b"lang", b"en"))
    (response,) = run(Fake(), site_of(private), raw(body))
    assert (response.status_code, kind(response)) == (400, "no-file")


def test_unknown_fields_are_dropped(private):
    desks = Fake()
    other = b'Content-Disposition: form-data; name="o"; filename="a.md"'
    body = body_of((FIELD % b"other", b"x" * 100_000), (other, b"1"),
                   (FILE % b"a.md", b"2"))  # fmt: skip
    (response,) = run(desks, site_of(private), raw(body))
    assert response.json() == ["a.md"]
    assert desks.seen == [{"0001.md": b"2"}]


# Names


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        (b"../../x", "x"),
        (b"/etc/passwd", "passwd"),
        (b"C:\\x\\y.docx", "y.docx"),
        (b"..\\..\\win.ini", "win.ini"),
        (b"a\x00.docx", "a\\x00.docx"),
        (b"a%0D%0Ab%22.docx", 'a\\x0d\\x0ab".docx'),
        ("\u202excod.exe".encode(), "\\u202excod.exe"),
        ("年报".encode("gb18030") + b".doc", "年报.doc"),
        (b" report .md ", "report .md"),
        (b"~$a.docx", "~$a.docx"),
        (b"CON", "CON"),
    ],
)  # fmt: skip
def test_names_are_the_last_part_made_harmless(private, sent, shown):
    desks = Fake()
    (response,) = run(desks, site_of(private), raw(body_of((FILE % sent, b"1"))))
    assert response.json() == [shown]
    (stored,) = desks.seen[0]
    assert stored.startswith("0001")
    assert stored.isascii() and "/" not in stored and "\\" not in stored


@pytest.mark.parametrize("sent", [b"", b"..", b".", b"a/", b"C:\\", b"  ", b"../.."])
def test_a_file_without_a_name_is_refused(private, sent):
    (response,) = run(Fake(), site_of(private), raw(body_of((FILE % sent, b"1"))))
    assert (response.status_code, kind(response)) == (400, "bad-name")


def test_a_bare_body_needs_a_name(private):
    for path in ("/api/v1/check", "/api/v1/check?name=", "/api/v1/check?name=.."):
        (response,) = run(Fake(), site_of(private), request("POST", path, content=b"1"))
        assert (response.status_code, kind(response)) == (400, "bad-name")


def test_long_names_are_cut_before_the_suffix(private):
    (response,) = run(Fake(), site_of(private), raw(body_of((FILE % (b"x" * 1000 + b".docx"), b"1"))))
    (name,) = response.json()
    assert len(name) == MAX_NAME
    assert name.endswith("x….docx")


def test_equal_names_are_told_apart(private):
    names = [b"a.docx", b"A.docx", b"a.docx", b"a (2).docx"]
    (response,) = run(Fake(), site_of(private), raw(body_of(*[(FILE % name, b"1") for name in names])))
    assert response.json() == ["a.docx", "A (2).docx", "a (3).docx", "a (2) (2).docx"]


def test_many_equal_long_names_stay_apart_and_short():
    taken: dict[str, int] = {}
    names = [apart(shown_name("x" * 500 + ".docx"), taken) for _ in range(3000)]
    assert len({name.casefold() for name in names}) == 3000
    assert max(map(len, names)) == MAX_NAME


# Broken bodies


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"garbage",
        b"--xyz\r\n",
        body_of((FILE % b"a.md", b"1"))[:-8],
        body_of((FILE % b"a.md", b"1")).replace(b"--xyz--", b"--xyz"),
        body_of((b"Content-Type: text/plain", b"1")),
        body_of((b'Content-Disposition: form-data; filename="a.md"', b"1")),
        body_of((b"X: " + b"y" * (MAX_HEAD + 1) + b"\r\n" + FILE % b"a.md", b"1")),
        body_of((FIELD % (b"n" * (MAX_FIELD + 1)), b"1")),
        body_of((FIELD % b"lang", b"z" * (MAX_FIELD + 1)), (FILE % b"a.md", b"1")),
        b"--xyz\r\nno header line\r\n\r\n1\r\n--xyz--\r\n",
    ],
    ids=["empty", "garbage", "begun", "cut", "unended", "no-disposition", "no-field", "long-head", "long-field",
         "long-value", "no-colon"],
)  # fmt: skip
def test_broken_forms_are_refused(private, body):
    desks = Fake()
    (response,) = run(desks, site_of(private), raw(body))
    assert (response.status_code, kind(response)) == (400, "bad-multipart")
    assert desks.jobs == []


@pytest.mark.parametrize(
    ("fields", "status", "told"),
    [
        ({"Content-Type": "multipart/form-data"}, 400, "bad-multipart"),
        ({"Content-Type": "multipart/form-data; boundary="}, 400, "bad-multipart"),
        ({"Content-Type": "multipart/form-data; boundary=" + "b" * 500}, 400, "bad-multipart"),
        ({"Content-Type": "multipart/mixed; boundary=xyz"}, 415, "wrong-type"),
        ({"Content-Type": "application/json"}, 415, "wrong-type"),
        ({"Content-Type": "application/x-www-form-urlencoded"}, 415, "wrong-type"),
        ({"Content-Type": "multipart/form-data; boundary=xyz", "Content-Encoding": "gzip"}, 415, "wrong-type"),
        ({"Content-Type": "application/pdf", "Content-Encoding": "gzip"}, 415, "wrong-type"),
    ],
)
def test_what_is_no_form_and_no_file_is_refused(private, fields, status, told):
    body = body_of((FILE % b"a.md", b"1"))
    asked = request("POST", "/api/v1/check?name=a.md", content=body, headers=fields)
    (response,) = run(Fake(), site_of(private), asked)
    assert (response.status_code, kind(response)) == (status, told)


def test_the_page_takes_forms_only(private):
    (response,) = run(Fake(), site_of(private), request("POST", "/check?name=a.md", content=b"1"))
    assert response.status_code == 415


# Limits


async def pieces(body: bytes, size: int = 5000) -> AsyncIterator[bytes]:
    for start in range(0, len(body), size):
        yield body[start : start + size]
        await asyncio.sleep(0)


@pytest.mark.parametrize("counted", [True, False])
@pytest.mark.parametrize("path", ["/check", "/api/v1/check", "/api/v1/check?name=a.md"])
def test_too_many_bytes_are_refused_with_and_without_a_length(private, path, counted):
    desks = Fake()
    data = bytes(LIMITS.whole + 1)
    body = data if "name" in path else body_of((FILE % b"a.md", data))
    fields = {"Content-Type": "application/pdf" if "name" in path else "multipart/form-data; boundary=xyz"}
    fields["Accept"] = "application/json"
    asked = request("POST", path, content=body if counted else pieces(body), headers=fields)
    assert ("content-length" in asked.headers) is counted
    (response,) = run(desks, site_of(private), asked)
    assert (response.status_code, kind(response)) == (413, "too-large")
    assert "1 MB" in response.json()["detail"]
    assert desks.jobs == []


def test_a_length_that_lies_helps_nobody(private):
    asked = raw(body_of((FILE % b"a.md", bytes(LIMITS.whole))), Content_Length="10")
    (response,) = run(Fake(), site_of(private), asked)
    assert response.status_code == 413


def test_as_many_bytes_as_may_be_are_taken(private):
    desks = Fake()
    half = bytes(LIMITS.size // 2)
    (response,) = run(desks, site_of(private), upload(("a.md", half), ("b.md", half), path="/api/v1/check"))
    assert response.status_code == 200
    asked = request("POST", "/api/v1/check?name=a.md", content=pieces(half + half))
    assert run(desks, site_of(private), asked)[0].status_code == 200


def test_too_many_files_are_refused(private):
    files = [(f"{number}.md", b"1") for number in range(LIMITS.files + 1)]
    fine, many = run(Fake(), site_of(private), *(upload(*each, path="/api/v1/check") for each in (files[1:], files)))
    assert fine.status_code == 200
    assert (many.status_code, kind(many)) == (413, "too-many-files")
    assert str(LIMITS.files) in many.json()["detail"]


def test_a_crowd_of_fields_is_refused(private):
    body = body_of(*[(FIELD % b"x", b"") for _ in range(LIMITS.files + MAX_FIELDS + 1)])
    (response,) = run(Fake(), site_of(private), raw(body))
    assert response.status_code == 413


# Nothing stays


def broken(job):
    raise RuntimeError("秘密")


@pytest.mark.parametrize("answer", [None, broken], ids=["success", "failure"])
@pytest.mark.parametrize("show", ["page", "json"])
def test_nothing_stays_after_success_and_failure(private, answer, show):
    desks = Fake(answer)
    (response,) = run(desks, site_of(private), upload(("a.md", b"1" * 300_000), show=show))
    assert response.status_code == (500 if answer else 200)
    assert desks.seen


@pytest.mark.parametrize("path", ["/check", "/api/v1/check"])
def test_a_full_disk_is_told_and_nothing_stays(private, path):
    """The limit of the size of files stands for it: writing fails in the same way."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        desks = Fake()
        (response,) = run(desks, site_of(private), upload(("a.md", b"1" * 300_000), path=path, accept="*/*"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert response.status_code == 507
    assert not desks.seen

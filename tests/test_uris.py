"""Paths of inputs as other programs want them, and the same as URIs."""

from __future__ import annotations

import os
import sys
from pathlib import PurePosixPath, PureWindowsPath
from urllib.parse import unquote_to_bytes, urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govlint.writers.uris import below, quoted, relative_path, uri_reference

BASE = "https://host.example/repo/"
NAMES = {
    "2023年（终稿）.md": "2023%E5%B9%B4%EF%BC%88%E7%BB%88%E7%A8%BF%EF%BC%89.md",
    "a b%20#c?d.txt": "a%20b%2520%23c%3Fd.txt",
    "draft:2023.md": "draft%3A2023.md",
    "𠮷.md": "%F0%A0%AE%B7.md",
    "a\\b.md": "a%5Cb.md",
    "x\ny\x1b.md": "x%0Ay%1B.md",
}


@pytest.fixture
def root(tmp_path, monkeypatch):
    """The working folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.skipif(os.sep == "\\", reason="names that Windows does not allow")
@pytest.mark.parametrize("name", NAMES)
def test_names_stay_in_paths_and_are_encoded_in_uris(root, name):
    (root / "reports").mkdir()
    (root / "reports" / name).write_bytes(b"")
    for given_ in (f"reports/{name}", f"./reports/../reports//{name}", str(root / "reports" / name)):
        assert relative_path(given_, None) == f"reports/{name}"
        assert uri_reference(given_, None) == f"reports/{NAMES[name]}"
    assert uri_reference(f"reports/{name}", str(root / "reports")) == NAMES[name]


def test_a_colon_makes_no_scheme(root):
    for name in ("c:x.md", "javascript:alert(1)", "http:/x/y.md"):
        uri = uri_reference(name, None)
        assert urlsplit(uri).scheme == urlsplit(uri).netloc == ""
        assert urljoin(BASE, uri) == BASE + uri


def test_paths_are_from_the_root_not_from_the_working_folder(root, monkeypatch):
    (root / "reports").mkdir()
    monkeypatch.chdir(root / "reports")
    assert relative_path("2023.md", str(root)) == "reports/2023.md"
    assert relative_path("2023.md", None) == "2023.md"
    assert relative_path(".", None) == uri_reference(".", None) == "."
    assert relative_path("../reports", str(root)) == "reports"


def test_a_file_outside_of_the_root_is_absolute(root):
    (root / "in").mkdir()
    (root / "外").mkdir()
    outside = (root / "外").as_posix()
    assert relative_path("外/a.md", str(root / "in")) == f"{outside}/a.md"
    uri = uri_reference("外/a.md", str(root / "in"))
    assert uri.startswith("file:///")
    assert unquote_to_bytes(urlsplit(uri).path).decode().lstrip("/") == f"{outside}/a.md".lstrip("/")


@pytest.mark.skipif(os.sep == "\\", reason="links need rights on Windows")
def test_links_are_followed_unless_they_lead_out(root):
    (root / "a").mkdir()
    (root / "a" / "real.md").write_bytes(b"")
    (root / "link.md").symlink_to("a/real.md")
    (root / "folder").symlink_to("a", target_is_directory=True)
    assert relative_path("link.md", None) == relative_path("folder/real.md", None) == "a/real.md"
    assert uri_reference("link.md", str(root / "folder")) == "real.md"
    (root / "out.md").symlink_to("/dev/null")
    assert relative_path("out.md", None) == "out.md"
    (root / "round").symlink_to("round")
    assert relative_path("round", None) == "round"


def test_standard_input_has_a_name(root):
    assert relative_path("-", None) == uri_reference("-", "/elsewhere") == "stdin"
    assert relative_path("./-", None) == "-"


def test_names_are_composed(root):
    decomposed, composed = "re\u0301sume\u0301.md", "résumé.md"
    assert relative_path(decomposed, None) == composed
    assert uri_reference(decomposed, None) == "r%C3%A9sum%C3%A9.md"


@pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes")
def test_bytes_that_are_no_text_stay_what_they_are(root):
    name = b"\xb1\xa8\xb8\xe6\xff.md"  # GBK and then nothing at all
    (root / os.fsdecode(name)).write_bytes(b"")
    uri = uri_reference(os.fsdecode(name), None)
    assert uri.isascii()
    assert unquote_to_bytes(uri) == name
    assert relative_path(os.fsdecode(name), None) == os.fsdecode(name)


@pytest.mark.parametrize("name", ["\ud83d.md", "a\udc80\ud800", "nul\0.md", "x" * 5000, ""])
def test_names_that_no_file_can_have_do_no_harm(root, name):
    assert uri_reference(name, None).isascii()
    assert isinstance(relative_path(name, str(root)), str)


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (PureWindowsPath("C:\\报告\\a b.md"), "file:///C:/%E6%8A%A5%E5%91%8A/a%20b.md"),
        (PureWindowsPath("\\\\服务器\\share$\\a.md"), "file://%E6%9C%8D%E5%8A%A1%E5%99%A8/share%24/a.md"),
        (PureWindowsPath("reports\\2023.md"), "reports/2023.md"),
        (PurePosixPath("/srv/报告/a.md"), "file:///srv/%E6%8A%A5%E5%91%8A/a.md"),
        (PurePosixPath("/"), "file:///"),
    ],
)
def test_uris_of_both_kinds_of_paths(path, uri):
    assert quoted(path) == uri


def test_windows_paths_are_compared_as_windows_does():
    root = PureWindowsPath("C:\\Work\\Repo")
    inside = below(PureWindowsPath("c:\\work\\repo\\reports\\a.md"), root)
    assert inside is not None
    assert inside.as_posix() == "reports/a.md"
    assert below(PureWindowsPath("D:\\Work\\Repo\\a.md"), root) is None


@given(st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=20))
def test_what_is_encoded_can_be_read_back(name):
    uri = quoted(PurePosixPath(name))
    assert uri.isascii()
    assert not set(uri) & set(" \"<>#?:[]{}|\\^`'")
    read = unquote_to_bytes(uri).decode()
    assert read == unquote_to_bytes(quoted(PurePosixPath(read))).decode()

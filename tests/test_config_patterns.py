"""Globs of configurations: what they mean, on whatever system, and that no pattern takes its time."""

from __future__ import annotations

import fnmatch
import os
import time
import unicodedata
from pathlib import PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govlint.config import patterns
from govlint.config.patterns import Glob, names_below

BASE = "/base"


def covers(pattern: str, path: str) -> bool:
    return Glob(pattern, BASE).covers(f"{BASE}/{path}")


@pytest.mark.parametrize(
    ("pattern", "meant", "not_meant"),
    [
        ("drafts", ["drafts/a.md", "x/drafts/y/a.md", "drafts"], ["drafts.md", "my-drafts/a.md"]),
        ("drafts/", ["drafts/a.md", "x/drafts/a.md"], ["drafts", "x/drafts"]),
        ("*.md", ["a.md", "x/y/a.md", "a.md/b"], ["a.mdx", "md"]),
        ("/*.md", ["a.md"], ["x/a.md"]),
        ("./a.md", ["a.md"], ["x/a.md"]),
        ("a/b", ["a/b", "a/b/c.md"], ["x/a/b", "a/x/b"]),
        ("a/*", ["a/b", "a/b/c"], ["a", "x/a/b"]),
        ("a/**", ["a/b", "a/b/c"], ["a", "b/a/c"]),
        ("a/**/c", ["a/c", "a/x/c", "a/x/y/c"], ["a/x/y", "b/c"]),
        ("**/c", ["c", "x/c", "x/y/c"], ["cc", "x/d"]),
        ("**/a/**", ["a/b", "x/a/b"], ["a", "x/a"]),
        ("202?/*.docx", ["2023/a.docx"], ["20233/a.docx", "2023/x/a.docx"]),
        ("[0-9]*", ["2023.md", "x/1"], ["a1"]),
        ("[!0-9]*", ["a1"], ["1"]),
        ("[[]草稿]*", ["[草稿]2023.docx"], ["草稿2023.docx"]),
        ("草稿", ["草稿/水务局.md", "2023/草稿/a"], ["草稿纸/a"]),
        ("*（征求意见稿）*", ["x/年报（征求意见稿）.docx"], ["x/年报(征求意见稿).docx"]),
        ("街道/*.md", ["街道/一.md"], ["乡镇/一.md"]),
        ("../other/*.md", ["../other/a.md"], ["other/a.md"]),
        (".*", [".hidden/a"], ["../a.md", "a/b"]),
        ("*.md", ["../elsewhere/a.md"], ["../a.txt"]),
        ("a", [], ["A"] if os.name != "nt" else []),
    ],
)
def test_what_a_pattern_means(pattern, meant, not_meant):
    assert [path for path in meant if not covers(pattern, path)] == []
    assert [path for path in not_meant if covers(pattern, path)] == []


def test_only_the_name_itself_is_meant_while_folders_are_walked():
    """A folder that is named to be checked is checked, also where a pattern leaves such folders out."""
    drafts = Glob("drafts", BASE)
    assert drafts.means(f"{BASE}/x/drafts", folder=True)
    assert not drafts.means(f"{BASE}/x/drafts/a.md", folder=False)
    assert Glob("drafts/**", BASE).means(f"{BASE}/drafts/a.md", folder=False)
    assert not Glob("drafts/", BASE).means(f"{BASE}/drafts", folder=False)


def test_composed_and_decomposed_names_are_the_same():
    for name in ("é.md", "が.md"):
        composed, decomposed = unicodedata.normalize("NFC", name), unicodedata.normalize("NFD", name)
        assert composed != decomposed
        assert covers(composed, f"x/{decomposed}") and covers(decomposed, f"x/{composed}")


def test_relative_paths_start_from_the_working_folder(tmp_path, monkeypatch):
    (tmp_path / "reports").mkdir()
    monkeypatch.chdir(tmp_path / "reports")
    assert Glob("reports/*.md", str(tmp_path)).covers("a.md")
    assert Glob("reports/*.md", str(tmp_path)).covers("../reports/a.md")


def test_folders_that_are_links_are_the_folders_they_lead_to(tmp_path):
    real, link = tmp_path / "real", tmp_path / "link"
    real.mkdir()
    link.symlink_to(real)
    assert Glob("a/*.md", str(real)).covers(str(link / "a" / "x.md"))
    assert Glob("a/*.md", str(link)).covers(str(real / "a" / "x.md"))


def test_windows_paths(monkeypatch):
    """Drives, backslashes and letter case, with the rules of Windows instead of this system's."""
    import ntpath
    import re
    from pathlib import PureWindowsPath

    monkeypatch.setattr(patterns, "PurePath", PureWindowsPath)
    monkeypatch.setattr(patterns, "os", type("os", (), {"path": ntpath, "name": "nt"}))
    monkeypatch.setattr(patterns, "_CASE", re.IGNORECASE)
    monkeypatch.setattr(patterns, "_UP", re.compile(fnmatch.translate("..")))
    names_below.cache_clear()
    base = "C:\\reports"
    assert Glob("2023/**", base).covers("C:\\reports\\2023\\水务局\\a.docx")
    assert Glob("*.DOCX", base).covers("C:\\reports\\2023\\a.docx")
    assert Glob("/a.docx", base).covers("c:\\Reports\\A.docx")
    assert not Glob("2023/**", base).covers("C:\\reports\\2024\\a.docx")
    assert Glob("*.docx", base).covers("D:\\elsewhere\\a.docx")
    assert not Glob("reports/*.docx", base).covers("C:\\reports\\a.docx")
    names_below.cache_clear()


NAMES = st.text(st.sampled_from("ab*?[]!-.草"), min_size=1, max_size=6).filter(lambda name: name not in (".", ".."))


@given(NAMES, st.text(st.sampled_from("ab-.!]草"), min_size=1, max_size=6).filter(lambda n: n.strip(".")))
def test_within_a_name_it_is_fnmatch(pattern, name):
    if pattern != "**":
        assert covers(pattern, f"x/{name}") == (fnmatch.fnmatchcase(name, pattern) or fnmatch.fnmatchcase("x", pattern))


@given(
    st.lists(st.sampled_from(["a", "b", "*", "**"]), min_size=2, max_size=5),
    st.lists(st.sampled_from("abc"), min_size=1, max_size=5),
)
def test_folders_by_trying_everything(steps, names):
    """The same answer as the plain definition: stars try every number of folders."""

    def fits(steps: list[str], names: list[str]) -> bool:
        if not steps:
            return not names
        if steps[0] != "**":
            return bool(names) and steps[0] in ("*", names[0]) and fits(steps[1:], names[1:])
        least = 1 if len(steps) == 1 else 0
        return any(fits(steps[1:], names[taken:]) for taken in range(least, len(names) + 1))

    wanted = any(fits(steps, names[:end]) for end in range(1, len(names) + 1))
    assert covers("/".join(steps), "/".join(names)) == wanted


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=20), st.text(max_size=20))
def test_no_pattern_fails(pattern, name):
    path = PurePosixPath(BASE, name.replace("\0", ""))
    assert Glob(pattern, BASE).covers(str(path)) in (True, False)


@pytest.mark.parametrize(
    ("pattern", "path"),
    [("*a" * 40 + "b", "a" * 250), ("**/" * 60 + "b", "a/" * 250 + "c"), ("**/a/" * 40 + "b", "a/" * 250 + "c")],
    ids=["stars", "folders", "both"],
)
def test_hostile_patterns_are_quick(pattern, path):
    start = time.process_time()
    assert not covers(pattern, path)
    assert time.process_time() - start < 1

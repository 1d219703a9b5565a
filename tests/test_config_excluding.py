"""Files that are left out: those found in folders, and with force also those that are named."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from configs import BAD, findings, grow, run

CONFIG = ".govlint.yaml"


@pytest.fixture
def tree(tmp_path):
    return grow(tmp_path)


def paths_of(folder, *arguments: str) -> list[str]:
    ran = run(folder, "parse", *arguments)
    return sorted(os.path.normpath(each["path"]).replace(os.sep, "/") for each in json.loads(ran.out))


def test_what_is_excluded(tree):
    reports = ("a.md", "drafts/b.md", "x/drafts/c.md", "x/d.md", "x/old-e.md", "草稿/f.md")
    folder = tree({CONFIG: "exclude: [drafts/, 'old-*', /草稿]\n", **dict.fromkeys(reports, BAD)})
    assert paths_of(folder, ".") == ["a.md", "x/d.md"]
    assert paths_of(folder, "drafts", ".") == ["a.md", "drafts/b.md", "x/d.md"], "named folders are checked"
    assert paths_of(folder, "x/old-e.md", "x") == ["x/d.md", "x/old-e.md"], "named files too"
    assert paths_of(folder / "x", ".") == ["d.md"]


def test_excluded_folders_are_not_walked(tree, monkeypatch):
    folder = tree({CONFIG: "exclude: [big]\n", "a.md": BAD, "big/deep/b.md": BAD})
    seen = []
    scan = os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: seen.append(Path(path).name) or scan(path))
    assert paths_of(folder, ".", "a.md") == ["a.md"]
    assert seen
    assert "big" not in seen


def test_options_exclude_as_well(tree):
    folder = tree({CONFIG: "exclude: [a.md]\n", "a.md": BAD, "x/b.md": BAD, "x/c.md": BAD})
    found = findings(folder, "--exclude", "b.md", "--exclude", "y")
    assert {os.path.normpath(each["path"]) for each in found} == {str(Path("x", "c.md"))}
    found = findings(folder / "x", "--exclude", "/b.md")
    assert {os.path.normpath(each["path"]) for each in found} == {"c.md"}, "from the working folder"
    ran = run(folder, "check", ".", "--exclude", "!a", "--lang", "en")
    assert (ran.status, "!a: patterns that begin with !" in ran.err) == (2, True)


def test_force_exclude(tree):
    """pre-commit names files: what is excluded is left out, and a commit of nothing else passes."""
    folder = tree({CONFIG: "force-exclude: true\nlang: en\nexclude: [drafts]\n", "drafts/a.md": BAD, "b.md": BAD})
    ran = run(folder, "check", "drafts/a.md", "b.md")
    assert ran.status == 1
    assert f"excluded by the settings and not checked: {'drafts/a.md'} (1 in all)" in ran.err
    assert "drafts" not in ran.out
    ran = run(folder, "check", "drafts/a.md", "--output-format", "json")
    assert (ran.status, ran.json) == (0, [])
    assert "all files given are excluded by the settings: drafts/a.md (1 in all); nothing was checked" in ran.err
    ran = run(folder, "check", "drafts/a.md")
    assert (ran.status, ran.out) == (0, "")
    assert "nothing could be read" not in ran.err
    assert run(folder, "check", "drafts/a.md", "--no-force-exclude").status == 1
    assert run(folder, "parse", "drafts/a.md").out == "[]\n"
    assert run(folder, "survey", "drafts/a.md").status == 0
    ran = run(folder, "check", "drafts/gone.md", "b.md")
    assert ran.status == 1, "a file that is not there is left out like any other"
    tree({CONFIG: "lang: en\nexclude: [drafts]\n"})
    assert run(folder, "check", "drafts/a.md", "--force-exclude").status == 0


def test_a_folder_of_which_nothing_is_left_is_no_success(tree):
    folder = tree({CONFIG: "exclude: ['*.md']\nlang: en\n", "a/x.md": BAD, "empty/x.png": b""})
    ran = run(folder, "check", "a")
    assert ran.status == 2
    assert "a: all reports in this folder are excluded by the settings" in ran.err
    assert "empty: no reports to check in this folder" in run(folder, "check", "empty").err
    tree({CONFIG: "exclude: [a]\nlang: en\n"})
    assert run(folder, "check", "a").status == 1
    ran = run(folder, "check", "a", "--force-exclude")
    assert (ran.status, "are excluded" in ran.err) == (2, True)

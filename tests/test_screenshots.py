"""The pictures of the page of ``govlint serve`` in the READMEs: all four, shown and described, and quickly loaded."""

from __future__ import annotations

import re

import pytest
from PIL import Image
from test_cli import ROOT

FOLDER = "docs/screenshots"
NAMES = ("bad", "clean", "empty", "forty")
LARGEST = 150_000
"""Bytes."""


@pytest.mark.parametrize("name", NAMES)
def test_pictures_are_small_and_not_empty(name):
    path = ROOT / FOLDER / f"{name}.png"
    assert path.stat().st_size < LARGEST
    with Image.open(path) as picture:
        assert picture.width == 1280
        assert len(picture.convert("RGB").getcolors(1 << 20)) > 20


def test_there_are_no_others():
    assert sorted(path.stem for path in (ROOT / FOLDER).glob("*.png")) == sorted(NAMES)


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_they_are_shown_and_described(readme):
    text = (ROOT / readme).read_text(encoding="utf-8")
    shown = {name: words for words, name in re.findall(rf"!\[([^\]]*)\]\({FOLDER}/(\w+)\.png\)", text)}
    linked = set(re.findall(rf"\({FOLDER}/(\w+)\.png\)", text))
    assert linked == set(NAMES)
    assert "bad" in shown
    assert all(words.strip() for words in shown.values())

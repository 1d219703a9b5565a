"""The pictures of the READMEs show what the command prints now, and load nothing from elsewhere."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from rich.text import Text

ROOT = Path(__file__).parent.parent
SPEC = importlib.util.spec_from_file_location("make_pictures", ROOT / "docs" / "make_pictures.py")
assert SPEC and SPEC.loader
pictures = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(pictures)


def words(svg: str) -> str:
    """All text of a picture, without blanks."""
    texts = ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")
    return re.sub(r"\s", "", "".join(text.text or "" for text in texts))


@pytest.mark.parametrize("code", pictures.LANGUAGES)
def test_picture_is_fresh(code):
    stored = (ROOT / "docs" / "images" / f"check.{code}.svg").read_text(encoding="utf-8")
    now = re.sub(r"\s", "", "govlint$" + pictures.command(code) + Text.from_ansi(pictures.printed(code)).plain)
    assert words(stored) == now, "run python docs/make_pictures.py"


@pytest.mark.parametrize("code", pictures.LANGUAGES)
def test_picture_stands_alone(code):
    stored = (ROOT / "docs" / "images" / f"check.{code}.svg").read_text(encoding="utf-8")
    assert not re.findall(r"url\((?!#)|href|@import|<script", stored)
    assert set(re.findall(r"https?://[^\s\"']+", stored)) == {"http://www.w3.org/2000/svg"}


def test_wide_characters_have_the_room_of_two():
    found = ElementTree.fromstring(pictures.picture("zh")).iter("{http://www.w3.org/2000/svg}text")
    rooms = {
        round(float(text.attrib["textLength"]) / len(text.text or ""), 2)
        for text in found
        if "textLength" in text.attrib and "\u4e00" <= (text.text or " ")[0] <= "\u9fff"
    }
    assert rooms == {20.0}


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_readme_shows_its_picture(name):
    code = "zh" if "zh" in name else "en"
    assert f"docs/images/check.{code}.svg" in (ROOT / name).read_text(encoding="utf-8")

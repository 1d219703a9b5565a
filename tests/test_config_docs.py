"""docs/config.md and its Chinese sister: every key has an example, and every example holds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from configs import BAD, grow, run
from ruamel.yaml import YAML

from govlint.config.schema import config_schema

DOCS = Path(__file__).parent.parent / "docs"
NAMES = ("config.md", "config.zh.md")


@pytest.fixture(params=NAMES)
def page(request):
    return (DOCS / request.param).read_text(encoding="utf-8")


def examples(page: str) -> list[str]:
    return re.findall(r"^```yaml\n(.*?)^```$", page, re.M | re.S)


def test_every_key_has_an_example_under_its_heading(page):
    headings = re.split("[,、] ?", ", ".join(re.findall(r"^### (.*)$", page, re.M)))
    assert sorted(headings) == sorted(config_schema()["properties"])
    shown = {key for text in examples(page) for key in YAML(typ="safe").load(text)}
    assert shown == config_schema()["properties"].keys()


MAP = "government: 云溪县人民政府\nunits: [云溪县水务局]\n"
PACK = "id: GL301\nseverity: info\n"


def test_examples_hold(page, tmp_path):
    tree = grow(tmp_path)
    tree({"a.md": BAD})
    for example in examples(page):
        text = example.replace("../", "")
        data = YAML(typ="safe").load(text)
        for path in data.get("extend", ()):
            tree({path: ""} if path.endswith(".yaml") else {f"{path}/a.yaml": PACK})
        tree({data.get("waivers", "unused.yaml"): "waivers: []\n", data.get("rollup", "none.yaml"): MAP})
        ran = run(tree({".govlint.yaml": text}), "check", "a.md")
        assert ran.status in (0, 1), f"{text}\n{ran.err}"


def test_both_languages_have_the_same_headings_and_examples():
    pages = [(DOCS / name).read_text(encoding="utf-8") for name in NAMES]
    keys = [[list(YAML(typ="safe").load(text)) for text in examples(page)] for page in pages]
    assert keys[0] == keys[1]
    assert len({len(re.findall(r"^## ", page, re.M)) for page in pages}) == 1


def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#:]+)\)", page):
        assert (DOCS / target).exists(), target

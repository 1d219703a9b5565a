"""Files that steer govlint, from a stranger's repository: bombs in YAML, paths and links that lead out of the folder.

Schemas, sizes and wrong paths one by one: ``test_config_mistakes.py``, ``test_waivers_file.py``, ``test_packs.py``;
patterns that never end: ``test_patience.py``, ``test_config_patterns.py``; outputs over inputs:
``test_spared_files.py``.
"""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest
from configs import BAD, findings, grow, run
from test_cli import CLEAN, here

from govlint.model.errors import RuleError
from govlint.yamlfile import MAX_DEPTH, parse_yaml

links = pytest.mark.skipif(not hasattr(os, "symlink") or os.name == "nt", reason="no symbolic links")


@pytest.fixture
def tree(tmp_path):
    folder = tmp_path / "repository"
    folder.mkdir()
    return grow(folder)


# ---------------------------------------------------------------- bombs in YAML

LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(8)
)
BOMBS = {
    "aliases": LAUGHS,
    "itself": "a: &a [*a, *a]\n",
    "brackets": "[" * 200_000,
    "braces": "{a: " * 50_000,
    "dashes": "- " * 100_000,
    "questions": "? " * 100_000,
    "indents": "".join(f"{' ' * n}a:\n" for n in range(500)),
    "anchors": "".join(f"- &a{n} x\n" for n in range(20_000)),
    "digits": f"a: {'9' * 5000}\n",
    "objects": "a: !!python/object/apply:os.system ['touch evil']\n",
    "merging": "a: &a {x: 1}\nb: {<<: [*a, *a]}\n",
    "nul": "a: \0\n",
    "surrogate": 'a: "\\uD800"\n',
    "escapes": '"\\e]0;x\\a\\u202e": 1\n',
    "documents": "--- a\n" * 1000,
    "tag": f"a: !{'x' * 50_000} b\n",
}
FILES = {
    "configuration": ".govlint.yaml",
    "rule": "pack/rule.yaml",
    "words of numbers": "pack/quantities.yaml",
    "waivers": ".govlint-waivers.yaml",
    "map of units": "map.yaml",
}


@pytest.mark.parametrize("bomb", BOMBS)
@pytest.mark.parametrize("kind", FILES)
def test_bombs_are_mistakes(kind, bomb, tree):
    """One or more mistakes with their lines, soon, and nothing else; no process dies."""
    folder = tree({FILES[kind]: BOMBS[bomb], "a.md": BAD})
    options = {
        "rule": ("--rules", "pack"),
        "words of numbers": ("--rules", "pack"),
        "map of units": ("--rollup", "map.yaml"),
    }
    begun = time.process_time()
    ran = run(folder, "check", *options.get(kind, ()), "--lang", "en", ".")
    assert ran.status == 2
    *mistakes, last = ran.err.splitlines()
    assert mistakes
    assert last.startswith("govlint: nothing was done")
    assert all(line.startswith(f"{FILES[kind]}:") for line in mistakes)
    assert all(char.isprintable() for line in mistakes for char in line)
    assert not (folder / "evil").exists()
    assert time.process_time() - begun < 20


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_depth_is_measured_before_anything_is_built(opening):
    closing = {"[": "]", "{a: ": "}"}.get(opening, "")
    with pytest.raises(RuleError, match="nested too deeply"):
        parse_yaml(opening * (MAX_DEPTH + 1) + closing * (MAX_DEPTH + 1), "a.yaml")
    found = parse_yaml(opening * (MAX_DEPTH - 1) + closing * (MAX_DEPTH - 1), "a.yaml").data
    depth = 0
    while found:
        found = next(iter(found.values())) if isinstance(found, dict) else found[0]
        depth += 1
    assert depth >= (1 if opening == "? " else MAX_DEPTH - 2)  # A key is one text, whatever lies in it.


def test_many_brackets_in_words_are_not_deep():
    text = "".join(f"- '[{{: - ? {number}'\n" for number in range(1000))
    assert len(parse_yaml(text, "a.yaml").data) == 1000


# ---------------------------------------------------------------- paths and links


def test_a_configuration_hides_only_what_is_below_the_inputs(tree):
    """Patterns with .. reach no other file than those that are checked; without the configuration nothing is hidden."""
    folder = tree({".govlint.yaml": "exclude: ['../**', '/etc/**', '**/../a.md']\n", "sub/a.md": BAD, "b.md": BAD})
    assert {Path(one["path"]).name for one in findings(folder)} <= {"a.md", "b.md"}
    assert {Path(one["path"]).name for one in findings(folder, "--isolated")} == {"a.md", "b.md"}


def test_a_map_of_units_opens_no_report(tree):
    """It names reports by path, but only those that are checked."""
    map_ = "government: a.md\nunits: ['../outside.md', '/etc/passwd']\n"
    folder = tree({"a.md": BAD, "map.yaml": map_})
    (folder.parent / "outside.md").write_bytes(CLEAN.read_bytes())
    ran = run(folder, "check", "--rollup", "map.yaml", "--output-format", "json-full", "a.md")
    assert {one["path"] for one in json.loads(ran.out)["files"]} == {"a.md", "map.yaml"}
    assert "root:" not in ran.out + ran.err


@links
def test_folders_that_lead_elsewhere_or_back_are_not_walked(tree):
    folder = tree({"a.md": BAD, "sub/b.md": BAD})
    outside = folder.parent / "outside"
    outside.mkdir()
    (outside / "secret.md").write_bytes(BAD)
    (folder / "sub" / "loop").symlink_to(folder)
    (folder / "out").symlink_to(outside)
    assert {one["path"] for one in findings(folder)} == {"a.md", "sub/b.md"}


@links
def test_links_to_devices_and_to_nothing_are_named(tree):
    folder = tree({"a.md": BAD})
    for name, target in (("zero.md", "/dev/zero"), ("none.md", "nowhere"), ("self.md", "self.md"), ("folder.md", ".")):
        (folder / name).symlink_to(target)
    ran = run(folder, "check", "--lang", "en", ".")
    assert ran.status == 2
    assert {line.split(":")[0] for line in ran.err.splitlines()[:-1] if ".md:" in line} >= {
        "zero.md",
        "none.md",
        "self.md",
    }
    assert "Traceback" not in ran.err


@links
@pytest.mark.parametrize("there", [True, False])
def test_waivers_are_not_written_through_a_stranger_s_link(tree, there):
    """A link that came with a repository must not make files elsewhere; who names it means it."""
    folder = tree({"a.md": BAD})
    outside = folder.parent / "elsewhere.yaml"
    if there:
        outside.write_text("waivers: []\n", encoding="utf-8")
    before = outside.read_bytes() if there else None
    (folder / ".govlint-waivers.yaml").symlink_to(outside)
    arguments = ("waive", "a.md", "--all", "--reason", "known", "--lang", "en")
    ran = run(folder, *arguments)
    assert ran.status == 2
    assert ".govlint-waivers.yaml is a link that leads out of its folder" in ran.err
    assert (outside.read_bytes() if outside.exists() else None) == before
    assert run(folder, *arguments, "-o", ".govlint-waivers.yaml").status == 0
    assert b"GL501" in outside.read_bytes()
    assert (folder / ".govlint-waivers.yaml").is_symlink()


@links
def test_a_link_inside_the_folder_is_followed(tree):
    folder = tree({"a.md": BAD, "our/waivers.yaml": "waivers: []\n"})
    (folder / ".govlint-waivers.yaml").symlink_to("our/waivers.yaml")
    assert run(folder, "waive", "a.md", "--all", "--reason", "known").status == 0
    assert b"GL501" in (folder / "our" / "waivers.yaml").read_bytes()


@links
def test_outputs_go_where_a_link_leads_but_over_no_report(tree):
    folder = tree({"a.md": BAD, "b.md": BAD})
    (folder / "out.csv").symlink_to("made.csv")
    (folder / "in.csv").symlink_to("b.md")
    assert run(folder, "check", "a.md", "--output", "csv=out.csv").status == 1
    assert (folder / "made.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert run(folder, "check", "a.md", "b.md", "--output", "csv=in.csv").status == 2
    assert (folder / "b.md").read_bytes() == BAD


# ---------------------------------------------------------------- the cache and standard input


def test_a_cache_that_others_wrote_breaks_nothing(tree, monkeypatch):
    """Compiled copies full of rubbish, or links to elsewhere, are made anew."""
    folder = tree({"a.md": BAD, ".govlint.yaml": "lang: en\n"})
    cache = folder.parent / "cache"
    plain = run(folder, "check", "a.md", GOVLINT_CACHE_DIR=str(cache))
    made = [path for path in cache.rglob("*") if path.is_file()]
    assert made
    for path in made:
        for content in (b"", b"\0" * 100, b"[" * 100_000, b'{"a": 1}', path.read_bytes()[:-20]):
            path.write_bytes(content)
        assert run(folder, "check", "a.md", GOVLINT_CACHE_DIR=str(cache)) == plain


def test_endless_standard_input_ends(monkeypatch):
    monkeypatch.setattr("govlint.cli.inputs.MAX_BYTES", 1000)
    monkeypatch.setattr("govlint.readers.MAX_BYTES", 1000)
    for command in ("check", "parse", "text"):
        ran = here(command, "-", "--lang", "en", stdin=b"x" * 10_000_000)
        assert ran.status == 2
        assert "over the limit" in ran.err

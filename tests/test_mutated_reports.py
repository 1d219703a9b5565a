"""Mutated reports of every file type: what must hold of any file, and what must be the same however it is written.

The mutations are those of ``fuzz``, which searches longer; ``GOVLINT_FULL=1`` tries more of them here as well.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from calling import call
from fuzz.blind import mutation
from fuzz.invariants import capped, demand, examine, linter, same, told_of
from fuzz.targets import TARGETS, files_of
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from thorough import FULL, amount

from govlint.batch.running import Batch, Plan
from govlint.model.diagnostic import Result
from govlint.readers import doc, read

CHANCE = st.integers(0, 2**32)
few = settings(max_examples=amount(4, 300), deadline=None, derandomize=not FULL, database=None)
HAN = re.compile("[\u4e00-\u9fff]")
BLOCKS = "html|head|body|div|table|thead|tbody|tfoot|tr|td|th|p|h[1-6]|ul|ol|li"
OPENED = re.compile(rf"(?<=>)(?=<(?:{BLOCKS})\b)", re.I)
CLOSED = re.compile(rf"(?<=>)(?=</(?:{BLOCKS})>)", re.I)
AS_PRINTED = re.compile(r"<(?:pre|textarea|plaintext|xmp|listing|script|style|title|!|\?)", re.I)
"""Where blanks and line ends count, or tags are none."""

pytestmark = pytest.mark.long
files = cache(files_of)


@pytest.fixture(autouse=True)
def without_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """What LibreOffice makes of hostile files is its own affair."""
    monkeypatch.setattr(doc, "find_program", lambda _: None)


def mutated(target: str, chance: int) -> bytes:
    return mutation(target, chance, files(target))


def text_of(target: str, chance: int) -> str:
    """A mutated report as text that every encoding can say and no line end, mark or zero byte makes another."""
    text = mutated(target, chance).decode("utf-8", "replace").replace("\r\n", "\n").lstrip("\ufeff")
    assume("\r" not in text and "\0" not in text and len(HAN.findall(text)) > 50)
    assume(text.encode("gb18030").decode("gb18030") == text)
    return text


def check(data: bytes, name: str) -> Result:
    with capped():
        return linter().check_bytes(data, name)


def but_encoding(result: Result) -> list[tuple[object, ...]]:
    """What is told of a file, but GL005, which tells how sure its encoding is and is for bytes of one encoding only."""
    return [told for told in told_of(result) if told[0] != "GL005"]


@pytest.mark.parametrize("target", TARGETS)
@few
@given(chance=CHANCE)
def test_nothing_is_raised_every_position_is_inside_and_all_is_the_same_again(target, chance):
    with capped():
        examine(mutated(target, chance), f"a{TARGETS[target].suffix}")


@pytest.mark.parametrize("target", TARGETS)
def test_the_command_ends_with_a_status_of_its_own(target, tmp_path):
    file = tmp_path / f"a{TARGETS[target].suffix}"
    for chance in range(amount(2, 40)):
        file.write_bytes(mutated(target, chance))
        done = call("check", file, "--lang", "en")
        assert done.status in (0, 1, 2), done
        assert (done.status == 2) == bool(check(file.read_bytes(), file.name).read_error), done
        assert "Traceback" not in done.err
        assert "govlint itself" not in done.err


@pytest.mark.parametrize("target", ["text", "markdown", "html", "csv", "tsv"])
@few
@given(chance=CHANCE)
def test_line_ends_change_nothing(target, chance):
    text, name = text_of(target, chance), f"a{TARGETS[target].suffix}"
    one, other = (check(each.encode(), name) for each in (text, text.replace("\n", "\r\n")))
    assert told_of(one) == told_of(other)


@pytest.mark.parametrize("target", ["text", "markdown", "html", "csv", "tsv"])
@few
@given(chance=CHANCE)
def test_the_encoding_changes_nothing_but_how_sure_it_is(target, chance):
    text, name = text_of(target, chance), f"a{TARGETS[target].suffix}"
    plain, *others = (check(text.encode(how), name) for how in ("utf-8", "gb18030", "utf-8-sig", "utf-16"))
    for other in others:
        assert but_encoding(other) == but_encoding(plain)


@few
@given(chance=CHANCE)
def test_blanks_between_tags_change_nothing_but_places(chance):
    page = text_of("html", chance)
    assume(not AS_PRINTED.search(page.replace("<!DOCTYPE html>", "").replace("<title>", "")))
    minified = re.sub(rf"\s+(?=</?(?:{BLOCKS})\b)", "", page, flags=re.I)
    pretty = CLOSED.sub("\n", OPENED.sub("\n    ", minified))
    one, other = (check(each.encode(), "a.html") for each in (minified, pretty))
    one_told, other_told = (sorted(told_of(result, places=False)) for result in (one, other))
    assert (
        one_told == other_told
    )  # Empty cells may have one and the same place in one page and places apart in another.


def made(folder: Path, count: int) -> Iterator[Path]:
    """Files of every type in a folder, mutated."""
    for target in TARGETS:
        for chance in range(count):
            path = folder / f"{target}-{chance}{TARGETS[target].suffix}"
            path.write_bytes(mutated(target, 1000 + chance))
            yield path


def test_many_processes_give_what_one_gives(tmp_path, monkeypatch):
    monkeypatch.setenv(
        "PATH", os.devnull
    )  # Whether LibreOffice gets through a hostile file may differ from run to run.
    paths = [str(path) for path in made(tmp_path, amount(3, 40))]
    alone = [linter().check_path(path) for path in paths]
    with Batch(linter(), paths, Plan(workers=2)) as batch:
        together = [batch.result(path) for path in paths]
    for one, other in zip(alone, together, strict=True):
        assert told_of(one) == told_of(other), one.path
        assert one.outcomes == other.outcomes, one.path
        assert (one.document is None) == (other.document is None), one.path
        assert not one.document or not other.document or same(one.document, other.document), one.path


def test_every_run_writes_the_same_bytes(tmp_path):
    """Also where Python hashes otherwise, which changes the order of sets."""
    folder = tmp_path / "in"
    folder.mkdir()
    assert len(list(made(folder, amount(1, 20)))) >= len(TARGETS)
    command = [sys.executable, "-m", "govlint", "check", str(folder), "--no-cache", "--output-format", "json-full"]
    run: Callable[[str], subprocess.CompletedProcess[bytes]] = lambda seed: subprocess.run(  # noqa: E731
        command, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed, "PATH": os.devnull}, check=False
    )
    one, other = run("1"), run("2")
    assert one.stdout == other.stdout
    assert one.stderr == other.stderr
    assert one.returncode == other.returncode == 2
    assert len(one.stdout) > 10_000


def test_what_breaks_a_demand_is_told():
    """The searches would find nothing if nothing could be found."""
    document = read("2023年度报告\n".encode(), "a.txt")
    with pytest.raises(AssertionError, match="not so"):
        demand(same(document, read("2022年度报告\n".encode(), "a.txt")), "not so")

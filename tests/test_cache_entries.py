"""The cache of results: what is wrong with it, whatever that is, costs nothing but time."""

from __future__ import annotations

import errno
import os
import time
from pathlib import Path

import pytest

from govlint.batch import cache as module
from govlint.batch.cache import Cache

KEY, OTHER = b"k" * 16, b"o" * 16
DAY = 24 * 60 * 60


@pytest.fixture
def cache(tmp_path):
    return Cache(tmp_path / "results")


def entries(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_what_is_put_is_got(cache):
    assert cache.get(KEY) is None
    cache.put(KEY, b"one")
    cache.put(OTHER, b"two")
    cache.put(KEY, b"three")
    assert (cache.get(KEY), cache.get(OTHER), cache.failure) == (b"three", b"two", None)


@pytest.mark.parametrize("content", [b"", b"govlint result 1\n", b"x" * 100, b"cut", b"flipped", b"longer"])
def test_a_broken_entry_counts_as_none(cache, tmp_path, content):
    cache.put(KEY, b"payload")
    (entry,) = entries(tmp_path)
    sound = entry.read_bytes()
    changed = {b"cut": sound[:-1], b"flipped": sound[:-1] + b"!", b"longer": sound + b"."}.get(content, content)
    entry.write_bytes(changed)
    assert cache.get(KEY) is None
    assert cache.failure is None
    cache.put(KEY, b"payload")
    assert cache.get(KEY) == b"payload"


def test_an_entry_under_the_name_of_another_counts_as_none(cache, tmp_path):
    cache.put(KEY, b"payload")
    (entry,) = entries(tmp_path)
    cache.put(OTHER, b"other")
    (other,) = set(entries(tmp_path)) - {entry}
    other.replace(entry)
    assert cache.get(KEY) is None


def test_a_folder_in_the_place_of_an_entry_is_told(cache, tmp_path):
    cache.put(KEY, b"payload")
    (entry,) = entries(tmp_path)
    entry.unlink()
    entry.mkdir()
    assert cache.get(KEY) is None
    assert cache.failure


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path):
    (tmp_path / "results").write_text("no folder")
    cache = Cache(tmp_path / "results")
    cache.put(KEY, b"payload")
    assert cache.get(KEY) is None
    assert cache.failure


def test_a_full_disk_is_told_once_and_leaves_no_half_entry(cache, tmp_path, monkeypatch):
    tries = []

    def full(self, target):
        tries.append(target)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "replace", full)
    cache.put(KEY, b"one")
    cache.put(OTHER, b"two")
    assert len(tries) == 1
    assert cache.failure == os.strerror(errno.ENOSPC)
    assert entries(tmp_path) == []


def aged(folder: Path, key: bytes, days: float) -> Path:
    """The entry of a key, as if it had been written so many days ago."""
    entry = folder / "results" / key.hex()[:2] / key.hex()[2:]
    then = time.time() - days * DAY
    os.utime(entry, (then, then))
    return entry


def test_old_entries_are_removed_and_those_in_use_stay(cache, tmp_path):
    for key in (KEY, OTHER):
        cache.put(key, b"payload")
    old, used = aged(tmp_path, KEY, 31), aged(tmp_path, OTHER, 29)
    cache.prune()
    assert (old.exists(), used.exists()) == (False, True)
    cache.get(OTHER)
    assert time.time() - used.stat().st_mtime < DAY


def test_the_oldest_entries_go_when_all_are_too_large(cache, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "LARGEST", 2500)
    keys = [bytes([number]) * 16 for number in range(4)]
    for key in keys:
        cache.put(key, b"x" * 1000)
    found = [aged(tmp_path, key, 5 - number) for number, key in enumerate(keys)]
    cache.prune()
    assert [entry.exists() for entry in found] == [False, False, True, True]


def test_entries_are_looked_through_once_a_day(cache, tmp_path):
    cache.put(KEY, b"payload")
    cache.prune()
    entry = aged(tmp_path, KEY, 31)
    cache.prune()
    assert entry.exists()
    mark = tmp_path / "results" / "pruned"
    os.utime(mark, (0, 0))
    cache.prune()
    assert not entry.exists()


def test_nothing_is_made_by_looking(tmp_path):
    cache = Cache(tmp_path / "results")
    cache.get(KEY)
    cache.prune()
    assert entries(tmp_path) == []
    assert not (tmp_path / "results").exists()

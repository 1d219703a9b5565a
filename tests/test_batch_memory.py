"""How much memory there is: the machine's, or what a container is given."""

from __future__ import annotations

import os

import pytest

from govlint.batch.memory import memory

MACHINE = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
SMALL = 1 << 28


@pytest.mark.parametrize(
    ("own", "limits", "found"),
    [
        ("0::/\n", {"": str(SMALL)}, SMALL),
        ("0::/a/b\n", {"a/b": "max", "a": str(SMALL)}, SMALL),
        ("0::/a/b\n", {"a/b": str(SMALL), "a": str(2 * SMALL)}, SMALL),
        ("0::/a\n", {"a": "max"}, MACHINE),
        ("0::/a\n", {"a": str(1 << 62)}, MACHINE),
        ("0::/a\n", {"a": "much"}, MACHINE),
        ("9:memory:/a\n", {"a": str(SMALL)}, MACHINE),
        ("", {}, MACHINE),
    ],
)
def test_the_least_bound_counts(own, limits, found, tmp_path):
    for group, limit in limits.items():
        folder = tmp_path / "groups" / group
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "memory.max").write_text(f"{limit}\n")
    (tmp_path / "own").write_text(own)
    assert memory(tmp_path / "groups", tmp_path / "own") == found


def test_where_nothing_tells_it_is_the_machine_s(tmp_path):
    assert memory(tmp_path / "none", tmp_path / "nothing") == MACHINE

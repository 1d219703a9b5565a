"""The order of the tests: those that wait for files being converted come last."""

from __future__ import annotations

import pytest


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "converted(turn): waits for files that soffice or chromium makes meanwhile")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    """When it is this test's turn: as soon as the type of file that it reads can be ready."""
    marker = item.get_closest_marker("converted")
    return marker.args[0] if marker else -1

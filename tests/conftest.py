"""How the tests run: in what order, in how many processes, and the files that programs convert for them meanwhile."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from judge.office.chosen import Files

pytest_plugins = ("browser.fixtures",)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "long: takes long, so it begins first and others run beside it")
    config.addinivalue_line("markers", "converted(turn): waits for files that soffice or chromium makes meanwhile")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """One process where files are named, and where tests write what they compare with; else one for each core."""
    named = any(Path(argument.partition("::")[0]).is_file() for argument in config.args)
    return 0 if named or os.environ.get("GOVLINT_UPDATE") == "1" else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    """When it is this test's turn: what waits for a type of file comes when that can be ready."""
    if item.get_closest_marker("long"):
        return -2
    marker = item.get_closest_marker("converted")
    return marker.args[0] if marker else -1


def pytest_collection_finish() -> None:
    """What has been loaded stays: it need not be walked over and over for what is no longer used."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 1000)  # As the command does.


@pytest.fixture(scope="session")
def office_files(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Files:
    """The files that the tests which use this have as their parameter ``wanted``."""
    from judge.office.chosen import Files

    own = tmp_path_factory.getbasetemp()
    common = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    return Files((item.callspec.params["wanted"] for item in _of_office(request)), common / "office")


@pytest.fixture(scope="session", autouse=True)
def office_files_begun(request: pytest.FixtureRequest) -> None:
    """Work on these files begins with the first test, whichever it is."""
    if any(_of_office(request)):
        request.getfixturevalue("office_files")


def _of_office(request: pytest.FixtureRequest) -> Iterator[pytest.Function]:
    for item in request.session.items:
        if isinstance(item, pytest.Function) and "office_files" in item.fixturenames:
            yield item

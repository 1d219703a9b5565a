"""``govlint serve`` under load: many clients at once, what it keeps of it, and a file that never ends among others."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest
from desk_work import processes
from linked import as_word, report
from test_serve_command import Server, serving

pytestmark = pytest.mark.long
CLIENTS = 8
UPLOADS = 200
WARM = 24
HANGING = """
import govlint.cli.serve as command
from desk_work import Deadly
ordinary = command._linter
command._linter = lambda *given: ordinary(*given).handled(Deadly())
from govlint.cli.main import main
main()
"""
"""The command with a linter that takes for ever over files of some names."""
_PATIENCE = 120
_MB = 1 << 20


class Said(NamedTuple):
    """What came back for an upload: the names, the units and the numbers that it speaks of."""

    names: set[str]
    units: set[str]
    messages: list[str]


def unit(number: int) -> str:
    return f"第{number}水务局"


def upload(number: int) -> tuple[str, bytes]:
    """A report of a unit of its own with a wrong number of its own, as a Word file, a page or text."""
    cell = {"requests.granted.business": str(1000 + number)}
    kind = number % 3
    text = report(cell=cell, **({"layout": "html"} if kind == 1 else {})).decode().replace("云溪县水务局", unit(number))
    data = as_word(text.encode()) if kind == 0 else text.encode()
    return f"{number}{('.docx', '.html', '.txt')[kind]}", data


def speaks(said: Said, number: int) -> bool:
    """Whether that is the wrong number which is told."""
    return any(f"填 {1000 + number}，" in message for message in said.messages)


def by_api(client: httpx.Client, url: str, number: int) -> Said:
    answer = client.post(f"{url}api/v1/check?lang=zh", files={"file": upload(number)})
    assert answer.status_code == 200, answer.text
    found = answer.json()
    return Said({each["path"] for each in found}, set(), [each["message"] for each in found])


def by_page(client: httpx.Client, url: str, number: int) -> Said:
    answer = client.post(
        f"{url}check", files={"file": upload(number)}, data={"lang": "zh"}, headers={"Accept": "application/x-ndjson"}
    )
    assert answer.status_code == 200, answer.text
    progress, done = map(json.loads, answer.text.splitlines())
    assert (progress["event"], done["event"]) == ("progress", "done")
    return Said({progress["name"], *(each["name"] for each in done["reports"])}, {progress["unit"]}, [done["html"]])


def send(server: Server, numbers: range) -> dict[int, Said]:
    """What came back for each of the uploads, of eight clients that each send one after the other."""
    said: dict[int, Said] = {}

    def client(first: int) -> None:
        with httpx.Client(timeout=_PATIENCE) as own:
            for number in numbers[first::CLIENTS]:
                said[number] = (by_api, by_page)[number // CLIENTS % 2](own, server.url, number)

    with ThreadPoolExecutor(CLIENTS) as pool:
        for each in [pool.submit(client, first) for first in range(CLIENTS)]:
            each.result()
    return said


def memory(server: Server) -> int:
    """Bytes that the server and the processes below it have in memory, when nothing changes any more."""
    before = 0
    for _ in range(100):
        own = sum(map(_resident, {server.process.pid, *processes(server.process.pid)}))
        if own == before:
            break
        before = own
        time.sleep(0.1)
    return before


def _resident(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:  # It has just ended.
        return 0


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the memory of processes is read from /proc")
def test_none_of_many_uploads_is_lost_or_mixed_up_and_nothing_of_them_stays(tmp_path):
    with serving(tmp_path, "--rate", "0", jobs=2) as server:
        send(server, range(WARM))
        before = memory(server)
        said = send(server, range(WARM, WARM + UPLOADS))
        after = memory(server)
        assert sorted(said) == list(range(WARM, WARM + UPLOADS))
        for number, each in said.items():
            name, _ = upload(number)
            assert each.names == {name}
            assert each.units <= {unit(number)}
            assert [other for other in said if speaks(each, other)] == [number]
        assert httpx.get(f"{server.url}health").json()["free"] == 2
        assert server.stored() == []
        assert after < before * 1.2 + 20 * _MB, f"{before / _MB:.0f} MB grew to {after / _MB:.0f} MB"
        assert server.said().count(" 200 ") >= UPLOADS + WARM
        assert "Traceback" not in server.said()
        assert server.end() == 0


def test_a_file_that_hangs_is_named_and_others_go_on(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    with serving(tmp_path, "--timeout", "10", jobs=2, script=HANGING) as server:
        name, data = upload(1)
        answers: list[httpx.Response] = []
        given = [("file", (each, data)) for each in (f"a-{name}", f"hangs-{name}", f"b-{name}")]

        def hanging() -> None:
            answers.append(httpx.post(f"{server.url}api/v1/check?lang=zh", files=given, timeout=_PATIENCE))

        thread = threading.Thread(target=hanging)
        thread.start()
        _until(lambda: httpx.get(f"{server.url}health").json()["free"] == 1)
        with httpx.Client(timeout=_PATIENCE) as client:
            beside = [by_api(client, server.url, number) for number in range(2, 5)]
        assert thread.is_alive(), "others are answered meanwhile"
        thread.join(_PATIENCE)
        assert all(speaks(each, number) for number, each in zip(range(2, 5), beside, strict=True))
        (answer,) = answers
        assert answer.status_code == 422
        (error,) = answer.json()["errors"]
        assert (error["name"], error["reason"]) == (f"hangs-{name}", "too_long")
        assert {each["path"] for each in answer.json()["diagnostics"]} == {f"a-{name}", f"b-{name}"}
        _until(lambda: httpx.get(f"{server.url}health").json()["free"] == 2)
        assert server.stored() == []
        assert server.end() == 0


def test_a_file_that_ends_its_worker_is_named_and_others_go_on(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    with serving(tmp_path, "--timeout", "30", script=HANGING) as server:
        name, data = upload(1)
        given = [("file", (each, data)) for each in (f"kills-{name}", f"b-{name}")]
        answer = httpx.post(f"{server.url}api/v1/check?lang=zh", files=given, timeout=_PATIENCE)
        assert [error["name"] for error in answer.json()["errors"]] == [f"kills-{name}"]
        assert {each["path"] for each in answer.json()["diagnostics"]} == {f"b-{name}"}
        with httpx.Client(timeout=_PATIENCE) as client:
            assert by_api(client, server.url, 2).names == {upload(2)[0]}


def _until(holds: Callable[[], object]) -> None:
    end = time.monotonic() + _PATIENCE
    while not holds():
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.05)

"""Clients that leave, dawdle or crowd in: their work ends, their files go, others are told to wait."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest
from web_site import Fake, body_of, request, run, site_of, upload

from govlint.web import answering, reception, uploads
from govlint.web.app import make_app

FORM = body_of((b'Content-Disposition: form-data; name="file"; filename="a.md"', b"1" * 5000))


class Client:
    """A connection of which every message is said by the test; ``sent`` is what came back."""

    def __init__(self, app: Any, path: str, **headers: str) -> None:
        fields = {"host": "localhost", "content-type": "multipart/form-data; boundary=xyz", **headers}
        raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in fields.items()]
        self._scope = {
            "type": "http", "http_version": "1.1", "method": "POST", "path": path, "raw_path": path.encode(),
            "query_string": b"", "headers": raw, "client": ("127.0.0.1", 1), "scheme": "http", "root_path": "",
            "server": ("127.0.0.1", 8642),
        }  # fmt: skip
        self._app = app
        self._messages: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.sent: list[dict[str, Any]] = []

    def say(self, body: bytes, *, more: bool = False) -> None:
        self._messages.put_nowait({"type": "http.request", "body": body, "more_body": more})

    def leave(self) -> None:
        self._messages.put_nowait({"type": "http.disconnect"})

    async def run(self) -> None:
        async def send(message: dict[str, Any]) -> None:
            self.sent.append(message)

        await self._app(self._scope, self._messages.get, send)

    @property
    def status(self) -> int:
        return self.sent[0]["status"] if self.sent else 0

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.sent)


async def until(holds: Callable[[], object]) -> None:
    for _ in range(500):
        if holds():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it never came to that")


@pytest.mark.parametrize(
    ("path", "accept"), [("/check", "*/*"), ("/check", "application/x-ndjson"), ("/api/v1/check", "*/*")]
)
def test_who_leaves_amid_the_check_ends_it(tmp_path, path, accept):
    async def go() -> None:
        desks = Fake(pause=60)
        client = Client(make_app(desks, site_of(tmp_path)), path, accept=accept)
        client.say(FORM)
        task = asyncio.create_task(client.run())
        await until(lambda: desks.jobs)
        assert len(list(tmp_path.iterdir())) == 1
        assert desks.ended == 0
        client.leave()
        await asyncio.wait_for(task, 5)
        assert desks.ended == 1
        assert list(tmp_path.iterdir()) == []
        assert len(client.sent) == ("ndjson" in accept) * 2

    asyncio.run(go())


def test_who_leaves_amid_the_body_is_not_checked(tmp_path):
    async def go() -> None:
        desks = Fake()
        client = Client(make_app(desks, site_of(tmp_path)), "/check")
        client.say(FORM[:3000], more=True)
        task = asyncio.create_task(client.run())
        await until(lambda: any(path.is_file() for path in tmp_path.rglob("*")))
        client.leave()
        await asyncio.wait_for(task, 5)
        assert (desks.jobs, client.sent, list(tmp_path.iterdir())) == ([], [], [])

    asyncio.run(go())


@pytest.mark.parametrize("pause", [0, 60])
def test_a_server_that_ends_says_so_and_leaves_nothing(tmp_path, pause):
    """As long as nothing was sent; uvicorn cancels what still runs then."""

    async def go() -> None:
        desks = Fake(pause=pause)
        client = Client(make_app(desks, site_of(tmp_path)), "/api/v1/check")
        client.say(FORM if pause else FORM[:3000], more=not pause)
        task = asyncio.create_task(client.run())
        await until(lambda: desks.jobs if pause else any(path.is_file() for path in tmp_path.rglob("*")))
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert client.status == 503
        assert json.loads(client.body)["type"].endswith("/stopping")
        assert list(tmp_path.iterdir()) == []

    asyncio.run(go())


@pytest.mark.parametrize("limit", ["SECONDS_SILENT", "SECONDS_SENDING"])
def test_who_dawdles_is_told_so(tmp_path, monkeypatch, limit):
    monkeypatch.setattr(uploads, limit, 0.1)
    monkeypatch.setattr(answering, "_SECONDS_SPILLING", 0.1)

    async def go() -> None:
        client = Client(make_app(Fake(), site_of(tmp_path)), "/api/v1/check")
        client.say(FORM[:3000], more=True)
        await asyncio.wait_for(client.run(), 5)
        assert client.status == 408
        assert list(tmp_path.iterdir()) == []

    asyncio.run(go())


def test_a_crowd_is_told_to_wait_and_room_is_made_again(tmp_path, monkeypatch):
    monkeypatch.setattr(reception, "MOST_REQUESTS", 2)

    async def go() -> None:
        desks = Fake(pause=60)
        app = make_app(desks, site_of(tmp_path))
        inside = [Client(app, "/api/v1/check") for _ in range(2)]
        tasks = []
        for client in inside:
            client.say(FORM)
            tasks.append(asyncio.create_task(client.run()))
        await until(lambda: len(desks.jobs) == 2)
        third = Client(app, "/api/v1/check")
        third.say(FORM)
        await third.run()
        assert third.status == 503
        assert (b"retry-after", b"5") in third.sent[0]["headers"]
        for client in inside:
            client.leave()
        await asyncio.gather(*tasks)
        desks.pause = 0
        fourth = Client(app, "/api/v1/check")
        fourth.say(FORM)
        await fourth.run()
        assert fourth.status == 200

    asyncio.run(go())


@pytest.mark.parametrize("expect", [False, True])
def test_what_is_refused_is_taken_and_dropped_before_the_answer(tmp_path, expect):
    """But not where the client waits for a word before it sends."""

    async def go() -> None:
        client = Client(
            make_app(Fake(), site_of(tmp_path)),
            "/check",
            origin="null",
            **({"expect": "100-continue"} if expect else {}),
        )
        client.say(b"x" * 1000, more=True)
        client.say(b"x" * 1000)
        await asyncio.wait_for(client.run(), 5)
        assert client.status == 403
        assert client._messages.qsize() == (2 if expect else 0)

    asyncio.run(go())


def test_requests_at_the_same_time_are_not_mixed_up(tmp_path):
    async def go() -> None:
        desks = Fake(pause=0.05)
        app = make_app(desks, site_of(tmp_path))
        clients = []
        for number in range(40):
            client = Client(app, "/api/v1/check")
            head = b'Content-Disposition: form-data; name="file"; filename="%d.md"' % number
            client.say(body_of((head, b"%d" % number)))
            clients.append(client)
        await asyncio.gather(*(client.run() for client in clients))
        assert [json.loads(client.body) for client in clients] == [[f"{number}.md"] for number in range(40)]
        assert len({job.folder for job in desks.jobs}) == 40
        for job, seen in zip(desks.jobs, desks.seen, strict=True):
            assert seen == {"0001.md": job.files[0].name.removesuffix(".md").encode()}
        assert list(tmp_path.iterdir()) == []

    asyncio.run(go())


def test_the_app_answers_what_is_no_request_for_a_page(tmp_path):
    answers = run(
        Fake(), site_of(tmp_path), request("OPTIONS", "/"), request("TRACE", "/"), upload(("a.md", b"1"), path="/")
    )
    assert [answer.status_code for answer in answers] == [405, 405, 405]

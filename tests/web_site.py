"""Desks without processes, for tests of what happens before and after them; and a client of an app."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Self

import httpx

from govlint.linter import load_linter
from govlint.web.app import make_app
from govlint.web.guards import hosts_of
from govlint.web.jobs import Answer, Download, Job, Page, Progress
from govlint.web.site import Limits, Site
from govlint.writers.language import Language

LANGUAGES = {code: Language(code, load_linter().data(f"locale/{code}.yaml")) for code in ("zh", "en")}
LIMITS = Limits(size=1 << 20, files=5, rate=0)


class Fake:
    """Answers each job at once with what it was given, and remembers what lay in the folder."""

    count = 2
    free = 1

    def __init__(self, answer: Callable[[Job], Any] | None = None, pause: float = 0) -> None:
        self.answer = answer or told
        self.pause = pause
        self.jobs: list[Job] = []
        self.seen: list[dict[str, bytes]] = []
        self.modes: list[int] = []
        self.ended = 0

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        pass

    async def work(self, job: Job) -> AsyncGenerator[Progress | Answer]:
        self.jobs.append(job)
        folder = Path(job.folder)
        self.seen.append({path.name: path.read_bytes() for path in sorted(folder.iterdir())})
        self.modes.append(folder.stat().st_mode & 0o777)
        try:
            if job.show == "page":
                for number, given in enumerate(job.files, 1):
                    yield Progress(number, given.name, "某局", "2024", {"error": number, "warning": 0, "info": 0})
            if self.pause:
                await asyncio.sleep(self.pause)
            made = self.answer(job)
            if isinstance(made, Exception):
                raise made
            yield made
        finally:
            self.ended += 1


def told(job: Job) -> Answer:
    """The names and sizes of the files, as a page or as a file to keep."""
    names = [given.name for given in job.files]
    if job.show == "page":
        return Answer((), Page(f"查了 {len(names)} 份", "".join(f"<p>{name}</p>" for name in names), ()))
    return Answer((), Download(f"结果.{job.show}", "application/json", json.dumps(names).encode()))


def site_of(private: Path, limits: Limits = LIMITS, allowed: tuple[str, ...] = (), **more: Any) -> Site:
    """A site at 127.0.0.1."""
    hosts = hosts_of("127.0.0.1", allowed, local=True)
    return Site(LANGUAGES, "zh", limits, str(private), more.pop("root", ""), *hosts, **more)


@asynccontextmanager
async def client_for(desks: Any, site: Site, client: str = "127.0.0.1") -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(make_app(desks, site), client=(client, 4321))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8642") as asking:
        yield asking


def run(desks: Any, site: Site, *requests: httpx.Request, client: str = "127.0.0.1") -> list[httpx.Response]:
    """The answers to requests, one after the other."""

    async def go() -> list[httpx.Response]:
        async with client_for(desks, site, client) as asking:
            return [await asking.send(request) for request in requests]

    return asyncio.run(go())


def request(method: str, path: str, **more: Any) -> httpx.Request:
    return httpx.Request(method, f"http://127.0.0.1:8642{path}", **more)


def upload(*files: tuple[str, bytes], path: str = "/check", accept: str = "*/*", **fields: str) -> httpx.Request:
    """A form with files, as a browser sends it."""
    given = [("file", (name, data, "application/octet-stream")) for name, data in files]
    return request("POST", path, files=given, data=fields, headers={"Accept": accept})


def body_of(*parts: tuple[bytes, bytes], boundary: bytes = b"xyz") -> bytes:
    """A multipart body of head lines and data, written out."""
    whole = b"".join(b"--%s\r\n%s\r\n\r\n%s\r\n" % (boundary, head, data) for head, data in parts)
    return whole + b"--%s--\r\n" % boundary


def raw(body: bytes | AsyncIterator[bytes], path: str = "/api/v1/check", **headers: str) -> httpx.Request:
    """A form whose body is written out."""
    fields = {name.replace("_", "-"): value for name, value in headers.items()}
    fields["Content-Type"] = "multipart/form-data; boundary=xyz"
    return request("POST", path, content=body, headers=fields)

"""Desks amid trouble: files that hang or end their workers, desks that die, many jobs, jobs that nobody waits for."""

from __future__ import annotations

import asyncio
import gc
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import aclosing
from pathlib import Path

import pytest
from desk_work import deadly, done, job_of, processes
from linked import report
from test_readers_containers import ole
from test_security_processes import gone_soon, is_alive, script

from govlint.web.desks import Busy, Desks, Lost, Order
from govlint.web.jobs import Page

pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at processes in /proc"),
    pytest.mark.long,
]
SECONDS = 2
"""So long may a file take here."""
CLEAN = report()


@pytest.fixture(scope="module")
def runner():
    with pytest.MonkeyPatch.context() as patch, asyncio.Runner() as runner:
        patch.setenv("PYTHONPATH", os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")]))
        yield runner


@pytest.fixture(scope="module")
def desks(runner):
    desks = runner.run(Desks(Order(deadly(), SECONDS), 2, SECONDS, 40).__aenter__())
    yield desks
    runner.run(desks.close())


@pytest.fixture(autouse=True)
def rested(runner, request):
    """Each test begins with all desks free."""
    if "desks" in request.fixturenames:
        runner.run(all_free(request.getfixturevalue("desks")))


async def all_free(desks):
    end = time.monotonic() + 30
    while desks.free < desks.count:
        assert time.monotonic() < end, "a desk was lost for good"
        await asyncio.sleep(0.02)


async def until(condition):
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end
        await asyncio.sleep(0.02)


def odd(number):
    """A report with an amount that no other has."""
    return report(cell={"requests.received.total": str(900 + number)})


def test_a_file_that_hangs_costs_itself_alone(runner, desks, tmp_path):
    files = {"a.txt": CLEAN, "hangs.txt": CLEAN, "b.txt": odd(1)}
    others = [job_of(tmp_path / f"other {number}", {"a.txt": odd(number)}, "json") for number in range(4)]

    async def both():
        slow = asyncio.create_task(done(desks, job_of(tmp_path / "slow", files)))
        for job in others:
            await done(desks, job)
        assert not slow.done()
        return await slow

    progress, answer = runner.run(both())
    assert [bool(each.problem) for each in progress] == [False, True, False]
    assert [(each.name, each.reason) for each in answer.unread] == [("hangs.txt", "too_long")]
    assert "2 秒" in answer.unread[0].detail and "--timeout" not in answer.made.html
    assert isinstance(answer.made, Page) and len(answer.made.reports) == 3


def test_a_file_that_ends_its_worker_costs_itself_alone(runner, desks, tmp_path):
    files = {"a.txt": CLEAN, "kills.txt": CLEAN, "b.txt": odd(1)}
    progress, answer = runner.run(done(desks, job_of(tmp_path / "job", files)))
    assert [(each.name, each.reason) for each in answer.unread] == [("kills.txt", "worker_lost")]
    assert progress[1].problem == answer.unread[0].detail
    assert progress[2].counts["error"] == 1
    _, answer = runner.run(done(desks, job_of(tmp_path / "again", {"c.txt": odd(3)}, "json")))
    assert any(each["found"] == "903" for each in json.loads(answer.made.data))


def test_a_desk_that_dies_is_replaced_and_its_job_says_so(runner, desks, tmp_path):
    before = direct(os.getpid())

    async def dying():
        items = desks.work(job_of(tmp_path / "job", {"a.txt": CLEAN, "hangs.txt": CLEAN}))
        async with aclosing(items):
            await anext(items)
            for each in before:
                os.kill(each, signal.SIGKILL)
            with pytest.raises(Lost) as lost:
                await anext(items)
        return lost.value

    assert not runner.run(dying()).timed_out
    runner.run(all_free(desks))
    after = direct(os.getpid())
    assert len(after) == 2 and not after & before
    assert runner.run(done(desks, job_of(tmp_path / "next", {"a.txt": CLEAN})))[1].unread == ()


def test_two_hundred_jobs_of_eight_clients(runner, desks, tmp_path):
    """None is lost, none mixed up with another, and this process is as large as before."""

    async def client(first):
        for number in range(first, 200, 8):
            job = job_of(tmp_path / f"{number}", {f"{number}.txt": odd(number)}, "json")
            progress, answer = await done(desks, job)
            assert [each.name for each in progress] == [f"{number}.txt"]
            found = json.loads(answer.made.data)
            assert {each["path"] for each in found} == {f"{number}.txt"}
            assert any(each["found"] == str(900 + number) for each in found)

    async def clients():
        await asyncio.gather(*map(client, range(8)))

    before = memory()
    runner.run(clients())
    assert memory() - before < 16 << 20


def memory():
    """How many bytes this process has in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def test_programs_that_hang_end_with_the_worker(runner, desks, tmp_path, monkeypatch):
    """An old Word file is converted by a program that leads a group of its own."""
    programs = tmp_path / "programs"
    programs.mkdir()
    started = programs / "started"
    script(
        programs / "soffice", f"import os, time; open({str(started)!r}, 'w').write(str(os.getpid())); time.sleep(600)"
    )
    monkeypatch.setenv("PATH", str(programs), prepend=os.pathsep)

    async def converting():
        async with Desks(Order(deadly(), 6), 1, 6, 4) as others:  # Time enough for it to begin.
            job = job_of(tmp_path / "job", {"a.doc": ole("Root Entry", "WordDocument")})
            _, answer = await done(others, job)
            assert [each.reason for each in answer.unread] == ["too_long"]
            assert gone_soon(int(started.read_text()))
            left = {each.name for each in Path(job.folder).iterdir()} - {"0"}
            assert left and all(name.startswith("govlint-") for name in left)  # They go with the folder of the job.

    runner.run(converting())


def test_no_more_wait_than_may(runner, desks, tmp_path):
    jobs = [job_of(tmp_path / f"{number}", {"a.txt": CLEAN}, "json") for number in range(50)]

    async def all_of_them():
        return await asyncio.gather(*(done(desks, job) for job in jobs), return_exceptions=True)

    ended = runner.run(all_of_them())
    assert sum(isinstance(each, Busy) for each in ended) == 50 - 2 - 40
    assert sum(isinstance(each, tuple) for each in ended) == 42


def test_a_job_that_nobody_waits_for_frees_its_desk(runner, desks, tmp_path, monkeypatch):
    monkeypatch.setattr("govlint.web.desks.GRACE", 0.2)

    async def stopped():
        for number in range(2):
            items = desks.work(job_of(tmp_path / f"{number}", {"a.txt": CLEAN, **dict.fromkeys(hanging(20), CLEAN)}))
            async with aclosing(items):
                await anext(items)
        assert desks.free == 0
        began = time.monotonic()
        await done(desks, job_of(tmp_path / "next", {"a.txt": CLEAN}))
        return time.monotonic() - began

    assert runner.run(stopped()) < 20 * SECONDS


def test_who_gives_up_waiting_takes_no_desk(runner, desks, tmp_path):
    async def giving_up():
        busy = [
            asyncio.create_task(done(desks, job_of(tmp_path / f"{number}", {"hangs.txt": CLEAN})))
            for number in range(2)
        ]
        await until(lambda: desks.free == 0)
        waiting = asyncio.create_task(done(desks, job_of(tmp_path / "waits", {"a.txt": CLEAN})))
        await asyncio.sleep(0.05)
        waiting.cancel()
        await asyncio.gather(*busy)
        await all_free(desks)

    runner.run(giving_up())


def test_a_job_that_takes_too_long_as_a_whole(runner, desks, tmp_path, monkeypatch):
    monkeypatch.setattr("govlint.web.desks.BESIDES", -SECONDS + 0.3)
    with pytest.raises(Lost) as lost:
        runner.run(done(desks, job_of(tmp_path / "job", {"hangs.txt": CLEAN})))
    assert lost.value.timed_out


def test_desks_that_tire_are_replaced_and_nobody_waits_in_vain(runner, desks, tmp_path):
    """Here every job makes its desk keep too much memory; it goes on until another one is ready, and ends then."""

    async def jobs():
        before = direct(os.getpid())
        async with Desks(Order(deadly(), 60, memory=1), 1, 60, 4) as tiring:
            first = direct(os.getpid()) - before
            for number in range(3):
                files = {f"{number}.txt": odd(number)}
                _, answer = await done(tiring, job_of(tmp_path / f"{number}", files, "json"))
                assert {each["path"] for each in json.loads(answer.made.data)} == set(files)
            await until(lambda: len(fresh := direct(os.getpid()) - before) == 1 and not fresh & first)
            await until(lambda: tiring.free)
            await done(tiring, job_of(tmp_path / "last", {"a.txt": CLEAN}))

    runner.run(jobs())


def test_a_tired_desk_that_is_still_at_work_stands_in_nobodys_way(runner, desks, tmp_path):
    async def jobs():
        before = direct(os.getpid())

        def own():
            return direct(os.getpid()) - before

        async with Desks(Order(deadly(), 4, memory=1), 1, 4, 4) as tiring:
            first = own()
            await done(tiring, job_of(tmp_path / "tires", {"a.txt": CLEAN}))
            hanging = asyncio.create_task(done(tiring, job_of(tmp_path / "hangs", {"hangs.txt": CLEAN})))
            await until(lambda: tiring.free == 1)
            second = own() - first
            await done(tiring, job_of(tmp_path / "meanwhile", {"a.txt": CLEAN}))
            await until(lambda: own() - first - second)
            await hanging
            await until(lambda: len(own()) == 1 and not own() & (first | second) and tiring.free == 1)
            await done(tiring, job_of(tmp_path / "last", {"a.txt": CLEAN}))

    runner.run(jobs())


def test_nothing_is_left_when_desks_close(runner, tmp_path, desks):
    def opened():
        return len(list(Path("/proc/self/fd").iterdir()))

    async def opening():
        before, open_before = processes(os.getpid()), opened()
        async with Desks(Order(deadly(), 60), 2, 60, 4) as others:
            at_work = [
                asyncio.create_task(done(others, job_of(tmp_path / f"{number}", {"hangs.txt": CLEAN})))
                for number in range(4)
            ]
            await until(lambda: len(processes(os.getpid()) - before) == 4)  # Two desks, each with a worker.
        ended = await asyncio.gather(*at_work, return_exceptions=True)
        assert all(isinstance(each, Lost) for each in ended)
        await until(lambda: processes(os.getpid()) <= before)
        gc.collect()
        assert opened() <= open_before

    runner.run(opening())


SERVER = """
import asyncio, os, sys, tempfile
from pathlib import Path
from desk_work import deadly, done, job_of
from govlint.web.desks import Desks, Order

async def main():
    private = Path(sys.argv[1])
    async with Desks(Order(deadly(), 60, private=str(private)), 2, 60, 4) as desks:
        jobs = [done(desks, job_of(private / name, {f"{name}.txt": b"x"})) for name in ("hangs", "hangs too")]
        print("at work", flush=True)
        await asyncio.gather(*jobs)

asyncio.run(main())
"""


def test_nothing_is_left_of_a_server_that_is_killed(tmp_path):
    private = tmp_path / "private"
    private.mkdir()
    path = {"PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")])}
    with subprocess.Popen(
        [sys.executable, "-c", SERVER, private], stdout=subprocess.PIPE, env=os.environ | path
    ) as server:
        assert server.stdout.readline() == b"at work\n"
        end = time.monotonic() + 20
        while len(started := processes(server.pid)) < 4:
            assert time.monotonic() < end
            time.sleep(0.02)
        server.kill()
    while private.exists() or any(map(is_alive, started)):
        assert time.monotonic() < end + 20
        time.sleep(0.02)


def hanging(count):
    return [f"hangs {number}.txt" for number in range(count)]


def direct(parent):
    """The desks: the processes that this one has started itself."""
    return {each for each in processes(parent) if parent_of(each) == parent}


def parent_of(number):
    try:
        return int(Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return None

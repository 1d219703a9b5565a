"""Files put to a Dask cluster: the same results in the same order as on one machine, whatever becomes of workers."""

from __future__ import annotations

import os
import pickle
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from calling import call
from cluster_work import Slowly
from judge.case import make_case
from mixed_reports import write_reports
from test_security_processes import gone_soon, read_soon

from govlint.batch.judging import Judging
from govlint.batch.pool import answers
from govlint.cluster import task
from govlint.cluster.answering import answers_of
from govlint.linter import load_linter
from govlint.model.errors import ClusterError, ReadError

distributed = pytest.importorskip("distributed")
pytestmark = pytest.mark.long
POSIX = pytest.mark.skipif(os.name != "posix", reason="needs signals")


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reports")
    write_reports(folder, 12)
    (folder / "20.txt").write_bytes(b"")
    return folder


@pytest.fixture(scope="module")
def paths(reports):
    return sorted(map(str, reports.iterdir()))


@pytest.fixture(scope="module")
def client():
    """A client of two workers in this process; what they do with files they do in processes of their own."""
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=False, dashboard_address="127.0.0.1:0"
        ) as cluster,
        distributed.Client(cluster, set_as_default=False) as client,
    ):
        yield client


@pytest.fixture(scope="module", autouse=True)
def _found_by_workers():
    """What the tests let workers do is in this folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")]))
        yield


def told(answer: object) -> object:
    return (answer.path, answer.reason) if isinstance(answer, ReadError) else list(answer)  # type: ignore[call-overload]


def test_answers_are_those_of_one_machine(client, paths):
    judging = Judging(load_linter(), None, b"")
    judging.packing  # noqa: B018 - as a run has it, it must not go with the order
    alone = [told(answer) for answer in answers(judging, paths, 1, 60)]
    assert [told(answer) for answer in answers_of(client, 3, judging, paths, 60)] == alone


def test_a_linter_judges_alike_after_a_journey(reports):
    """Rules and kinds of checks are copies there: nothing may depend on their being the same objects."""
    linter = load_linter()
    travelled = pickle.loads(pickle.dumps(linter))
    for number in range(60):
        case = make_case(number, fault=("cell_blank", "row_dropped")[number % 2])
        name = f"a{case.suffix}"
        here, there = linter.check_bytes(case.data, name), travelled.check_bytes(case.data, name)
        assert [d.finding for d in here.diagnostics] == [d.finding for d in there.diagnostics], number


@POSIX
def test_a_file_that_kills_or_hangs_is_named_and_the_others_are_done(client, tmp_path):
    work = Slowly(0, tmp_path / "log")
    done = list(answers_of(client, 2, work, ["a", "b", "kills", "c"], 0))
    assert [told(each) for each in done] == [[b"a"], [b"b"], ("kills", "worker_lost"), [b"c"]]
    work = Slowly(60, tmp_path / "log")
    (hangs,) = answers_of(client, 2, work, ["a"], 1)
    assert told(hangs) == ("a", "too_long")


def test_heavy_answers_are_fetched_piece_by_piece(client, tmp_path, monkeypatch):
    from govlint.cluster import child

    order = child.Order(Slowly(0, tmp_path / "log"), 0, "")
    monkeypatch.setattr(child, "HEAVIEST", 2)
    paths = ["aa", "b", "c", "d"]
    crew = child.Crew(order.work, 1)
    assert len(child._answered(order, paths, crew)) == 2
    crew.close()

    def little(data: bytes, token: str, expected: object, names: list[str]) -> object:
        crew = child.Crew(pickle.loads(data).work, 1)
        try:
            return child._answered(pickle.loads(data), names, crew)
        finally:
            crew.close()

    monkeypatch.setattr("govlint.cluster.answering.do", little)
    done = answers_of(client, 4, order.work, paths, 0)
    assert [told(each) for each in done] == [[b"aa"], [b"b"], [b"c"], [b"d"]]


def killed(order: bytes, token: str, expected: object, names: list[str]) -> object:
    """A task that no worker survives when a certain file is among its files."""
    if "bad" in names:
        raise EOFError("the process was lost")
    return [[name.encode()] for name in names]


def test_what_no_worker_survives_is_found_by_halving(client, tmp_path, monkeypatch):
    monkeypatch.setattr("govlint.cluster.answering.do", killed)
    names = [f"{number}" for number in range(20)]
    names[13] = "bad"
    done = [told(each) for each in answers_of(client, 7, Slowly(0, tmp_path / "log"), names, 0)]
    assert done == [("bad", "worker_lost") if name == "bad" else [name.encode()] for name in names]


def test_other_versions_are_told(client, tmp_path, monkeypatch):
    monkeypatch.setattr("govlint.cluster.answering.versions", lambda: {"govlint": "99"})
    with pytest.raises(ClusterError) as caught:
        list(answers_of(client, 2, Slowly(0, tmp_path / "log"), ["a"], 0))
    assert (caught.value.reason, caught.value.params["name"], caught.value.params["here"]) == (
        "other_version",
        "govlint",
        "99",
    )


@POSIX
def test_a_process_that_cannot_begin_is_told(client, paths, monkeypatch):
    monkeypatch.setattr("sys.executable", shutil.which("false"))
    with pytest.raises(ClusterError) as caught:
        list(answers_of(client, 2, Judging(load_linter(), None, b""), paths, 0))
    assert caught.value.reason == "worker_fails"


def test_no_process_is_left(client, tmp_path):
    list(answers_of(client, 2, Slowly(0, tmp_path / "log"), ["a"], 0))
    assert task._idle == {}


@POSIX
def test_a_worker_that_is_killed_costs_nothing(tmp_path):
    """With worker processes: one is killed while it works, and every answer is there all the same."""
    names = [f"{number:02}" for number in range(24)]
    log = tmp_path / "log"
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=50
        ) as cluster,
        distributed.Client(cluster, set_as_default=False) as client,
    ):
        victim = next(iter(client.run(os.getpid).values()))

        def kill() -> None:
            while not log.exists() or len(log.read_text().splitlines()) < 3:
                time.sleep(0.02)
            os.kill(victim, signal.SIGKILL)

        killer = threading.Thread(target=kill)
        killer.start()
        done = list(answers_of(client, 4, Slowly(0.1, log), names, 0))
        killer.join()
        assert victim not in client.run(os.getpid).values()
    assert [told(each) for each in done] == [[name.encode()] for name in names]


WORKER = """
import pickle, sys
from pathlib import Path
from cluster_work import Slowly
from govlint.cluster.child import Order
from govlint.cluster.task import _Child

child = _Child(pickle.dumps(Order(Slowly(300, Path(sys.argv[1])), 0, "")))
print(child._process.pid, flush=True)
child.answers(["a"])
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere it ends after its batch")
def test_a_process_ends_with_its_worker_amid_a_batch(tmp_path):
    log = tmp_path / "log"
    path = {"PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")])}
    with subprocess.Popen([sys.executable, "-c", WORKER, log], stdout=subprocess.PIPE, env=os.environ | path) as worker:
        assert worker.stdout is not None
        child = int(worker.stdout.readline())
        assert read_soon(log) == "a\n"
        worker.kill()
    assert gone_soon(child)


# On the command line


def test_commands_say_the_same_with_a_cluster(client, reports):
    address = client.scheduler.address
    for command in ("check --output-format json-full", "parse", "survey"):
        plain = call(*command.split(), reports, "--jobs", 1, "--no-cache")
        assert call(*command.split(), reports, "--scheduler", address) == plain, command


def test_a_scheduler_that_is_not_there_is_told(reports, monkeypatch):
    monkeypatch.setattr("govlint.cluster.connecting._PATIENCE", 1)
    ran = call("check", reports, "--scheduler", "tcp://127.0.0.1:9", "--lang", "en")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("govlint: cannot reach the scheduler tcp://127.0.0.1:9: ")
    assert len(ran.err.splitlines()) == 1


def test_an_address_that_is_none_is_told(reports):
    ran = call("check", reports, "--scheduler", "ftp://there", "--lang", "en")
    assert ran.status == 2
    assert ran.err.startswith("govlint: cannot reach the scheduler ftp://there: ")


def test_a_scheduler_without_workers_is_told(reports, monkeypatch):
    monkeypatch.setattr("govlint.cluster.connecting._PATIENCE", 1)
    with distributed.LocalCluster(
        n_workers=0, processes=False, dashboard_address="127.0.0.1:0", protocol="tcp"
    ) as cluster:
        ran = call("check", reports, "--scheduler", cluster.scheduler_address, "--lang", "en")
    assert (ran.status, "had no worker within 1 seconds" in ran.err) == (2, True)


def test_a_missing_extra_is_told(reports, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    ran = call("check", reports, "--scheduler", "local", "--lang", "en")
    assert (ran.status, ran.err) == (2, "govlint: using a cluster needs an extra: pip install 'govlint[dask]'\n")


@pytest.mark.parametrize("options", [["--batch", "99"], ["--scheduler", "tcp://a:1", "--jobs", "2"]])
def test_wrong_usage(options, reports):
    ran = call("check", reports, *options)
    assert (ran.status, ran.out) == (2, "")

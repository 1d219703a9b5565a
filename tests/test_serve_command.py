"""``govlint serve`` as a process: its address, its limits while bytes come in, and how it ends."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import click
import httpx
import pytest
from test_cli import CLEAN, FAULTY, here

from govlint.cli.serve import serve
from govlint.web.serving import listening

pytestmark = pytest.mark.long
IMPATIENT = "from govlint.web import serving; serving.SECONDS_ENDING = 1; from govlint.cli.main import main; main()"
END = b"\r\n--xyz--\r\n"


class Server:
    """A running command; ``folder`` is where it keeps what comes in."""

    def __init__(self, process: subprocess.Popen[bytes], url: str, folder: Path, log: Path) -> None:
        self.process = process
        self.url = url
        self.folder = folder
        self.log = log

    def stored(self) -> list[Path]:
        """All files that lie in its temporary folder."""
        return [Path(folder, name) for folder, _, names in os.walk(self.folder) for name in names]

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def end(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(60)


@contextmanager
def serving(folder: Path, *arguments: str, jobs: int = 1, script: str = "") -> Iterator[Server]:
    """The command at a port of its own; killed at the end if it is still there. ``script`` may run it otherwise."""
    private, log = folder / "tmp", folder / "log"
    private.mkdir()
    call = [
        sys.executable,
        *(["-c", script] if script else ["-m", "govlint"]),
        "serve",
        "--port",
        "0",
        "--no-browser",
        "--jobs",
        str(jobs),
        *arguments,
    ]
    environment = {**os.environ, "TMPDIR": str(private), "GOVLINT_LANG": "en"}
    with log.open("wb") as errors:
        process = subprocess.Popen(call, stdout=subprocess.PIPE, stderr=errors, cwd=folder, env=environment)
    try:
        assert process.stdout
        line = process.stdout.readline().decode()
        found = re.search(r"http://\S+/", line)
        assert found, line + log.read_text(encoding="utf-8")
        yield Server(process, found[0], private, log)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def until(holds: Callable[[], object], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.05)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("serve"), "--max-size", "1", "--allowed-host", "lint.example") as running:
        yield running


@contextmanager
def connected(server: Server) -> Iterator[socket.socket]:
    url = httpx.URL(server.url)
    with closing(socket.create_connection((url.host.strip("[]"), url.port), timeout=30)) as connection:
        yield connection


def begun(length: str, path: str = "/api/v1/check", data: bytes = b"") -> bytes:
    """The beginning of a form with a file, byte by byte."""
    fields = f"Host: localhost\r\nContent-Type: multipart/form-data; boundary=xyz\r\n{length}"
    head = f"POST {path} HTTP/1.1\r\n{fields}\r\n\r\n"
    part = b'--xyz\r\nContent-Disposition: form-data; name="file"; filename="a.md"\r\n\r\n' + data
    return head.encode() + (b"%x\r\n%s\r\n" % (len(part), part) if "chunked" in length else part)


def received(connection: socket.socket) -> bytes:
    data = b""
    while chunk := connection.recv(65536):
        data += chunk
        if b"\r\n\r\n" in data and b"problem+json" in data and data.rstrip().endswith(b"}"):
            break
    return data


# What it does


@pytest.mark.parametrize("path", [FAULTY, CLEAN], ids=["faulty", "clean"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_api_says_what_the_command_prints(server, path, lang):
    data = path.read_bytes()
    form = httpx.post(f"{server.url}api/v1/check?lang={lang}", files={"file": (path.name, data)})
    bare = httpx.post(f"{server.url}api/v1/check?name={path.name}", content=data, headers={"Accept-Language": lang})
    printed = here("check", path.name, "--output-format", "json", "--lang", lang, "-q", cwd=path.parent).out
    assert form.status_code == bare.status_code == 200
    assert form.text.strip() == bare.text.strip() == printed.strip()


def test_what_cannot_be_read_is_named(server):
    given = [("file", ("图.png", b"\x89PNG\r\n\x1a\n" + bytes(64))), ("file", (FAULTY.name, FAULTY.read_bytes()))]
    answer = httpx.post(f"{server.url}api/v1/check?lang=en", files=given)
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert (error["name"], error["reason"]) == ("图.png", "picture")
    assert {each["path"] for each in answer.json()["diagnostics"]} == {FAULTY.name}


def test_the_page_streams_and_stands_alone(server):
    given = {"file": (FAULTY.name, FAULTY.read_bytes())}
    lines = httpx.post(f"{server.url}check", files=given, headers={"Accept": "application/x-ndjson"}).text.splitlines()
    first, last = json.loads(lines[0]), json.loads(lines[-1])
    assert (first["event"], last["event"]) == ("progress", "done")
    assert sum(first["counts"].values()) > 0
    page = httpx.post(f"{server.url}check", files=given, headers={"Accept": "text/html"}).text
    assert last["html"].strip() in page
    assert server.stored() == []


@pytest.mark.parametrize(
    ("show", "begins"), [("review", "#"), ("html", "<!DOCTYPE html>"), ("json", "["), ("sarif", "{"), ("fixed", "")]
)
def test_files_to_keep(server, show, begins):
    answer = httpx.post(f"{server.url}check", files={"file": (FAULTY.name, FAULTY.read_bytes())}, data={"show": show})
    assert answer.status_code in (200, 422 if show == "fixed" else 200)
    assert answer.text.startswith(begins)


def test_no_comments_where_there_is_no_word_file(server):
    given = {"file": (FAULTY.name, FAULTY.read_bytes())}
    answer = httpx.post(
        f"{server.url}check", files=given, data={"show": "annotated"}, headers={"Accept": "application/json"}
    )
    assert answer.status_code == 422
    assert answer.json()["type"].endswith("/refused")


# Limits while bytes come in


@pytest.mark.parametrize("length", ["Content-Length: 9000000", "Transfer-Encoding: chunked"])
def test_too_much_is_refused_while_it_comes(server, length):
    with connected(server) as connection:
        connection.sendall(begun(length))
        block = bytes(64 << 10)
        sent = 0
        with pytest.raises(OSError) if "chunk" not in length else closing(connection):
            while sent < 9_000_000:
                connection.sendall(b"%x\r\n%s\r\n" % (len(block), block) if "chunked" in length else block)
                sent += len(block)
                if "chunk" in length and sent > 3_000_000:
                    connection.sendall(b"0\r\n\r\n")
                    break
            else:
                raise OSError("all of it was taken, and dropped")
            assert b" 413 " in received(connection).partition(b"\r\n")[0]
    assert server.stored() == []


def test_a_client_that_only_listens_at_the_end_hears_why(server):
    answer = httpx.post(f"{server.url}api/v1/check", files={"file": ("a.md", bytes(5 << 20))})
    assert answer.status_code == 413
    assert answer.json()["type"].endswith("/too-large")


def test_a_client_that_leaves_amid_its_body_leaves_nothing(server):
    with connected(server) as connection:
        connection.sendall(begun("Content-Length: 500000", data=bytes(200_000)))
        until(server.stored)
        (folder,) = {path.parent for path in server.stored()}
        assert folder.stat().st_mode & 0o777 == 0o700
        assert folder.parent.stat().st_mode & 0o777 == 0o700
    until(lambda: not server.stored() and not folder.exists())
    assert httpx.get(f"{server.url}health").status_code == 200


def test_a_client_that_leaves_amid_the_check_leaves_nothing(server):
    data = FAULTY.read_bytes()
    given = [("file", (f"{number}.md", data)) for number in range(150)]
    with httpx.stream("POST", f"{server.url}check", files=given, headers={"Accept": "application/x-ndjson"}) as answer:
        lines = answer.iter_lines()
        assert json.loads(next(lines))["event"] == "progress"
        assert server.stored()
    until(lambda: not server.stored(), 10)
    until(lambda: (health := httpx.get(f"{server.url}health").json())["free"] == health["desks"])
    after = httpx.post(f"{server.url}api/v1/check", files={"file": (FAULTY.name, data)})
    assert {each["path"] for each in after.json()} == {FAULTY.name}


def test_other_names_and_sites_are_refused(server):
    assert httpx.get(server.url, headers={"Host": "evil.example"}).status_code == 421
    assert httpx.get(server.url, headers={"Host": "lint.example"}).status_code == 200
    given = {"file": ("a.md", b"1")}
    assert httpx.post(f"{server.url}check", files=given, headers={"Origin": "http://evil.example"}).status_code == 403


def test_the_log_has_no_names(server):
    httpx.post(f"{server.url}api/v1/check?name=secret.md", content=b"secret")
    until(lambda: "POST /api/v1/check 200" in server.said())
    assert "secret" not in server.said()
    assert FAULTY.name not in server.said()
    assert "Traceback" not in server.said()


# The end


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGTERM to handle")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_lets_requests_end(tmp_path, number):
    with serving(tmp_path) as server:
        data = FAULTY.read_bytes()
        with connected(server) as connection:
            length = len(begun("X: y", data=data).partition(b"\r\n\r\n")[2]) + len(END)
            connection.sendall(begun(f"Content-Length: {length}", data=data[:100]))
            until(server.stored)
            server.process.send_signal(number)
            time.sleep(0.5)
            assert server.process.poll() is None
            connection.sendall(data[100:] + END)
            answer = b"".join(iter(lambda: connection.recv(65536), b""))
            assert answer.startswith(b"HTTP/1.1 200 ")
            assert b"GL" in answer
        assert server.process.wait(30) == 0
        assert "The server has stopped" in server.said()
        assert "Traceback" not in server.said()
        assert list(server.folder.iterdir()) == []


def test_a_request_that_never_ends_is_told_so(tmp_path, monkeypatch):
    with serving(tmp_path, script=IMPATIENT) as server:
        with connected(server) as connection:
            connection.sendall(begun("Content-Length: 5000"))
            until(server.stored)
            server.process.send_signal(signal.SIGTERM)
            answer = b"".join(iter(lambda: connection.recv(65536), b""))
        assert answer.startswith(b"HTTP/1.1 503 ")
        assert b"content-security-policy" in answer.lower()
        assert b"/api/v1/problems/stopping" in answer
        assert server.process.wait(30) == 0
        assert list(server.folder.iterdir()) == []


def test_nothing_is_left_running_or_lying_about(tmp_path):
    with serving(tmp_path, jobs=2) as server:
        children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children")
        born = children.read_text().split() if children.exists() else []
        assert server.end() == 0
        assert list(server.folder.iterdir()) == []
        until(lambda: not [child for child in born if Path(f"/proc/{child}").exists()])


def test_below_a_path_behind_a_proxy_that_is_believed(tmp_path):
    with serving(tmp_path, "--root-path", "/lint", "--forwarded-allow-ips", "127.0.0.1", "--rate", "2") as server:
        assert 'href="/lint/assets/' in httpx.get(f"{server.url}lint/").text
        codes = [
            httpx.post(
                f"{server.url}lint/api/v1/check?name=a.md", content=b"1", headers={"X-Forwarded-For": f"192.0.2.{last}"}
            ).status_code
            for last in (1, 1, 1, 2)
        ]
        assert codes == [200, 200, 429, 200]
        assert server.end() == 0
        assert "192.0.2.2 POST /api/v1/check 200" in server.said()


def test_nobody_else_is_believed(tmp_path):
    with serving(tmp_path, "--rate", "2") as server:
        codes = [
            httpx.post(
                f"{server.url}api/v1/check?name=a.md", content=b"1", headers={"X-Forwarded-For": f"192.0.2.{last}"}
            ).status_code
            for last in (1, 2, 3)
        ]
        assert codes == [200, 200, 429]
        assert "192.0.2" not in server.said()


@pytest.mark.parametrize(("host", "shown"), [("::1", "http://[::1]:"), ("localhost", "http://localhost:")])
def test_it_listens_where_it_says(tmp_path, host, shown):
    try:
        listening(host, 0).close()
    except OSError:
        pytest.skip(f"this machine has no {host}")
    with serving(tmp_path, "--host", host) as server:
        assert server.url.startswith(shown)
        assert httpx.get(f"{server.url}health").status_code == 200
        assert "Everyone" not in server.said()


def test_for_others_it_warns(tmp_path):
    with serving(tmp_path, "--host", "0.0.0.0", "-q") as server:
        port = httpx.URL(server.url).port
        assert httpx.get(f"http://127.0.0.1:{port}/health").status_code == 200
        assert httpx.get(f"http://127.0.0.1:{port}/nothing").status_code == 404
        assert server.said().count("\n") == 1
        assert "Everyone who can connect to this machine" in server.said()


# What cannot be


def test_a_port_that_is_taken_is_one_sentence():
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        port = other.getsockname()[1]
        for lang, word in (("zh", "已被占用"), ("en", "is taken")):
            ran = here("serve", "--port", port, "--no-browser", "--lang", lang)
            assert (ran.status, ran.out) == (2, "")
            assert word in ran.err
            assert str(port) in ran.err
            assert ran.err.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["--port", "70000"],
        ["--port", "x"],
        ["--host", "no such host"],
        ["--host", "203.0.113.255"],
        ["--jobs", "0"],
        ["--max-size", "0"],
        ["--max-files", "1001"],
        ["--rate", "-1"],
        ["--root-path", "govlint"],
        ["--root-path", "/a b"],
        ["--root-path", "//evil.example"],
        ["--forwarded-allow-ips", "10.0.0.0/33"],
        ["--forwarded-allow-ips", "proxy"],
        ["--select", "GL99"],
        ["--rules", "nothing"],
        ["--config", "nothing.yaml"],
        ["report.docx"],
    ],
    ids=" ".join,
)
def test_what_makes_no_sense_is_said(tmp_path, arguments):
    ran = here("serve", "--no-browser", "--port", "0", *arguments, "--lang", "en", cwd=tmp_path)
    assert (ran.status, ran.out) == (2, "")
    assert "Traceback" not in ran.err
    assert ran.err.strip()


@pytest.mark.parametrize("module", ["starlette", "uvicorn", "jinja2", "python_multipart"])
def test_without_the_extra_it_says_what_to_install(tmp_path, module):
    (tmp_path / f"{module}.py").write_text("raise ImportError\n")
    call = [
        sys.executable,
        "-c",
        "from govlint.cli.main import main; main()",
        "serve",
        "--port",
        "0",
        "--no-browser",
        "--lang",
        "en",
    ]
    done = subprocess.run(
        call, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.strip().endswith("pip install 'govlint[web]'")
    assert done.stderr.count("\n") == 1


def test_the_command_loads_nothing_of_the_extra_before_it_runs():
    needed = "{'starlette', 'uvicorn', 'jinja2', 'python_multipart'}"
    call = f"import sys, govlint.cli.serve; print({needed} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", call], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_defaults_are_safe():
    defaults = {param.name: param.default for param in serve.params if isinstance(param, click.Option)}
    assert defaults["host"] == "127.0.0.1"
    assert defaults["proxies"] == ""
    assert defaults["timeout"] == 60

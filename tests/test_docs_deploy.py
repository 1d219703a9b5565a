"""The pages and files on running ``serve`` as a service: options exist, both languages and all files say the same."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import tomllib
from pathlib import Path
from types import SimpleNamespace

import click
import pytest
from sources import SOURCES
from test_docs_commands import BLOCK, understand

from govlint.cli.serve import _MOST_WAITING, PORT, serve
from govlint.web import serving, site, uploads
from govlint.web.desks import BESIDES

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "deploy"
NGINX, UNIT, CONTAINER = (
    (FOLDER / name).read_text(encoding="utf-8") for name in ("nginx.conf", "govlint.service", "Containerfile")
)
PAGES = {name: (ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("deploy.md", "deploy.zh.md")}
NAME = "intranet.example.org"
OPTIONS = frozenset(option for param in serve.params for option in (*param.opts, *param.secondary_opts))
DEFAULTS = {param.opts[0]: param.default for param in serve.params}
SECONDS = {"s": 1, "m": 60, "h": 3600}
MEGABYTES = {"m": 1, "g": 1024}


def joined(text: str) -> str:
    """Text whose long lines are one line each, without comments."""
    return re.sub(r"^#.*\n", "", re.sub(r"\\\n\s*", "", text), flags=re.M)


def setting(name: str, text: str = UNIT) -> str:
    (value,) = re.findall(rf"^{name}=(.*)$", joined(text), re.M)
    return value


def directive(name: str) -> str:
    """What nginx is told in the place that leads to govlint."""
    (block,) = re.findall(r"location /reports/ \{\n(.*?)\n    \}", NGINX, re.S)
    (value,) = re.findall(rf"^\s*{name} (.*);$", block, re.M)
    return value


def instruction(name: str) -> str:
    (value,) = re.findall(rf"^{name} (.*)$", joined(CONTAINER), re.M)
    return value


def of_unit() -> tuple[str, ...]:
    return tuple(shlex.split(setting("ExecStart")))


def of_container(page: str) -> tuple[str, ...]:
    """The command in the container, as ``docker run`` on a page completes it."""
    (run,) = [line for block in BLOCK.findall(PAGES[page]) for line in joined(block).split("\n") if " run " in line]
    words = shlex.split(run)
    (build,) = re.findall(r"docker build -f docs/deploy/Containerfile -t (\S+) \.", PAGES[page])
    last = max(place for place, word in enumerate(words) if word == build)
    entry = json.loads(instruction("ENTRYPOINT"))
    return (*entry[entry.index("/opt/govlint/bin/govlint") :], *words[last + 1 :])


COMMANDS = {"unit": of_unit(), **{page: of_container(page) for page in PAGES}}


def values(command: tuple[str, ...]) -> SimpleNamespace:
    """The options of a command as ``serve`` gets them."""
    with click.Context(click.Group("govlint"), info_name="govlint") as parent:
        return SimpleNamespace(**serve.make_context("serve", list(command[2:]), parent=parent).params)


def spoken(text: str) -> str:
    """A page without its blocks of code."""
    return re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S)


def options_in(text: str) -> set[str]:
    return set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text)) & OPTIONS


def size(text: str) -> int:
    """Megabytes of what nginx and Docker write as ``80m`` and ``4g``."""
    return int(text[:-1]) * MEGABYTES[text[-1].lower()]


def seconds(text: str) -> int:
    return int(text[:-1]) * SECONDS[text[-1]]


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_commands_are_understood(command):
    assert command[0].endswith("/bin/govlint")
    understand(command[1:])
    given = values(command)
    assert given.root_path == "/reports"
    assert given.allowed_hosts == (NAME,)
    assert given.browser is False
    assert given.port == PORT


def test_both_pages_name_the_same_options_and_commands():
    english, chinese = PAGES.values()
    assert options_in(english) == options_in(chinese)
    assert options_in(english) >= {"--jobs", "--timeout", "--max-size", "--max-files", "--rate", "--quiet"}
    assert BLOCK.findall(english) == BLOCK.findall(chinese)
    every = [re.findall(r"`([^`]+)`", spoken(text)) for text in PAGES.values()]
    plain = [[re.sub(r" (SECONDS|秒数)$", "", code.replace("\n", " ")) for code in codes] for codes in every]
    assert len(plain[0]) > 50
    assert sorted(plain[0]) == sorted(plain[1])


@pytest.mark.parametrize("text", [NGINX, *map(spoken, PAGES.values())], ids=["nginx.conf", *PAGES])
def test_every_option_that_is_spoken_of_exists(text):
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text))
    assert named
    assert named - {"--tmpfs"} <= OPTIONS


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", PAGES[page]):
        assert (ROOT / "docs" / target).exists(), target
    for path in re.findall(r"\bdocs/deploy/[\w.]+", PAGES[page]):
        assert (ROOT / path).is_file(), path


@pytest.mark.parametrize(("readme", "page"), [("README.md", "deploy.md"), ("README.zh.md", "deploy.zh.md")])
def test_readme_leads_to_the_page(readme, page):
    assert f"(docs/{page})" in (ROOT / readme).read_text(encoding="utf-8")


def test_extras_that_are_installed_exist():
    known = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    for text in (CONTAINER, *PAGES.values()):
        found = re.findall(r"(?:govlint|\.|/source)\[([\w,]+)\]", text)
        assert found
        for extras in found:
            assert "web" in extras.split(",")
            assert set(extras.split(",")) <= known.keys()


def test_nginx_passes_streams_on_and_stores_nothing():
    assert directive("proxy_buffering") == directive("proxy_request_buffering") == "off"
    assert directive("proxy_http_version") == "1.1"
    assert directive("proxy_set_header Connection") == '""'


def test_nginx_and_the_unit_belong_together():
    given = values(COMMANDS["unit"])
    assert directive("proxy_pass") == f"http://127.0.0.1:{given.port}"
    assert f"location {given.root_path}/ {{" in NGINX
    assert set(re.findall(r"server_name (\S+);", NGINX)) == {NAME} == set(given.allowed_hosts)
    assert directive("proxy_set_header Host") == "$host"
    assert directive("proxy_set_header X-Forwarded-For") == "$remote_addr"
    assert given.proxies == "127.0.0.1"
    most = site.Limits(given.max_size * site.MEGABYTE, given.max_files, given.rate).whole
    assert most < size(directive("client_max_body_size")) * site.MEGABYTE
    assert seconds(directive("proxy_read_timeout")) > given.timeout + BESIDES
    assert seconds(directive("client_body_timeout")) >= uploads.SECONDS_SILENT


def test_nginx_asks_who_comes():
    rules = re.findall(r"^\s*(allow|deny) (\S+);$", NGINX, re.M)
    assert rules[-1] == ("deny", "all")
    assert all(kind == "allow" for kind, _ in rules[:-1])


def test_nginx_logs_no_names_of_files():
    (form,) = re.findall(r"log_format govlint '(.*)';", NGINX)
    assert not {"$request", "$request_uri", "$args", "$query_string", "$http_referer"} & set(re.findall(r"\$\w+", form))
    assert {kind for _, kind in re.findall(r"access_log (/\S+) ?(\w*);", NGINX)} == {"govlint"}
    assert re.findall(r"error_log /\S+ (\w+);", NGINX) == ["crit"]


@pytest.mark.skipif(not shutil.which("nginx") or not shutil.which("openssl"), reason="needs nginx and openssl")
def test_nginx_understands_the_file(tmp_path):
    key, certificate = tmp_path / "key", tmp_path / "certificate"
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", f"/CN={NAME}"]
    subprocess.run([*make, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    text = NGINX.replace(f"/etc/nginx/tls/{NAME}.crt", str(certificate)).replace(f"/etc/nginx/tls/{NAME}.key", str(key))
    text = text.replace("/var/log/nginx/", f"{tmp_path}/")
    text = re.sub(r"listen (80|443)", r"listen 127.0.0.1:18\1", text)
    assert "/etc/nginx/tls" not in text
    assert "listen 80" not in text
    folders = "".join(f"{kind}_temp_path {kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    around = f"pid {tmp_path}/pid; error_log {tmp_path}/error; events {{}} http {{ {folders}\n{text} }}"
    (tmp_path / "nginx.conf").write_text(around, encoding="utf-8")
    test = ["nginx", "-t", "-p", f"{tmp_path}/", "-c", tmp_path / "nginx.conf"]
    done = subprocess.run(test, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "[warn]" not in done.stderr.replace('the "user" directive', "")


def test_the_unit_is_hardened():
    for name in ("DynamicUser", "PrivateTmp", "NoNewPrivileges", "ProtectHome", "PrivateDevices"):
        assert setting(name) == "yes"
    assert setting("ProtectSystem") == "strict"
    assert (setting("IPAddressDeny"), setting("IPAddressAllow")) == ("any", "localhost")
    assert "AF_UNIX" in setting("RestrictAddressFamilies").split()  # Its processes speak over sockets of this kind.
    assert setting("SystemCallFilter") == "@system-service"
    assert (setting("CapabilityBoundingSet"), setting("LimitCORE"), setting("MemorySwapMax")) == ("", "0", "0")


def test_the_unit_lets_requests_end_and_outlives_one_process():
    assert int(setting("TimeoutStopSec")) > serving.SECONDS_ENDING
    assert setting("KillMode") == "mixed"  # A signal to all would end what reads a file.
    assert setting("OOMPolicy") == "continue"
    assert size(setting("LimitAS")) < size(setting("MemoryMax"))
    assert setting("Environment") == f"GOVLINT_CACHE_DIR=/var/cache/{setting('CacheDirectory')}"
    assert setting("WorkingDirectory") == f"/etc/{setting('ConfigurationDirectory')}"


def test_the_unit_writes_defaults_out():
    given = values(COMMANDS["unit"])
    for name in ("timeout", "max_size", "max_files", "rate"):
        assert getattr(given, name) == DEFAULTS["--" + name.replace("_", "-")]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze")
def test_systemd_understands_the_unit(tmp_path):
    path = tmp_path / "govlint.service"
    path.write_text(UNIT.replace(of_unit()[0], shutil.which("true") or ""), encoding="utf-8")
    done = subprocess.run(["systemd-analyze", "verify", path], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_container_runs_without_rights():
    assert re.findall(r"^FROM (\S+)", CONTAINER, re.M) == ["python:3.13-slim"] * 2
    copied = [word for line in re.findall(r"^COPY ([^-].*) /source", CONTAINER, re.M) for word in line.split()]
    assert sorted(copied) == sorted(SOURCES)
    user, group = map(int, instruction("USER").split(":"))
    assert user
    assert group
    assert int(instruction("EXPOSE")) == PORT
    assert CONTAINER.index("USER") < CONTAINER.index("ENTRYPOINT")
    entry = json.loads(instruction("ENTRYPOINT"))
    assert entry[:2] == ["prlimit", f"--as={size(setting('LimitAS')) << 20}"]
    assert values(tuple(entry[2:])).host == "0.0.0.0"
    for text in PAGES.values():
        for option in ("--read-only", "--cap-drop ALL", "--security-opt no-new-privileges", "--init"):
            assert f" {option} " in joined(text), option
        (memory, swap) = re.findall(r"--memory(?:-swap)? (\S+)", text)
        assert memory == swap
        assert size(memory) == size(setting("MemoryMax"))
        (publish,) = re.findall(r" -p (\S+) ", joined(text))
        assert publish == f"127.0.0.1:{PORT}:{PORT}"
        (wait,) = re.findall(r"docker stop -t (\d+)", text)
        assert int(wait) > serving.SECONDS_ENDING


def test_the_container_asks_for_health_where_it_serves():
    check = json.loads(instruction("HEALTHCHECK").partition(" CMD ")[2])
    compile(check[2], "HEALTHCHECK", "exec")
    assert f"C('127.0.0.1', {PORT}, " in check[2]
    assert "'/health'" in check[2]


def test_numbers_in_words_are_those_of_the_code():
    numbers = (uploads.SECONDS_SILENT, uploads.SECONDS_SENDING // 60, serving.SECONDS_ENDING, _MOST_WAITING, BESIDES)
    english = ("pause for {} seconds", "take {} minutes", "{} seconds to end", "{} more requests", "{} seconds more")
    chinese = ("停顿 {} 秒", "最多 {} 分钟", "有 {} 秒可以做完", "另有 {} 个请求", "再加 {} 秒")
    for text, sentences in zip(PAGES.values(), (english, chinese), strict=True):
        for sentence, number in zip(sentences, numbers, strict=True):
            assert sentence.format(number) in text

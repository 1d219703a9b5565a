"""``govlint serve``: a page to drop reports on, and the same for programs."""

from __future__ import annotations

import errno
import os
import re
import socket
import sys
import webbrowser
from collections.abc import Sequence
from ipaddress import ip_network
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

import click

from govlint.cli.batching import cores
from govlint.cli.choosing import choice_options, warn_of_idle_rules
from govlint.cli.commands import Command
from govlint.cli.output import emit, language_option, make_language, rules_option, say
from govlint.cli.settings import Setup, config_options, set_up
from govlint.cli.waiving import open_book, read_files, waiver_file, waiver_options
from govlint.cli.wording import LANGUAGES
from govlint.configured import configured
from govlint.linter import Linter
from govlint.model.errors import ReadError
from govlint.readers.extras import load_extra
from govlint.writers.language import Language

PORT = 8642
_MOST_DESKS = 64
_LARGEST_SIZE = 4096
"""MB."""
_MOST_FILES = 1000
_MOST_RATE = 1_000_000
_DAY = 24 * 60 * 60
_MOST_WAITING = 64
"""Requests that wait for a desk; more are told to come again."""
_PATH = re.compile(r"(/[A-Za-z0-9._~-]+)+/?")
_ANYBODY = "*"
_NEEDED = ("starlette", "uvicorn", "jinja2", "python_multipart")


@click.command(cls=Command)
@click.option("--host", default="127.0.0.1", show_default=True, metavar="NAME")
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, metavar="N")
@click.option("--browser/--no-browser", default=None)
@click.option("--jobs", type=click.IntRange(1, _MOST_DESKS), metavar="N")
@click.option("--timeout", type=click.IntRange(0, _DAY), default=60, show_default=True, metavar="SECONDS")
@click.option("--max-size", type=click.IntRange(1, _LARGEST_SIZE), default=64, show_default=True, metavar="MB")
@click.option("--max-files", type=click.IntRange(1, _MOST_FILES), default=200, show_default=True, metavar="N")
@click.option("--rate", type=click.IntRange(0, _MOST_RATE), default=600, show_default=True, metavar="N")
@click.option("--allowed-host", "allowed_hosts", multiple=True, metavar="NAME")
@click.option("--root-path", default="", metavar="PATH")
@click.option("--forwarded-allow-ips", "proxies", default="", metavar="IP")
@choice_options
@rules_option
@config_options
@waiver_options
@click.option("-q", "--quiet", is_flag=True)
@language_option
def serve(
    host: str,
    port: int,
    browser: bool | None,
    jobs: int | None,
    timeout: int,
    max_size: int,
    max_files: int,
    rate: int,
    allowed_hosts: tuple[str, ...],
    root_path: str,
    proxies: str,
    packs: tuple[Path, ...],
    baselines: tuple[str, ...],
    quiet: bool,
    **_settings: object,
) -> int:
    """Serve the page until the command is stopped; exit status 0 then."""
    setup = set_up((), packs)
    language = setup.language
    _need_extra(language)
    root = _root_path(root_path, language)
    trusted = _proxies(proxies, language)
    linter = _linter(setup, baselines)
    from govlint.web.desks import Desks, Order
    from govlint.web.guards import hosts_of
    from govlint.web.serving import address_of, is_local, run, write_log
    from govlint.web.site import MEGABYTE, Limits, Site

    write_log(requests=not quiet)
    with _listening(host, port, language) as sock, _private_folder() as private:
        local = is_local(sock)
        site = Site(
            {code: make_language(setup.linter, code) for code in LANGUAGES},
            language.code,
            Limits(max_size * MEGABYTE, max_files, rate),
            private,
            root,
            *hosts_of(host, allowed_hosts, local=local),
        )
        order = Order(linter, timeout, str(Path.cwd()), private, link=setup.config.link.value == "auto")
        desks = Desks(order, jobs or cores(), timeout, _MOST_WAITING)
        address = address_of(sock, host)

        def ready() -> None:
            emit(language.say("serving", "address", {"address": address}) + "\n", None, language)
            if not local:
                say(language.say("serving", "reachable"))
            if browser or (browser is None and local and _on_a_desktop()):
                _open(address)

        try:
            run(desks, site, sock, trusted, ready)
        except ChildProcessError:
            raise click.ClickException(language.say("serving", "no_desk")) from None
    say(language.say("serving", "ended"))
    return 0


def _need_extra(language: Language) -> None:
    """Raises click.UsageError when what the page needs is not installed."""
    try:
        for module in _NEEDED:
            load_extra(module, "web")
    except ReadError as error:
        raise click.UsageError(language.say("serving", "missing_extra", error.params)) from None


def _root_path(path: str, language: Language) -> str:
    """The path without its last stroke. Raises click.UsageError for what is no path."""
    if path.strip("/") and not _PATH.fullmatch(path):
        raise click.UsageError(language.say("serving", "no_path", {"path": path}))
    return path.rstrip("/")


def _proxies(text: str, language: Language) -> str:
    """The addresses and networks, joined by commas. Raises click.UsageError for what is none."""
    found = [each.strip() for each in text.split(",") if each.strip()]
    for each in found:
        try:
            if each != _ANYBODY:
                ip_network(each)
        except ValueError:
            raise click.UsageError(language.say("serving", "no_proxy", {"address": each})) from None
    return ",".join(found)


def _linter(setup: Setup, baselines: Sequence[str]) -> Linter:
    """The linter that ``check`` would use in this folder."""
    files = read_files(setup, waiver_file(setup, ()), baselines)
    linter = configured(setup.linter, setup.config, open_book(setup, files))
    warn_of_idle_rules(linter.rules, setup.language)
    return linter


def _listening(host: str, port: int, language: Language) -> socket.socket:
    """The socket. Raises click.UsageError when there can be none."""
    from govlint.web.serving import listening

    try:
        return listening(host, port)
    except (OSError, UnicodeError, OverflowError) as error:
        params = {"host": host, "port": port, "error": getattr(error, "strerror", None) or str(error)}
        known = {errno.EADDRINUSE: "port_taken", errno.EACCES: "port_forbidden"}
        key = known.get(getattr(error, "errno", None) or 0, "unbound")
        raise click.UsageError(language.say("serving", key, params)) from None


def _private_folder() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="govlint-serve-", ignore_cleanup_errors=True)


def _on_a_desktop() -> bool:
    """Whether somebody sits before this who has a browser with windows."""
    shown = os.name == "nt" or sys.platform == "darwin" or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))
    return bool(shown and sys.stdin and sys.stdin.isatty() and sys.stderr and sys.stderr.isatty())


def _open(address: str) -> None:
    """Open the page, without waiting: some browsers come back only when they are closed."""
    Thread(target=webbrowser.open, args=(address,), daemon=True).start()

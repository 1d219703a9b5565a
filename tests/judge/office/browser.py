"""Chromium's print as producer: one start, every page printed over the debugging pipe."""

from __future__ import annotations

import base64
import itertools
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

from .planned import Planned, rendered

_LAYOUTS = ("portal", "nested", "unclosed", "minified", "split")
_SCRIPT = re.compile("<script.*?</script>", re.S)
_FONT = "body{font-family:'Noto Serif CJK SC',serif;font-size:%dpx}"
_BORDERS = (
    "table[border]{border-collapse:collapse} td,th{border:1px solid #000;padding:2px 4px}",
    "table{border-collapse:collapse;width:100%} table[border] td,table[border] th{border:1px solid #333;padding:4px}",
    "table[border]{border-spacing:0;border:1px solid #000} table[border] td,table[border] th{border:1px solid #000}",
    "",
)
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-quic", "--disable-component-update", "--disable-sync", "--disable-extensions", "--remote-debugging-pipe",
)  # fmt: skip


def found() -> str | None:
    """The program, if it is installed."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def page(planned: Planned) -> bytes:
    """The report as a page whose tables have lines; its scripts, which would write into it, are left out."""
    rng = planned.rng("browser")
    text = _SCRIPT.sub("", rendered(planned, rng.choice(_LAYOUTS)))
    css = _FONT % rng.choice((12, 14, 16)) + rng.choice(_BORDERS)
    return text.replace("</head>", f"<style>{css}</style></head>", 1).encode()


def print_settings(rng: Random) -> dict[str, object]:
    """Paper and header of one print."""
    return {
        "landscape": rng.random() < 0.25,
        "displayHeaderFooter": rng.random() < 0.4,
        "paperWidth": 8.27,
        "paperHeight": 11.69,
        "scale": rng.choice((0.8, 1.0)),
        "printBackground": rng.random() < 0.5,
    }


def print_all(pages: Mapping[str, tuple[bytes, dict[str, object]]], folder: Path) -> dict[str, bytes]:
    """Pages with their settings, by name, as PDF."""
    folder.mkdir(parents=True)
    with running(folder) as call:
        target = call("Target.createTarget", {"url": "about:blank"})["targetId"]
        session = call("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"]
        call("Page.enable", {}, session)
        made = {}
        for name, (data, settings) in pages.items():
            path = folder / f"{name}.html"
            path.write_bytes(data)
            call("Page.navigate", {"url": path.as_uri()}, session, until="Page.loadEventFired")
            made[name] = base64.b64decode(call("Page.printToPDF", settings, session)["data"])
        return made


@contextmanager
def running(folder: Path) -> Iterator[Any]:
    """A running browser, as a function that calls its methods."""
    reads, theirs_out = os.pipe()
    theirs_in, writes = os.pipe()
    script = f'exec "$0" "$@" 3<&{theirs_in} 4>&{theirs_out}'
    command = ["bash", "-c", script, found() or "chromium", *_FLAGS, f"--user-data-dir={folder / 'profile'}"]
    process = subprocess.Popen(
        command, pass_fds=(theirs_in, theirs_out), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    os.close(theirs_in)
    os.close(theirs_out)
    numbers = itertools.count(1)
    with os.fdopen(reads, "rb") as answers, os.fdopen(writes, "wb", buffering=0) as calls:
        messages = _messages(answers)

        def call(method: str, params: dict[str, object], session: str = "", until: str = "") -> Any:
            number = next(numbers)
            message = {"id": number, "method": method, "params": params, **({"sessionId": session} if session else {})}
            calls.write(json.dumps(message).encode() + b"\0")
            answer, waiting = None, bool(until)
            for heard in messages:
                if heard.get("id") == number:
                    if "error" in heard:
                        raise RuntimeError(f"{method}: {heard['error']}")
                    answer = heard["result"]
                waiting = waiting and heard.get("method") != until
                if answer is not None and not waiting:
                    return answer
            raise RuntimeError(f"chromium 中断：{method}")

        try:
            yield call
        finally:
            process.terminate()
            process.wait(30)


def _messages(stream: Any) -> Iterator[dict[str, Any]]:
    rest = b""
    while data := os.read(stream.fileno(), 1 << 20):
        *whole, rest = (rest + data).split(b"\0")
        yield from map(json.loads, whole)

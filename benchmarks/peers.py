"""Other linters as installed from their registries, each on the same report in the form that it reads."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from ruamel.yaml import YAML

from benchmarks.bench import ROOT, Bench, Part, Task, Unavailable
from benchmarks.plain import HERE, environment, govlint_of, plain_python, run
from benchmarks.starting import started

REPORT = ROOT / "fixtures" / "clean" / "2021-markdown-crlf.md"
_RULESET = """\
rules:
  title: {given: $, then: {field: title, function: truthy}}
  cells: {given: "$..cells[*]", severity: warn, then: {field: label, function: truthy}}
"""


class Peer(NamedTuple):
    """A linter: the registry, what is installed, the program, and its arguments from a folder of inputs."""

    name: str
    registry: str
    packages: tuple[str, ...]
    program: str
    arguments: Callable[[Path], list[object]]

    @property
    def row(self) -> str:
        """What its row is called."""
        return f"{self.name} ({self.registry})"


PEERS = (
    Peer("yamllint", "PyPI", ("yamllint",), "yamllint", lambda inputs: ["-d", "relaxed", inputs / "report.yaml"]),
    Peer("rumdl", "PyPI", ("rumdl",), "rumdl", lambda inputs: ["check", "--no-cache", inputs / "report.md"]),
    Peer("AutoCorrect", "npm", ("autocorrect-node",), "autocorrect", lambda inputs: ["--lint", inputs / "report.md"]),
    Peer("zhlint", "npm", ("zhlint",), "zhlint", lambda inputs: [inputs.relative_to(inputs.parent) / "report.md"]),
    Peer(
        "textlint, one rule",
        "npm",
        ("textlint", "textlint-rule-max-kanji-continuous-len"),
        "textlint",
        lambda inputs: ["--rule", "max-kanji-continuous-len", inputs / "report.md"],
    ),
    Peer(
        "Spectral, two rules",
        "npm",
        ("@stoplight/spectral-cli",),
        "spectral",
        lambda inputs: ["lint", "--ruleset", inputs / "rules.yaml", inputs / "report.json"],
    ),
)


def tasks(bench: Bench) -> list[Task]:
    """A row for each."""
    return [Task(peer.row, partial(_measure, bench, peer)) for peer in PEERS]


PART = Part("peers", ("what", "version", "CPU", "wall", "CPU to `python -c pass`"), tasks)


def peer_python(bench: Bench, package: str) -> Path:
    """The Python of an environment with a package. Raises Unavailable unless other linters may be installed."""
    if not bench.peers:
        raise Unavailable("needs `--peers`")
    return environment(bench.folder / "peers" / package, [package])


def version_of(python: Path, package: str) -> str:
    """The version of a package in an environment."""
    return run([python, "-c", f"from importlib.metadata import version; print(version({package!r}))"]).strip()


def _measure(bench: Bench, peer: Peer) -> tuple[str, ...]:
    program, version = _from_pypi(bench, peer) if peer.registry == "PyPI" else _from_npm(bench, peer)
    inputs = _inputs(bench.folder / "inputs")
    return (version, *started(bench, [program, *peer.arguments(inputs)], plain_python(bench)))


def _from_pypi(bench: Bench, peer: Peer) -> tuple[Path, str]:
    python = peer_python(bench, peer.packages[0])
    return python.parent / peer.program, version_of(python, peer.packages[0])


def _from_npm(bench: Bench, peer: Peer) -> tuple[Path, str]:
    if not bench.peers:
        raise Unavailable("needs `--peers`")
    npm = shutil.which("npm")
    if not npm:
        raise Unavailable("npm is not installed")
    folder = bench.folder / "peers" / peer.program
    ready = folder / "ready"
    if not ready.exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        (folder / "package.json").write_text("{}")
        run([npm, "install", "--silent", "--no-audit", "--no-fund", *peer.packages], folder)
        ready.touch()
    modules = folder / "node_modules"
    about = json.loads((modules / peer.packages[0] / "package.json").read_text(encoding="utf-8"))
    return modules / ".bin" / peer.program, str(about["version"])


def _inputs(folder: Path) -> Path:
    """The folder with the report as Markdown, and as data in JSON and YAML."""
    if not folder.exists():
        new = folder.with_suffix(".new")
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(parents=True)
        shutil.copy(REPORT, new / "report.md")
        parsed = run([govlint_of(HERE), "parse", "--isolated", "--output-format", "json", REPORT])
        (new / "report.json").write_text(parsed, encoding="utf-8")
        with (new / "report.yaml").open("wb") as file:
            YAML(typ="safe").dump(json.loads(parsed), file)
        (new / "rules.yaml").write_text(_RULESET, encoding="utf-8")
        new.rename(folder)
    return folder

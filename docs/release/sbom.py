"""The list of what is installed with govlint, for a release: CycloneDX 1.6 as JSON, the same for the same environment.

Run it in an environment that has govlint and the extras to be listed, with ``packaging``:

    python docs/release/sbom.py --extra pdf --extra doc -o sbom.json

Versions, licences and dependencies are those of the installed distributions. A hash is given where one is known: of the
archive that pip installed a distribution from, or of its file in the folder
of ``--wheels``, which ``pip download`` fills.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import (
    InvalidSdistFilename,
    InvalidWheelFilename,
    canonicalize_name,
    parse_sdist_filename,
    parse_wheel_filename,
)

ROOT = "govlint"
SPECIFICATION = "1.6"
Hashes = Mapping[tuple[str, str], str]
"""Name and version → SHA-256 of the file of a distribution."""


class Listing:
    """The distributions that one needs, itself first, and which needs which."""

    def __init__(self, name: str, extras: Iterable[str]) -> None:
        """Raises PackageNotFoundError for what is needed and not installed, ValueError for an unknown extra."""
        self.found: dict[str, Distribution] = {}
        self.needs: dict[str, set[str]] = {}
        self.root = canonicalize_name(name)
        self._seen: set[tuple[str, str]] = set()
        known = distribution(name).metadata.get_all("Provides-Extra") or []
        unknown = sorted(set(extras) - set(known))
        if unknown:
            raise ValueError(f"{name} has no extra {', '.join(unknown)}")
        self._add(name, ("", *extras))

    def _add(self, name: str, extras: Iterable[str]) -> None:
        key = canonicalize_name(name)
        found = self.found.setdefault(key, distribution(name))
        needs = self.needs.setdefault(key, set())
        for extra in extras:
            if (key, extra) in self._seen:
                continue
            self._seen.add((key, extra))
            for text in found.requires or []:
                requirement = Requirement(text)
                if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
                    if canonicalize_name(requirement.name) != key:
                        needs.add(canonicalize_name(requirement.name))
                    self._add(requirement.name, ("", *sorted(requirement.extras)))


def bill(name: str, extras: Sequence[str], hashes: Hashes) -> dict[str, Any]:
    """The whole list. Raises like ``Listing``."""
    listing = Listing(name, extras)
    refs = {key: _reference(key, found) for key, found in listing.found.items()}
    entries = {key: _component(key, found, hashes) for key, found in sorted(listing.found.items())}
    return {
        "$schema": f"http://cyclonedx.org/schema/bom-{SPECIFICATION}.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": SPECIFICATION,
        "version": 1,
        "metadata": {"component": {**entries.pop(listing.root), "type": "application"}},
        "components": list(entries.values()),
        "dependencies": [
            {"ref": refs[key], "dependsOn": sorted(refs[need] for need in listing.needs[key])} for key in sorted(refs)
        ],
    }


def _reference(key: str, found: Distribution) -> str:
    return f"pkg:pypi/{key}@{found.version}"


def _component(key: str, found: Distribution, hashes: Hashes) -> dict[str, Any]:
    component: dict[str, Any] = {
        "type": "library",
        "bom-ref": _reference(key, found),
        "name": found.metadata["Name"],
        "version": found.version,
        "purl": _reference(key, found),
    }
    licence = _licence(found)
    if licence:
        component["licenses"] = [licence]
    digest = hashes.get((key, found.version)) or _installed_from(found)
    if digest:
        component["hashes"] = [{"alg": "SHA-256", "content": digest}]
    return component


def _licence(found: Distribution) -> dict[str, Any] | None:
    """The expression that a distribution gives, else its classifiers, else the first line of its licence."""
    expression = found.metadata.get("License-Expression")
    if expression:
        return {"expression": expression}
    named = [
        line.rpartition(" :: ")[2]
        for line in found.metadata.get_all("Classifier") or []
        if line.startswith("License :: ") and line != "License :: OSI Approved"
    ]
    words = (found.metadata.get("License") or "").strip().splitlines()
    name = " / ".join(sorted(named)) or (words[0].strip() if words else "")
    return {"license": {"name": name}} if name else None


def _installed_from(found: Distribution) -> str | None:
    """The hash that pip has written down of an archive that was named by its address."""
    told = found.read_text("direct_url.json")
    archive = json.loads(told).get("archive_info", {}) if told else {}
    digest = archive.get("hashes", {}).get("sha256")
    return digest if isinstance(digest, str) else None


def hashes_of(folder: Path) -> dict[tuple[str, str], str]:
    """The hashes of the wheels and source archives in a folder."""
    found: dict[tuple[str, str], str] = {}
    for path in sorted(folder.iterdir()):
        try:
            is_wheel = path.suffix == ".whl"
            name, version = parse_wheel_filename(path.name)[:2] if is_wheel else parse_sdist_filename(path.name)
        except (InvalidWheelFilename, InvalidSdistFilename):
            continue
        found.setdefault((name, str(version)), sha256(path.read_bytes()).hexdigest())
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the list. Exit status 2 when something that is needed is not installed."""
    parser = argparse.ArgumentParser(description="CycloneDX JSON of what is installed with govlint.")
    parser.add_argument("--extra", action="append", default=[], help="an extra to be listed too")
    parser.add_argument("--wheels", type=Path, help="a folder with the files of the distributions, for hashes")
    parser.add_argument("-o", "--output-file", type=Path, help="unless given, standard output")
    given = parser.parse_args(arguments)
    try:
        made = bill(ROOT, given.extra, hashes_of(given.wheels) if given.wheels else {})
    except PackageNotFoundError as error:
        print(f"not installed: {error.name}", file=sys.stderr)
        return 2
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    text = json.dumps(made, ensure_ascii=False, indent=2) + "\n"
    if given.output_file:
        given.output_file.write_text(text, encoding="utf-8", newline="\n")
    else:
        sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())

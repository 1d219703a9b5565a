"""The list of what is installed with govlint: complete, the same each time, and of the form that is published."""

from __future__ import annotations

import importlib.util
import json
from hashlib import sha256
from importlib.metadata import version

import pytest
from jsonschema import Draft202012Validator
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from test_packaging import PROJECT
from test_readme import ROOT

_SPEC = importlib.util.spec_from_file_location("sbom", ROOT / "docs" / "release" / "sbom.py")
assert _SPEC and _SPEC.loader
sbom = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(sbom)

PURL = {"type": "string", "pattern": r"^pkg:pypi/[a-z0-9]([a-z0-9-]*[a-z0-9])?@[0-9A-Za-z.!+-]+$"}
LICENCE = {
    "oneOf": [
        {"required": ["expression"], "properties": {"expression": {"type": "string", "minLength": 2}}},
        {"required": ["license"], "properties": {"license": {"type": "object", "required": ["name"]}}},
    ]
}
COMPONENT = {
    "type": "object",
    "required": ["type", "bom-ref", "name", "version", "purl"],
    "additionalProperties": False,
    "properties": {
        "type": {"enum": ["application", "library"]},
        "bom-ref": PURL,
        "name": {"type": "string", "minLength": 1},
        "version": {"type": "string", "minLength": 1},
        "purl": PURL,
        "licenses": {"type": "array", "minItems": 1, "maxItems": 1, "items": LICENCE},
        "hashes": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["alg", "content"],
                "additionalProperties": False,
                "properties": {
                    "alg": {"const": "SHA-256"},
                    "content": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
                },
            },
        },
    },
}
SCHEMA = {
    "type": "object",
    "required": ["$schema", "bomFormat", "specVersion", "version", "metadata", "components", "dependencies"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string"},
        "bomFormat": {"const": "CycloneDX"},
        "specVersion": {"const": "1.6"},
        "version": {"const": 1},
        "metadata": {
            "type": "object",
            "required": ["component"],
            "additionalProperties": False,
            "properties": {"component": COMPONENT},
        },
        "components": {"type": "array", "minItems": 6, "uniqueItems": True, "items": COMPONENT},
        "dependencies": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["ref", "dependsOn"],
                "additionalProperties": False,
                "properties": {"ref": PURL, "dependsOn": {"type": "array", "uniqueItems": True, "items": PURL}},
            },
        },
    },
}
"""The part of CycloneDX 1.6 that is used."""


@pytest.fixture(scope="module")
def bill(tmp_path_factory):
    path = tmp_path_factory.mktemp("sbom") / "sbom.json"
    assert sbom.main(["--extra", "pdf", "-o", str(path)]) == 0
    return json.loads(path.read_bytes())


def test_it_fits_its_schema(bill):
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(bill)] == []


def test_all_that_is_needed_is_there(bill):
    names = {canonicalize_name(component["name"]) for component in bill["components"]}
    asked = [*PROJECT["project"]["dependencies"], *PROJECT["project"]["optional-dependencies"]["pdf"]]
    assert {canonicalize_name(Requirement(text).name) for text in asked} <= names
    assert {"markdown-it-py", "pygments", "attrs"} <= names, "what those need, too"
    assert not names & {"pytest", "ruff", "govlint"}, "nothing that is not needed"
    assert bill["metadata"]["component"]["version"] == version("govlint")
    assert bill["metadata"]["component"]["type"] == "application"


def test_references_are_those_of_components(bill):
    every = [bill["metadata"]["component"], *bill["components"]]
    refs = [component["bom-ref"] for component in every]
    assert set(refs) == {entry["ref"] for entry in bill["dependencies"]}
    assert len(refs) == len(bill["dependencies"])
    assert {need for entry in bill["dependencies"] for need in entry["dependsOn"]} == {*refs} - {refs[0]}
    names = [canonicalize_name(component["name"]) for component in every[1:]]
    assert sorted(names) == names


def test_licences_are_named(bill):
    unnamed = [component["name"] for component in bill["components"] if "licenses" not in component]
    assert len(unnamed) <= len(bill["components"]) // 4, unnamed


def test_the_same_each_time_and_nothing_of_this_computer(bill, capsys):
    assert sbom.main(["--extra", "pdf"]) == 0
    printed = capsys.readouterr().out
    assert json.loads(printed) == bill
    assert str(ROOT) not in printed
    assert "timestamp" not in printed


def test_hashes_of_files_in_a_folder(tmp_path, capsys):
    name = f"click-{version('click')}-py3-none-any.whl"
    for file in (name, "notes.txt", "nonsense.whl", "odd.tar.gz"):
        (tmp_path / file).write_bytes(b"content")
    assert sbom.main(["--wheels", str(tmp_path)]) == 0
    hashed = {
        one["name"]: one["hashes"] for one in json.loads(capsys.readouterr().out)["components"] if "hashes" in one
    }
    assert hashed["click"] == [{"alg": "SHA-256", "content": sha256(b"content").hexdigest()}]


def test_what_cannot_be_listed(capsys, monkeypatch):
    assert sbom.main(["--extra", "nonsense"]) == 2
    assert "no extra nonsense" in capsys.readouterr().err
    plain = sbom.distribution

    def without(name: str) -> object:
        if name == "click":
            raise sbom.PackageNotFoundError(name)
        return plain(name)

    monkeypatch.setattr(sbom, "distribution", without)
    assert sbom.main([]) == 2
    assert capsys.readouterr().err == "not installed: click\n"

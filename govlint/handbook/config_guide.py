"""What the keys of a configuration mean, from ``rules/config.yaml``: in its schema, and in a file to start from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from govlint.config.config import NO_CONFIG, SCALARS
from govlint.config.schema import config_schema
from govlint.handbook.described import describe
from govlint.handbook.yamltext import yaml_text
from govlint.linter import Linter
from govlint.writers.language import Language

NAME = "config.yaml"


def described_config_schema(linter: Linter) -> dict[str, Any]:
    """The schema of a configuration with the meaning of every key."""
    keys = linter.data(NAME)["keys"]
    schema: dict[str, Any] = json.loads(json.dumps(config_schema()))  # nothing shared: each place has its own words
    describe(schema, "", lambda path: _words(keys.get(path, {})))
    return schema


def config_schema_text(linter: Linter) -> str:
    """That schema as the file that is published."""
    return json.dumps(described_config_schema(linter), ensure_ascii=False, indent=2) + "\n"


def config_text(linter: Linter, language: Language) -> str:
    """A configuration that says what holds anyway, every key explained."""
    guide = linter.data(NAME)
    lines = list(_comment(language.of(_words(guide["head"]))))
    for key, entry in guide["keys"].items():
        if "." not in key:
            lines += ["\n", *_comment(language.of(_words(entry))), *_entry(key, entry, language)]
    return "".join(lines)


def hook_text(linter: Linter, language: Language, files: str) -> str:
    """A configuration of pre-commit that checks files whose names fit a pattern with the govlint that is installed."""
    hook = {
        "id": "govlint",
        "name": "govlint",
        "entry": "govlint check --link off --force-exclude",
        "args": ["--fail-on", "warning"],
        "language": "system",
        "files": files,
    }
    words = language.of(_words(linter.data(NAME)["hook"]))
    return "".join((*_comment(words), yaml_text({"repos": [{"repo": "local", "hooks": [hook]}]})))


def _entry(key: str, entry: Mapping[str, str], language: Language) -> Iterator[str]:
    """The key with its default, or an example to be made one's own."""
    example = entry.get(f"example_{language.code}") or entry.get("example")
    if example is None:
        yield yaml_text({key: getattr(NO_CONFIG, SCALARS[key]).value})
        return
    yield from (f"#{line}\n" for line in example.splitlines())


def _comment(text: str) -> Iterator[str]:
    yield from (f"# {line}\n" for line in text.splitlines())


def _words(entry: Mapping[str, str]) -> Mapping[str, str]:
    return {code: entry[code] for code in ("en", "zh") if code in entry}

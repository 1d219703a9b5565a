"""YAML files with the position of every node, so that a mistake in data is shown at its line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from io import StringIO
from types import MappingProxyType
from typing import Any, NamedTuple

from govlint.model.errors import Mistake, RuleError, Sentence

Key = tuple[str | int, ...]
"""The way to a node: mapping keys and list indices from the top."""

MAX_NODES = 100_000
"""More nodes than this, aliases counted each time, are no file that a person wrote."""
MAX_DEPTH = 64
"""So deep may nodes lie in each other. The library would end the process over a file of a hundred thousand brackets."""
NODE_LENGTH = 5
"""A long file that a program wrote may have more, but no more than one for so many characters, unless by aliases."""

_STEPS = {"SequenceStartEvent": 1, "MappingStartEvent": 1, "SequenceEndEvent": -1, "MappingEndEvent": -1}
_LONGEST_NUMBER = 1000
"""What has more digits is taken for text: Python makes no number of it."""
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9_]*)")
_FLOAT = re.compile(r"[-+]?[0-9][0-9_]*\.[0-9]+")
_WORDS = {"null": None, "~": None, "": None, "true": True, "false": False}


class YamlFile(NamedTuple):
    """The data of a file, and for every node its 1-based line and column."""

    path: str
    data: Any
    marks: Mapping[Key, tuple[int, int]] = MappingProxyType({})

    def mistake(self, key: Key, message: str) -> Mistake:
        """A mistake at a node, or at the nearest node around it that has a place."""
        while key and key not in self.marks:
            key = key[:-1]
        line, column = self.marks.get(key, (1, 1))
        return Mistake(self.path, line, column, message)


def parse_yaml(text: str, path: str) -> YamlFile:
    """Read one YAML document. Raises RuleError with its place for bad syntax, doubled keys or too many nodes."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        if sum(map(text.count, "[{:-?")) > MAX_DEPTH:
            _check_depth(YAML(typ="safe").parse(StringIO(text)), path)
        root = YAML(typ="safe").compose(StringIO(text))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise RuleError(
            [Mistake(path, line, column, Sentence("{problem}", problem=error.problem or "not YAML"))]
        ) from None
    except YAMLError as error:
        raise RuleError(
            [Mistake(path, 1, 1, Sentence("not YAML: {problem}", problem=str(error).splitlines()[0]))]
        ) from None
    except RecursionError:
        raise RuleError([Mistake(path, 1, 1, Sentence("nested too deeply"))]) from None
    builder = _Builder(path, max(MAX_NODES, len(text) // NODE_LENGTH))
    data = builder.build(root, ()) if root is not None else None
    if builder.mistakes:
        raise RuleError(builder.mistakes)
    return YamlFile(path, data, builder.marks)


def _check_depth(events: Iterable[Any], path: str) -> None:
    """Raises RuleError where nodes lie too deep in each other, before anything is built of them."""
    depth = 0
    for event in events:
        step = _STEPS.get(type(event).__name__, 0)
        depth += step
        if step > 0 and depth > MAX_DEPTH:
            mark = event.start_mark
            raise RuleError([Mistake(path, mark.line + 1, mark.column + 1, Sentence("nested too deeply"))])


class _Builder:
    """Turns composed nodes into plain data and remembers where each stood."""

    def __init__(self, path: str, most: int) -> None:
        self.path = path
        self.most = most
        self.marks: dict[Key, tuple[int, int]] = {}
        self.mistakes: list[Mistake] = []

    def build(self, node: Any, key: Key) -> Any:
        mark = (node.start_mark.line + 1, node.start_mark.column + 1)
        self.marks[key] = mark
        if len(self.marks) > self.most or len(key) > MAX_DEPTH:
            wrong = Sentence("too large or nested too deeply (aliases count each time)")
            raise RuleError([Mistake(self.path, *mark, wrong)])
        if node.id == "mapping":
            built: dict[str, Any] = {}
            for name_node, value_node in node.value:
                name = str(name_node.value)
                place = (name_node.start_mark.line + 1, name_node.start_mark.column + 1)
                if name in built:
                    wrong = Sentence("key {name!r} stands here twice", name=name)
                    self.mistakes.append(Mistake(self.path, *place, wrong))
                built[name] = self.build(value_node, (*key, name))
                self.marks[(*key, name, "@key")] = place
            return built
        if node.id == "sequence":
            return [self.build(item, (*key, index)) for index, item in enumerate(node.value)]
        return _scalar(node)


def _scalar(node: Any) -> Any:
    text: str = node.value
    if node.style in ("'", '"', "|", ">"):
        return text
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    if len(text) > _LONGEST_NUMBER:
        return text
    if _INTEGER.fullmatch(text):
        return int(text.replace("_", ""))
    if _FLOAT.fullmatch(text):
        return float(text.replace("_", ""))
    return text

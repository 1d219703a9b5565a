"""Running text in plain writing: no blanks, one width, one kind of bracket and stop, with an index map.

Unlike the folding of labels this keeps apart what separates sentences, clauses and items of a list, because a
number belongs to its clause.
"""

from __future__ import annotations

import unicodedata

_KEPT = {"，": "，", "、": "、", "；": "；", "：": "：", "？": "？", "！": "！", "。": "。", "《": "《", "》": "》"}
_TURNED = {
    "[": "〔",
    "]": "〕",
    "［": "〔",
    "］": "〕",
    "【": "〔",
    "】": "〕",
    "（": "(",
    "）": ")",
    "﹙": "(",
    "﹚": ")",
    "•": "·",
    "．": ".",
}
_DROPPED = "“”\"'‘’「」『』*#_\u200b\u200c\u200d\u2060\ufeff\u00ad"


class _Plain(dict[str, str]):
    """Character → plain writing, worked out at first sight."""

    def __missing__(self, char: str) -> str:
        if char in _KEPT:
            turned = char
        elif char in _TURNED:
            turned = _TURNED[char]
        elif char.isspace() or char in _DROPPED or unicodedata.category(char) == "Cc":
            turned = ""
        else:
            turned = unicodedata.normalize("NFKC", char)
        self[char] = turned
        return turned


_PLAIN = _Plain()


def plain(text: str) -> str:
    """The text in plain writing."""
    return "".join(map(_PLAIN.__getitem__, text))


def plain_mapped(text: str) -> tuple[str, list[int]]:
    """The text in plain writing and, for each of its characters, the index in ``text`` that it comes from."""
    parts = list(map(_PLAIN.__getitem__, text))
    turned = "".join(parts)
    if len(turned) == len(text) and "" not in parts:  # One character for each, as in most text.
        return turned, list(range(len(text)))
    return turned, [index for index, part in enumerate(parts) for _ in part]

"""How one file spells the labels of the form: brackets, quotes, points, blanks, soft breaks."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

Spell = Callable[[str], str]
_BREAKABLE = 10


def speller(rng: Random) -> Spell:
    """One way of spelling labels; the same label is always spelt alike within a file."""
    steps: list[Spell] = []
    if rng.random() < 0.3:
        steps.append(lambda text: text.replace("（", "(").replace("）", ")"))
    elif rng.random() < 0.15:
        steps.append(lambda text: text.replace("（", "(", 1).replace("）", ")", 1) if len(text) % 2 else text)
    if rng.random() < 0.25:
        steps.append(lambda text: text.replace("“", '"').replace("”", '"'))
    if rng.random() < 0.2:
        steps.append(lambda text: text.replace("：", ":").replace("，", ","))
    point = rng.choice((".", ".", ".", ". ", "．"))
    steps.append(lambda text: re.sub(r"^([1-8])\.", rf"\g<1>{point}", text))
    if rng.random() < 0.25:
        steps.append(lambda text: re.sub(r"^([（(][一二三四五六七][）)])", r"\1 ", text))
    if rng.random() < 0.3:
        steps.append(_spreader(rng.choice((" ", "\u00a0", "\u2002", "\u3000"))))
    if rng.random() < 0.4:
        steps.append(_breaker(rng.randint(2, 5)))
    memory: dict[str, str] = {}

    def spell(text: str) -> str:
        if text not in memory:
            written = text
            for step in steps:
                written = step(written)
            memory[text] = written
        return memory[text]

    return spell


def _spreader(blank: str) -> Spell:
    """Blanks between the characters of short labels: 结 果 维 持."""

    def spread(text: str) -> str:
        if text in ("总计", "其他", "规章") or text.startswith(("结果", "其他结", "尚未")):
            return blank.join(text)
        return text.replace("总计", f"总{blank}计") if text.endswith("总计") else text

    return spread


def _breaker(at: int) -> Spell:
    """Soft breaks: 商业/企业, and long labels at two thirds."""

    def broken(text: str) -> str:
        if len(text) == 4 and re.fullmatch(r"[\u4e00-\u9fff]{4}", text):
            return text[:2] + "\n" + text[2:]
        if len(text) > _BREAKABLE:
            cut = len(text) * 2 // 3 - at % 3
            return text[:cut] + "\n" + text[cut:]
        return text

    return broken

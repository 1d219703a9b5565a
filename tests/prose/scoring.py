"""What the rules say of an item: nothing when it is faithful to the tables, the right rule when one slot is not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from random import Random
from typing import NamedTuple

from govlint.linter import Linter
from govlint.model.diagnostic import Diagnostic
from govlint.model.edition import Edition

from .corpus import RULES, Filled, Item, Slot, fill
from .expressions import Number, names_in, parse, value_of
from .figures import Figures, draw
from .reports import Printed, print_report, unit_of


class Alarm(NamedTuple):
    """A diagnostic where all is right: of GL601–GL608, or of another rule and then the fault of what is printed round
    the item."""

    item: str
    rule: str
    severity: str
    words: str
    text: str


class Trial(NamedTuple):
    """One fault and whether its rule noticed it. ``place`` is the wrong slot, or the figure that is denied."""

    item: str
    rule: str
    place: str
    noticed: bool
    text: str


Outcome = Alarm | Trial


def judge(item: Item, linter: Linter, edition: Edition, rng: Random) -> Iterator[Outcome]:
    """The faithful item, then each of its faults. Raises ValueError when no figures meet its needs."""
    unit = unit_of(item, rng)
    figures = draw(unit, item.needs, rng)
    if figures is None:
        raise ValueError(f"{item.id}: no figures meet its needs")
    filled = fill(item, figures.by_name)
    seed = rng.random()

    def checked(text: Filled, numbers: Figures, judges: Linter) -> tuple[Printed, Sequence[Diagnostic]]:
        # The same seed each time: nothing but the fault differs from the faithful report.
        printed = print_report(item, unit, text, numbers, edition, Random(seed))
        return printed, judges.check_bytes(printed.data, printed.name).diagnostics

    printed, found = checked(filled, figures, linter)
    if item.wrong:
        noticed = _noticed(found, item.wrong, printed.start, printed.start + len(filled.text))
        yield Trial(item.id, item.wrong, "words", noticed, filled.text)
    for diagnostic in found:
        if diagnostic.rule.id == item.wrong:
            continue
        if diagnostic.rule.id in RULES or diagnostic.severity != "info":
            words = "; ".join(f"{key}={value}" for key, value in diagnostic.finding.params.items())
            yield Alarm(item.id, diagnostic.rule.id, diagnostic.severity, words, filled.text)
    for number, slot in enumerate(item.slots):
        rule = item.checks.get(slot.name)
        if rule is None:
            continue
        true = value_of(slot.tree, figures.by_name)
        wrong = fill(item, figures.by_name, {number: _other(true, figures, _side(item, slot, rule), rng)})
        printed, found = checked(wrong, figures, _of_numbers(linter))
        start, end = (printed.start + offset for offset in wrong.slices[number])
        yield Trial(item.id, rule, slot.name, _noticed(found, rule, start, end), wrong.text)
    for name, rule in item.denies.items():
        other = _denied(item, name, unit, rng)
        if other is None:
            raise ValueError(f"{item.id}: no figures where {name} is not 0")
        text = fill(item, other.by_name)
        printed, found = checked(text, other, _of_numbers(linter))
        noticed = _noticed(found, rule, printed.start, printed.start + len(text.text))
        yield Trial(item.id, rule, name, noticed, f"[{name} = {other.by_name[name]}] {text.text}")


@cache
def _of_numbers(linter: Linter) -> Linter:
    """With the rules alone that a fault is for."""
    return linter.with_rules(tuple(rule for rule in linter.rules if rule.id in RULES))


def _noticed(found: Iterable[Diagnostic], rules: str, start: int, end: int) -> bool:
    """Whether one of the rules points there, with its place or a related one (a part that is wrong spoils the sum)."""
    findings = [diagnostic.finding for diagnostic in found if diagnostic.rule.id in rules.split("|")]
    places = [place for finding in findings for place in (finding.location, *(r.location for r in finding.related))]
    return any(place.span.start < end and place.span.end > start for place in places)


def _denied(item: Item, name: str, unit: str, rng: Random) -> Figures | None:
    """Figures as the item needs them, but for this one; if that cannot be, none of its noughts is kept."""
    more = f"{name} > 0"
    others = [need for need in item.needs if name not in names_in(need[1])]
    fewer = [need for need in others if not need[0].endswith("== 0")]
    return draw(unit, [*others, (more, parse(more))], rng) or draw(unit, [*fewer, (more, parse(more))], rng)


def _side(item: Item, slot: Slot, rule: str) -> int:
    """Which way a number must err to be wrong for certain: 其中 need not name all parts, so sums are too small (-1) and
    parts too large (1); elsewhere either way (0)."""
    if "GL606" not in rule or "其中" not in item.words:
        return 0
    return -1 if "+" in slot.name else 1


def _other(true: Number, figures: Figures, side: int, rng: Random) -> Number:
    """A plausible wrong value that is none of the figures; smaller for side -1, larger for side 1."""
    if isinstance(true, str):
        return _other_percentage(true, rng)
    taken = {*figures.by_name.values(), true}
    digits = str(true)
    swapped = int(digits[::-1]) if len(digits) > 1 else true * 10
    near = [true + step for step in (1, 2, -1, 3, -2, 10, 5, 4, -3, 6, 7, 8, 9, 11, 12)]
    rng.shuffle(near)
    choices = [swapped, *near] if rng.random() < 0.3 else near
    fair = [n for n in choices if n > 0 and n not in taken and (n - true) * side >= 0]
    return fair[0] if fair else next(number for number in range(true + 13, true + 10000) if number not in taken)


def _other_percentage(true: str, rng: Random) -> str:
    digits = len(true.partition(".")[2])
    step = Decimal(rng.choice((3, 7, 11, -2))) + Decimal(rng.randint(1, 9)) / 10
    value = Decimal(true) + step
    if value <= 0:
        value = Decimal(true) - step + 1
    return str(value.quantize(Decimal(1).scaleb(-digits)))

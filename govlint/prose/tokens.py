"""Plain text → tokens: known words, numbers, dates, punctuation, and gaps of unknown words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from govlint.chinese import numeral
from govlint.prose.lexicon import Head, Lexicon, Word

_PUNCTUATION = {
    "，": "comma", ",": "comma", "、": "pause", "；": "semicolon", ";": "semicolon", "：": "colon", ":": "colon",
    "。": "stop", "!": "stop", "！": "stop", "?": "stop", "？": "stop", "(": "open", ")": "close", "\n": "stop",
}  # fmt: skip
_LONGEST = 1000
"""So many tokens a sentence may have to be read; its numbers are compared with each other."""
_ITEM = re.compile(r"\d{1,2}[.、)](?!\d)")


class Token(NamedTuple):
    """A piece of plain text.

    ``kind`` is the kind of a known word, ``head``, ``number``, ``percent``, ``points``, ``time`` (a year other than
    the report's), ``ordinal``, a punctuation mark by name, or ``gap``. ``value`` and ``unit`` are those of numbers;
    ``exact`` is False for “some”, “about”, “more than”. ``year`` is a year that is written out.
    """

    kind: str
    start: int
    end: int
    text: str
    heads: tuple[Head, ...] = ()
    value: Decimal | None = None
    unit: str = ""
    exact: bool = True
    year: int | None = None


def tokenize(text: str, lexicon: Lexicon, year: int | None, own: Sequence[str] = ()) -> list[Token]:
    """The tokens of a text in plain writing.

    ``year`` is the year reported on; ``own`` are further words for the agency itself, the longest first.
    """
    scan = _Scan(text, lexicon, year, [name for name in own if name in text])
    tokens: list[Token] = []
    at = gap = 0
    while at < len(text):
        token = scan.token(at)
        if token is None:
            at += 1
            continue
        if gap < at:
            tokens.append(Token("gap", gap, at, text[gap:at]))
        tokens.append(token)
        at = gap = token.end
    if gap < at:
        tokens.append(Token("gap", gap, at, text[gap:at]))
    return tokens


class _Scan:
    """One text being read; ``own`` are those names of the agency that stand in it."""

    __slots__ = ("lexicon", "own", "patterns", "text", "year")

    def __init__(self, text: str, lexicon: Lexicon, year: int | None, own: Sequence[str]) -> None:
        self.text = text
        self.lexicon = lexicon
        self.year = year
        self.own = own
        self.patterns = [entry for entry in lexicon.patterns if entry[1] in text]
        """The patterns of heads whose needed words are in the text at all."""

    def token(self, at: int) -> Token | None:
        """The token that begins here; None for an unknown word."""
        text, lexicon = self.text, self.lexicon
        char = text[at]
        if char == "(" and (bracketed := lexicon.bracketed.match(text, at)):
            return Token("number", at, bracketed.end(), bracketed[0], (), Decimal(bracketed[1]), bracketed[2])
        ordinal = lexicon.ordinal.match(text, at)
        digit = char.isdigit()
        if digit and ordinal is None and _begins(text, at):
            ordinal = _ITEM.match(text, at)
        if ordinal:
            return Token("ordinal", at, ordinal.end(), ordinal[0])
        if char in _PUNCTUATION:
            return Token(_PUNCTUATION[char], at, at + 1, char)
        if digit and char.isascii():
            dated = _date(text, at, lexicon, self.year)
            if dated:
                return dated
        number = _number(text, at, lexicon) if digit or char in lexicon.before_numbers else None
        word = self._word(at)
        if number and (word is None or number.end > word.end or number.kind != "gap"):
            return number
        return word

    def _word(self, at: int) -> Token | None:
        text = self.text
        found: Word | None = None
        for word in self.lexicon.by_first.get(text[at], ()):
            if text.startswith(word.text, at):
                found = word
                break
        name = next((name for name in self.own if text.startswith(name, at)), None) if self.own else None
        if name and (found is None or len(name) >= len(found.text)):
            return Token("self", at, at + len(name), name)
        length = len(found.text) if found else 0
        for pattern, must, head in self.patterns:
            match = pattern.match(text, at)
            if match and match.end() - at > length and must in match[0]:
                return Token("head", at, match.end(), match[0], (head,))
        return Token(found.kind, at, at + length, found.text, found.heads) if found else None


def _begins(text: str, at: int) -> bool:
    """Whether a sentence or an item of a list begins here."""
    return at == 0 or _PUNCTUATION.get(text[at - 1]) in ("stop", "semicolon", "colon")


def _date(text: str, at: int, lexicon: Lexicon, year: int | None) -> Token | None:
    """A date: of the whole year (``this``), of a part of it, or of another year."""
    dates = lexicon.dates
    if match := dates["whole_year"].match(text, at):
        return _in_year(match, "this", year, "year", "until")
    if match := dates["part_of_year"].match(text, at):
        return Token("part", at, match.end(), match[0])
    for name, kind in (("year_end", "this"), ("day", "part")):
        if match := dates[name].match(text, at):
            return _in_year(match, kind, year, "year")
    if match := dates["year"].match(text, at):
        named = int(match["year"])
        return Token("this" if named == year else "time", at, match.end(), match[0], year=named)
    return None


def _in_year(match: re.Match[str], kind: str, year: int | None, *names: str) -> Token:
    """A date of this kind, unless one of the years written in it is another one."""
    years = (int(match[name]) for name in names if match[name])
    other = next((one for one in years if year is not None and one != year), None)
    return Token(kind if other is None else "time", match.start(), match.end(), match[0], year=other)


def _number(text: str, at: int, lexicon: Lexicon) -> Token | None:
    match = lexicon.number.match(text, at)
    if match is None or (match["han"] and not (match["unit"] or match["percent"] or match["point"])):
        return None
    if match["han"] and lexicon.no_number.match(text, at):
        return None
    before = text[max(0, at - 2) : at]
    if before.endswith(lexicon.never_before) or (match["han"] and before[-1:].isdigit()):
        return Token("gap", at, match.end(), match[0])
    value = _value(match, lexicon)
    if value is None:
        return None
    kind = "percent" if match["percent"] else "points" if match["point"] else "number"
    vague = match["scale"] or (match["han"] and lexicon.some.search(match["han"]))
    exact = not vague and not any(match[name] for name in ("about", "odd", "odd2", "odd3"))
    return Token(kind, at, match.end(), match[0], (), value, match["unit"] or "", exact)


def _value(match: re.Match[str], lexicon: Lexicon) -> Decimal | None:
    if match["arabic"]:
        value = Decimal(match["arabic"].replace(",", "").replace("，", ""))
    else:
        read = numeral(match["han"])
        if read is None:
            return None
        value = Decimal(read)
    return value * lexicon.data["scales"].get(match["scale"], 1) if match["scale"] else value


def sentences(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The tokens sentence by sentence, each with its stop; those longer than any clerk's are left out."""
    sentence: list[Token] = []
    for number, token in enumerate(tokens, 1):
        sentence.append(token)
        if token.kind == "stop" or number == len(tokens):
            if len(sentence) <= _LONGEST:
                yield sentence
            sentence = []

"""Results ↔ bytes, for the way between processes and for the cache.

A result leaves out what both sides have (rules, forms) and, for files that are text themselves, what can be had again
from the file's own bytes: its text and the lines that a reader makes of it.
"""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

from govlint.batch import flat
from govlint.batch.flat import Flattening
from govlint.batch.kept import KeptDocument, KeptReport
from govlint.batch.pickling import pack, unpack
from govlint.linter import Linter
from govlint.model.claim import NO_CLAIMS
from govlint.model.diagnostic import Diagnostic, Outcome, Result, RuleOutcome, Waived
from govlint.model.document import Line, Remark
from govlint.model.errors import ReadError
from govlint.model.report import Facts, Report
from govlint.model.source import Source
from govlint.readers import READERS, lines_of

_CODECS = ("utf-8", "utf-8-sig", "gb18030")
_CODES: dict[str, Outcome] = {
    "p": "passed", "f": "failed", "w": "waived", "a": "not_assessable", "n": "not_applicable",
}  # fmt: skip
_CODE = {outcome: code for code, outcome in _CODES.items()}


class Said(NamedTuple):
    """What rules said of a report, packed: diagnostics and waived ones by the ids of their rules, outcomes in short."""

    found: list[tuple[str, Any]]
    waived: list[tuple[str, Any, Any]]
    codes: str
    reasons: dict[int, tuple[str | None, Any]]


class Packing:
    """Packs and unpacks results of a linter; both sides must have linters with the same rules and forms."""

    def __init__(self, linter: Linter) -> None:
        self._rules = {rule.id: rule for rule in (*linter.rules, *linter.in_force)}
        self._editions = linter.editions
        self._flattening = Flattening(linter.editions)
        self._plain = [
            {code: RuleOutcome(rule.id, outcome) for code, outcome in _CODES.items()} for rule in linter.in_force
        ]
        """The outcomes without a reason of each rule in force, made once."""

    def pack(self, result: Result, data: bytes) -> bytes:
        """The bytes of a result; ``data`` is the file that it came of."""
        if result.report is None or result.source is None:
            error = result.read_error
            return pack((result.path, (error.reason, dict(error.params)) if error else None))
        report, source = result.report, result.source
        codec = _codec(source.text, data) if source.kind in READERS else None
        origin = (None if codec else source.text, codec, source.kind, source.encoding, source.places)
        due = None if report.due is None else self._editions.index(report.due)
        known = (due, report.facts, report.recognised, report.document.remarks)
        later = (
            pack(self._flattening.flat_sections(report.sections)),
            pack(self._flattening.flat_tables(report.tables)),
            None if source.kind in READERS else pack(flat.flat_lines(report.document.lines)),
        )
        return pack((result.path, origin, known, later, tuple(self.said(result))))

    def unpack(self, packed: bytes, data: bytes) -> Result:
        """The result. ``data`` is the file that it came of, which must be the same.

        Raises some exception for bytes that ``pack`` did not make.
        """
        content = unpack(packed)
        if len(content) == 2:
            path, error = content
            return Result(path, read_error=ReadError(path, *error) if error else None)
        path, (text, codec, kind, encoding, places), known, later, said = content
        source = Source(path, path, data.decode(codec) if text is None else text, kind, encoding, places)
        report = self._report(source, *known, *later)
        return self.told(Result(path, source, report.document, report), Said(*said))

    def said(self, result: Result) -> Said:
        """What rules said of a result."""
        return Said(
            [(each.rule.id, each.finding) for each in result.diagnostics],
            [(each.diagnostic.rule.id, each.diagnostic.finding, each.waiver) for each in result.waived],
            "".join(_CODE[outcome.outcome] for outcome in result.outcomes),
            {n: (each.reason, each.params) for n, each in enumerate(result.outcomes) if each.reason or each.params},
        )

    def told(self, result: Result, said: Said) -> Result:
        """A result of which rules said this."""
        source = result.source
        assert source is not None
        outcomes = [plain[code] for plain, code in zip(self._plain, said.codes, strict=True)]
        for number, (reason, params) in said.reasons.items():
            outcomes[number] = outcomes[number]._replace(reason=reason, params=params)
        return Result(
            result.path,
            source,
            result.document,
            result.report,
            tuple(Diagnostic(self._rules[rule], finding, source) for rule, finding in said.found),
            tuple(outcomes),
            tuple(Waived(Diagnostic(self._rules[rule], f, source), waiver) for rule, f, waiver in said.waived),
        )

    def _report(
        self,
        source: Source,
        due: int | None,
        facts: Facts,
        recognised: bool,
        remarks: tuple[Remark, ...],
        sections: bytes,
        tables: bytes,
        lines: bytes | None,
    ) -> Report:
        again = partial(_lines_again, source) if lines is None else lambda: flat.lines(unpack(lines))
        document = KeptDocument({"source": source, "remarks": remarks}, {"lines": again})
        known = {
            "document": document,
            "due": None if due is None else self._editions[due],
            "editions": self._editions,
            "facts": facts,
            "gaps": (),
            "recognised": recognised,
            "claims": NO_CLAIMS,
        }
        return KeptReport(
            known,
            {
                "sections": lambda: self._flattening.sections(unpack(sections)),
                "tables": lambda: self._flattening.tables(unpack(tables)),
            },
        )


def _codec(text: str, data: bytes) -> str | None:
    """The codec that makes the text of the file's bytes, if one of the usual ones does."""
    for codec in _CODECS:
        try:
            if data.decode(codec) == text:
                return codec
        except UnicodeDecodeError:
            continue
    return None


def _lines_again(source: Source) -> tuple[Line, ...]:
    return tuple(lines_of(source))

"""The pipeline: read → bind → check → merge root causes → diagnostics."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govlint.binding.binder import Binder
from govlint.binding.editions import make_edition
from govlint.binding.patterns import make_patterns
from govlint.checks import KINDS
from govlint.datafiles import DataFile, bundled_folder, load_folder, read_pack
from govlint.filling import add_fillings
from govlint.hints import add_hints
from govlint.judging import judge, judge_context
from govlint.model.diagnostic import Diagnostic, Result, RuleOutcome, Run
from govlint.model.document import Document
from govlint.model.edition import Edition
from govlint.model.errors import ConfigError, Mistake, ReadError, Sentence
from govlint.model.handling import ORDINARY, Found, Handling
from govlint.model.report import Report
from govlint.model.rule import Rule
from govlint.patterns import keep_in_mind, work_out
from govlint.prose.reader import ProseReader
from govlint.readers import MAX_BYTES, read
from govlint.readers.opening import read_regular
from govlint.rootcause import merge
from govlint.rulebook.loading import make_rules
from govlint.settling import outcomes_of, settle, stale_of, waived_of
from govlint.version import __version__

if TYPE_CHECKING:
    from govlint.crosscheck.linking import Rollup

QUANTITIES = "quantities.yaml"
RULE_FOLDERS = ("national/", "optional/")


def _ordinary(path: str) -> Handling:
    return ORDINARY


class Linter:
    """Rules and forms, ready to judge any number of reports. Holds no state of a run.

    ``rules`` are those to choose from, ``in_force`` those that judge: without a choice all but the optional ones.
    ``known`` are all that there are, also those that a choice left out. ``handling`` tells by the path of a file what
    is said of it beforehand.
    """

    def __init__(
        self,
        files: Mapping[str, DataFile],
        rules: tuple[Rule, ...] | None = None,
        in_force: tuple[Rule, ...] | None = None,
        handling: Callable[[str], Handling] = _ordinary,
        known: tuple[Rule, ...] | None = None,
    ) -> None:
        self.files = files
        self.rules = rules if rules is not None else make_rules(_rule_files(files), KINDS)
        self.in_force = in_force if in_force is not None else select(self.rules, (), ())
        self.handling = handling
        self.known = known if known is not None else self.rules

    @cached_property
    def ordinary(self) -> tuple[Rule, ...]:
        """The rules in force with those that are so unless a choice leaves them out: what fixes must not break."""
        chosen = {rule.id for rule in self.in_force}
        return tuple(rule for rule in self.known if rule.default or rule.id in chosen)

    @cached_property
    def binder(self) -> Binder:
        editions = [make_edition(file.data) for name, file in self.files.items() if name.startswith("editions/")]
        return Binder(editions, make_patterns(self.files["facts.yaml"].data))

    @cached_property
    def prose(self) -> ProseReader:
        return ProseReader(self.files[QUANTITIES].data)

    @property
    def editions(self) -> tuple[Edition, ...]:
        return self.binder.editions

    def with_rules(self, rules: tuple[Rule, ...]) -> Linter:
        """The same forms under these rules, every one of them in force, optional or not."""
        return self._with(Linter(self.files, rules, rules, self.handling, self.known))

    def knowing(self, rules: tuple[Rule, ...]) -> Linter:
        """The same forms with these rules to choose from; the optional ones are not in force."""
        return self._with(Linter(self.files, rules, handling=self.handling))

    def saying(self, quantities: DataFile) -> Linter:
        """The same forms and rules with these words for numbers in running text."""
        files = {**self.files, QUANTITIES: quantities}
        other = Linter(files, self.rules, self.in_force, self.handling, self.known)
        other.__dict__["binder"] = self.binder
        return other

    def handled(self, handling: Callable[[str], Handling]) -> Linter:
        """The same forms and rules, with what is said of files by their path."""
        return self._with(Linter(self.files, self.rules, self.in_force, handling, self.known))

    def _with(self, other: Linter) -> Linter:
        other.__dict__["binder"] = self.binder
        other.__dict__["prose"] = self.prose
        return other

    def data(self, name: str) -> Any:
        """The content of a bundled data file."""
        return self.files[name].data

    def check_bytes(self, data: bytes, path: str) -> Result:
        """All diagnostics of one file; what cannot be read comes back as a result with ``read_error``."""
        try:
            document = read(data, path)
        except ReadError as error:
            return Result(path, read_error=error)
        return self.check_document(document)

    def check_document(self, document: Document) -> Result:
        """All diagnostics of a file that has been read."""
        handling = self.handling(document.source.path)
        report = self.binder.told(self.binder.bind(document), handling.agency, handling.unit_type)
        report = replace(report, claims=self.prose.read(report)) if self.in_force else report
        return self._judge(report, handling)

    def check_path(self, path: str) -> Result:
        """Like ``check_bytes`` for a file that is still to be opened."""
        try:
            data = read_file(path)
        except ReadError as error:
            return Result(path, read_error=error)
        return self.check_bytes(data, path)

    def links(self, results: Sequence[Result], rollup: Rollup | None = None) -> bool:
        """Whether there are reports to be judged together, and rules in force that do so."""
        together = bool(rollup) or sum(1 for result in results if result.report) > 1
        return together and any(rule.scope != "report" for rule in self.in_force)

    def link(self, results: Sequence[Result], rollup: Rollup | None = None) -> list[Result]:
        """The results with what rules on several reports say: series, peers and, if asked for, roll-ups.

        ``rollup`` tells which units make up a government's report; a map of them comes back as a result of its own,
        the last. Raises ConfigError for a map that names a government without a report.
        """
        from govlint.crosscheck.linking import Linking, with_findings

        linking = Linking(results, rollup)
        judged = (
            (task.number, rule, *judge_context(rule, task.context))
            for rule in self.in_force
            for task in linking.tasks(rule)
        )
        linked = with_findings(linking.results(self.in_force), judged)
        return [settle(result, self.handling(result.path)) for result in linked]

    def run(self, results: Sequence[Result], root: str | None = None) -> Run:
        """The results of all inputs as one run; ``root`` is the folder that outputs give paths from."""
        sources = {result.source.id: result.source for result in results if result.source}
        stale = tuple(found for result in results for found in stale_of(result, self.handling(result.path), self.known))
        return Run(tuple(results), self.in_force, __version__, sources, stale, root)

    def _judge(self, report: Report, handling: Handling) -> Result:
        rules = tuple(rule for rule in self.in_force if rule.id not in handling.ignored)
        every: list[Found] = []
        outcomes: list[RuleOutcome] = []
        for rule in self.in_force:
            ignored = rule.id in handling.ignored
            found, outcome = ([], RuleOutcome(rule.id, "not_applicable")) if ignored else judge(rule, report)
            outcomes.append(outcome)
            every += ((rule, finding) for finding in found)
        acceptance = handling.accept(report.document)
        kept, accepted = acceptance.sift(every, ())  # What is accepted explains nothing, so it goes before merging.
        kept, more = acceptance.sift(merge(report, rules, kept), [waiver for _, _, waiver in accepted])
        kept = add_hints(report, rules, add_fillings(report, self.ordinary, kept))
        source = report.source
        diagnostics = sorted((Diagnostic(*found, source) for found in kept), key=lambda diagnostic: diagnostic.order)
        waived = waived_of(accepted + more, source)
        result = Result(source.path, source, report.document, report, tuple(diagnostics), tuple(outcomes), waived)
        return replace(result, outcomes=outcomes_of(result))


def surviving(path: str, check: Callable[[], Result]) -> Result:
    """What ``check`` makes of a file. A fault of govlint's own costs that file, which is named, and not the others."""
    try:
        return check()
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # A parser written in Rust panics with what is no Exception.
        from govlint.model.failure import failure

        return Result(path, read_error=failure(path, error))


def read_file(path: str) -> bytes:
    """The bytes of a file. Raises ReadError when it is missing, no regular file, too large, or not to be opened."""
    if "://" in path:
        from govlint.readers.addresses import is_address, read_address

        if is_address(path):
            return read_address(path, MAX_BYTES)
    return read_regular(path, MAX_BYTES)


def select(rules: Iterable[Rule], wanted: Sequence[str], ignored: Sequence[str]) -> tuple[Rule, ...]:
    """The rules in force: those selected by id, prefix or name (all defaults when nothing is), less those ignored."""
    chosen = []
    for rule in rules:
        selected = any(name in rule.prefixes for name in wanted) if wanted else rule.default
        if selected and not any(name in rule.prefixes for name in ignored):
            chosen.append(rule)
    return tuple(chosen)


def _rule_files(files: Mapping[str, DataFile]) -> list[DataFile]:
    return [file for name, file in files.items() if name.startswith(RULE_FOLDERS)]


def validate_bundle(files: Sequence[DataFile]) -> None:
    """Raises RuleError for what is wrong in the data that comes with govlint."""
    from govlint.rulebook.form_validation import validate_forms
    from govlint.rulebook.quantities import validate_quantities
    from govlint.rulebook.validation import validate_rules

    by_name = {file.name: file for file in files}
    forms = [file for name, file in by_name.items() if name.startswith("editions/")]
    validate_forms(forms, by_name["facts.yaml"])
    editions = [make_edition(file.data) for file in forms]
    validate_quantities(by_name[QUANTITIES], editions)
    validate_rules(_rule_files(by_name), KINDS, editions)


def _derived(files: Sequence[DataFile]) -> Mapping[str, Sequence[str]]:
    """What is known beforehand of the patterns of facts and bundled rules."""
    by_name = {file.name: file for file in files}
    return work_out([by_name["facts.yaml"].data, *(file.data.get("options") for file in _rule_files(by_name))])


def load_linter(*, fresh: bool = False, packs: Sequence[Path] = ()) -> Linter:
    """A linter with the rules that come with govlint and those of rule packs.

    ``fresh`` reads the YAML of the bundled rules, with the place of every node. Raises RuleError for mistakes in
    a pack, ConfigError for a pack that is not there.
    """
    files = load_folder(bundled_folder(), validate_bundle, fresh=fresh, derive=_derived)
    keep_in_mind(files.derived)
    return with_packs(Linter(files), packs)


def with_packs(linter: Linter, packs: Sequence[Path]) -> Linter:
    """The linter with the rules and changes of rule packs as well. Raises like ``load_linter``."""
    for pack in packs:
        from govlint.rulebook.packs import add_pack

        if not pack.is_dir():
            raise ConfigError([Mistake(str(pack), 1, 1, Sentence("no such folder of rules"))])
        own, mistakes = read_pack(pack)
        if not own and not mistakes:
            raise ConfigError([Mistake(str(pack), 1, 1, Sentence("no rule (.yaml) in this folder"))])
        words = [file for file in own if file.name == QUANTITIES]
        own = [file for file in own if file.name != QUANTITIES]
        if words:
            from govlint.rulebook.quantities import extended

            linter = linter.saying(extended(linter.files[QUANTITIES], words[0], linter.editions))
        linter = linter.knowing(add_pack(linter.rules, own, KINDS, linter.editions, mistakes))
    return linter


@lru_cache(maxsize=1)
def default_linter() -> Linter:
    """The linter with all bundled rules, made once."""
    return load_linter()

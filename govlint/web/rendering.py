"""What is made of the files of a job when all are done: the content of a page, a file to keep, or why there is none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import chdir
from pathlib import PurePath
from typing import TYPE_CHECKING

from govlint.annotating import WORD_SUFFIXES, unfit
from govlint.linter import Linter
from govlint.model.diagnostic import Result, Run
from govlint.readers.rewriting import WRITABLE
from govlint.web.jobs import About, Answer, Download, Job, Page, Progress, Refusal, Unread
from govlint.writers import WRITERS, load
from govlint.writers.language import Language
from govlint.writers.places import count_severities

if TYPE_CHECKING:
    from govlint.web.tasks import Done

_TEXTS = {
    "review": ("markdown", ".md", "text/markdown; charset=utf-8"),
    "html": ("html", ".html", "text/html; charset=utf-8"),
    "json": ("json", ".json", "application/json"),
    "sarif": ("sarif", ".sarif", "application/sarif+json"),
}
"""What is shown → the writer, the suffix and the type of the file."""
_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".docm": "application/vnd.ms-word.document.macroEnabled.12",
}
_OTHER_TYPE = "application/octet-stream"
_OWN_WORDS = ("too_long", "no_memory", "worker_lost", "failed")
"""Reasons that the command line tells with its options, and a page in other words."""


def for_pages(language: Language) -> Language:
    """The language as it speaks to people who look at a page and know no command line."""
    words = language.words
    own = {reason: words["desk"][reason] for reason in _OWN_WORDS}
    return Language(language.code, {**words, "read_error": {**words["read_error"], **own}})


def progress(number: int, result: Result, language: Language) -> Progress:
    """What is said of a file as soon as it is done."""
    facts = result.report.facts if result.report else None
    unit = facts.agency.value if facts and facts.agency else ""
    year = str(facts.year.value) if facts and facts.year else ""
    problem = for_pages(language).read_error(result.read_error) if result.read_error else ""
    return Progress(number, result.path, unit, year, count_severities(result.diagnostics), problem)


def too_many(job: Job, language: Language) -> Answer | None:
    """Why the files of a job cannot have what is wanted all at once, if so."""
    if job.show not in ("annotated", "fixed") or len(job.files) == 1:
        return None
    return Answer((), Refusal(language.say("desk", "one_file", {"count": len(job.files)})))


def answer(job: Job, done: Sequence[Done], linter: Linter, language: Language, *, link: bool = True) -> Answer:
    """The end of a job, whose files came to this, in their order; ``link``: the reports are compared."""
    results = [each.result for each in done]
    shown = for_pages(language)
    unread = tuple(
        Unread(result.path, result.read_error.reason, shown.read_error(result.read_error))
        for result in results
        if result.read_error
    )
    if job.show in ("annotated", "fixed"):
        return Answer(unread, _changed(job, done[0], language))
    run = linter.run(linter.link(results) if link and linter.links(results) else results)
    if job.show == "page":
        return Answer(unread, _page(run, shown))
    form, suffix, media_type = _TEXTS[job.show]
    with chdir(job.folder):  # Names are looked up by some writers, and mean nothing here: it has them by numbers.
        text: str = load(WRITERS[form])(run, shown if job.show == "html" else language)
    stem = PurePath(job.files[0].name).stem if len(job.files) == 1 else language.say("desk", "together_name")
    name = _name("review_name", stem, suffix, language) if job.show == "review" else stem + suffix
    return Answer(unread, Download(name, media_type, text.encode("utf-8", "backslashreplace")))


def _page(run: Run, language: Language) -> Page:
    from govlint.writers.page.writing import content

    parts = content(run, language)
    html = "\n".join(part for part in (parts.overview, parts.toolbar, parts.reports, parts.stale) if part)
    return Page(parts.lead, html, tuple(map(_about, run.results)))


def _about(result: Result) -> About:
    if result.source is None:
        return About(result.path, "", annotate=False, fixes=0, unsafe_fixes=0)
    kind = result.source.kind
    fixes = Counter(each.autofix for each in result.diagnostics) if kind in WRITABLE else Counter()
    return About(result.path, kind, unfit(result) is None, fixes["safe"], fixes["unsafe"])


def _changed(job: Job, done: Done, language: Language) -> Download | Refusal:
    """The file with comments or without faults."""
    name, error = done.result.path, done.result.read_error
    if error:
        reason = for_pages(language).read_error(error)
        return Refusal(language.say("desk", "unread", {"name": name, "reason": reason}))
    if done.problem:
        return Refusal(language.say("desk", done.problem, {"name": name}))
    if job.show == "fixed" and not done.made:
        return Refusal(_not_fixed(done, language, unsafe=job.unsafe))
    path = PurePath(name)
    suffix = path.suffix
    if job.show == "annotated" and suffix.lower() not in WORD_SUFFIXES:
        suffix = ".docx"
    key = "annotated_name" if job.show == "annotated" else "fixed_name"
    media_type = _TYPES.get(suffix.lower(), _OTHER_TYPE)
    return Download(_name(key, path.stem, suffix, language), media_type, done.data)


def _not_fixed(done: Done, language: Language, *, unsafe: bool) -> str:
    """Why there is no mended file."""
    about = _about(done.result)
    if about.kind not in WRITABLE:
        return language.say("desk", "only_read", {"name": about.name, "kind": about.kind})
    if not done.left:
        key = "unsafe_to_fix" if about.unsafe_fixes and not unsafe else "nothing_to_fix"
        return language.say("desk", key, {"name": about.name, "count": about.unsafe_fixes})
    groups: dict[tuple[str, tuple[str, ...]], Counter[str]] = {}
    for left in done.left:
        groups.setdefault((left.reason, left.rules), Counter())[left.rule] += 1
    return language.say("summary", "joint").join(
        language.say(
            "desk",
            "not_fixed",
            {
                "name": about.name,
                "count": rules.total(),
                "rules": ", ".join(sorted(rules)),
                "why": language.say("unwritable", reason, {"kind": about.kind, "rules": ", ".join(new)}),
            },
        )
        for (reason, new), rules in groups.items()
    )


def _name(key: str, stem: str, suffix: str, language: Language) -> str:
    return language.words["desk"][key].format(stem=stem, suffix=suffix)

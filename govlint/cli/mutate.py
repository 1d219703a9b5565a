"""``govlint test --mutate``: what the rules notice of small damage, in numbers, and what is not as listed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from govlint.cli.output import say
from govlint.examples.mutations import CELL_KINDS, WORD_KINDS, Mutation
from govlint.examples.noticing import Account, Judged, take_account
from govlint.writers.language import Language


def report_mutations(packs: Sequence[Path], language: Language) -> int:
    """Say what came of all mutations; the exit status, 0 when exactly those on the list went unnoticed."""
    account = take_account(packs, lang=language.code)
    for line in lines(account, language):
        say(line)
    return 0 if account.fine else 1


def lines(account: Account, language: Language) -> Iterator[str]:
    """The account in words: counts by kind, then what is listed, then what is not as it should be."""
    noticed = sum(entry.noticed for entry in account.judged)
    total = len(account.judged)
    for kind in dict.fromkeys((*CELL_KINDS, *WORD_KINDS)):
        found = [entry.noticed for entry in account.judged if entry.mutation.kind == kind]
        counts = {"kind": language.words["mutation"][kind], "count": len(found), "noticed": sum(found)}
        yield language.say("mutate", "kind", {**counts, "missed": len(found) - sum(found)})
    for reason, count in account.reasons.items():
        yield language.say("mutate", "reason", {"count": count, "reason": reason})
    if account.noisy:
        yield language.say("mutate", "noisy", {"rules": ", ".join(account.noisy)})
    for name, entries in (("unlisted", account.unlisted), ("noticed", account.noticed)):
        if entries:
            yield language.say("mutate", name, {"count": len(entries)})
            yield from _each(entries, language)
    if account.unknown:
        yield language.say("mutate", "unknown", {"count": len(account.unknown)})
        yield from (f"  {_name(mutation, language)}" for mutation in account.unknown)
    yield language.say("mutate", "total", {"count": total, "noticed": noticed, "missed": total - noticed})


def _each(entries: Iterable[Judged], language: Language) -> Iterator[str]:
    for entry in entries:
        change = language.say("mutate", "change", {"before": entry.before, "after": entry.after})
        yield f"  {_name(entry.mutation, language)}: {change}"


def _name(mutation: Mutation, language: Language) -> str:
    return f"{mutation.year} {mutation.layout} {mutation.kind} {mutation.part}"

"""Fingerprints for platforms that keep the findings of all files in one heap: no two of a run are the same."""

from __future__ import annotations

from hashlib import blake2b

from govlint.model.diagnostic import Run
from govlint.writers.places import fingerprints
from govlint.writers.uris import relative_path


def identities(run: Run) -> dict[int, str]:
    """A fingerprint for every diagnostic, waived ones too (by its id()), that no other of the run has.

    It is made of the path from the root and the fingerprint that the other outputs give; that one is the same for
    files of one name in two folders. There is no line number in it.
    """
    prints = fingerprints(run)
    seen: dict[tuple[str, ...], int] = {}
    unique: dict[int, str] = {}
    for result in run.results:
        path = relative_path(result.path, run.root)
        for diagnostic in (*result.diagnostics, *(waived.diagnostic for waived in result.waived)):
            unique[id(diagnostic)] = identity(seen, path, prints[id(diagnostic)])
    return unique


def identity(seen: dict[tuple[str, ...], int], *key: str) -> str:
    """A fingerprint of this key; ``seen`` counts the keys of a run, so that equal ones get different fingerprints."""
    seen[key] = seen.get(key, 0) + 1
    text = "\0".join((*key, str(seen[key])))
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()

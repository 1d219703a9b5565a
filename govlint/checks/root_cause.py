"""The words of merged findings. The merging itself is ``govlint.rootcause``, a step after all checks."""

from __future__ import annotations

from collections.abc import Iterator

from govlint.model.finding import Finding
from govlint.model.rule import CheckKind, Context, Options


def check(context: Context, options: Options) -> Iterator[Finding]:
    """Nothing by itself: its findings are made of those of the balance checks."""
    return iter(())


KIND = CheckKind(
    "root_cause",
    check,
    {"type": "object", "additionalProperties": False},
    frozenset({"table", "row", "column", "printed", "value", "count", "rules"}),
    stands_on=frozenset({"balance"}),
    mends=True,
)

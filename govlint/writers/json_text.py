"""JSON that is safe to print and to cut into lines: what could do harm there is escaped, and nothing is lost."""

from __future__ import annotations

import json
import re

from govlint.writers.places import RUNNERS

_RISKY = re.compile(f"[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]|{RUNNERS}")
"""Control characters, line separators and bidirectional controls that JSON may hold as they are, and surrogates.

Also ``##[`` and what is like it, which the runners of CI jobs take for commands wherever they stand in a line.
"""


def to_json(data: object, *, indent: int | None = None) -> str:
    """The data as JSON without a line end at the end; on one line unless an indent is given.

    Control characters, U+2028, U+2029, lone surrogates and the commands of CI runners are escaped: a reader gets them
    back as they were, but no terminal or runner acts on them and no tool takes them for the end of a line.
    """
    text = json.dumps(data, ensure_ascii=False, indent=indent)
    return _RISKY.sub(lambda found: f"\\u{ord(found[0]):04x}", text)

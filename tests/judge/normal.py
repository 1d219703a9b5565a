"""What a person sees in a slice of a file: tags and entities resolved."""

from __future__ import annotations

import html
import re


def plain(source: str, suffix: str) -> str:
    """The visible text of a slice."""
    return html.unescape(re.sub(r"<[^>]*>", "", source)) if suffix == ".html" else source

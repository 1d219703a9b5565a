"""What a request asks for besides its body: a language, and the form of the answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from starlette.datastructures import Headers, QueryParams
from starlette.types import Scope

from govlint.web.site import Site
from govlint.writers.language import Language

LINES = "application/x-ndjson"
PROBLEM = "application/problem+json"
Form = Literal["lines", "json", "html"]
"""A stream of JSON objects, each on its line; one JSON object; a page."""
_MOST_RANGES = 50
"""So many languages of a request are looked at; a browser names some five."""


def language_of(scope: Scope, site: Site, fields: Mapping[str, str] | None = None) -> Language:
    """The language of the form, else of ``?lang=``, else what the browser likes best, else the server's."""
    for asked in ((fields or {}).get("lang"), QueryParams(scope["query_string"]).get("lang")):
        if asked and asked in site.languages:
            return site.languages[asked]
    for code in _liked(Headers(scope=scope).get("accept-language", "")):
        if code in site.languages:
            return site.languages[code]
    return site.languages[site.lang]


def form_of(scope: Scope) -> Form:
    """The form of what is said of this request: as it accepts; the API says everything in JSON."""
    accepted = Headers(scope=scope).get("accept", "")
    if LINES in accepted:
        return "lines"
    if scope["path"].startswith(("/api/", "/health")) or "json" in accepted:
        return "json"
    return "html"


def _liked(header: str) -> Iterator[str]:
    """The languages of an Accept-Language header without their regions, best first."""
    weighed = []
    for each in header.split(",")[:_MOST_RANGES]:
        tag, _, weight = each.partition(";")
        try:
            quality = float(weight.strip().removeprefix("q=")) if weight.strip() else 1.0
        except ValueError:
            quality = 0.0
        if 0.0 < quality <= 1.0:
            weighed.append((quality, tag.strip().lower().partition("-")[0]))
    weighed.sort(key=lambda pair: -pair[0])
    return (tag for _, tag in weighed)

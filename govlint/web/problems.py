"""What can be wrong with a request, each with its HTTP status; the words stand in ``rules/locale``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from govlint.writers.language import Language

STATUS = {
    "bad_multipart": 400,
    "no_file": 400,
    "bad_name": 400,
    "bad_show": 400,
    "other_site": 403,
    "not_found": 404,
    "wrong_method": 405,
    "too_slow": 408,
    "too_large": 413,
    "too_many_files": 413,
    "wrong_type": 415,
    "wrong_host": 421,
    "unread": 422,
    "refused": 422,
    "too_often": 429,
    "internal": 500,
    "busy": 503,
    "lost": 503,
    "timed_out": 503,
    "stopping": 503,
    "no_room": 507,
}
"""The kinds of problem, keys of ``problem`` and ``problem_title``, and the status of the answer."""
ROUTE = "/api/v1/problems/"


class Problem(Exception):  # noqa: N818 - an answer as good as any other
    """A request that is not done; said in the language of the request.

    ``params`` fill the blanks of the sentence, ``detail`` stands for it where the words come from elsewhere; ``retry``
    is after how many seconds to try again; ``language`` the one that the form asks for, once that is known.
    """

    def __init__(
        self, kind: str, params: Mapping[str, object] | None = None, *, retry: int | None = None, detail: str = ""
    ) -> None:
        super().__init__(kind)
        self.kind = kind
        self.params: Mapping[str, object] = params or {}
        self.retry = retry
        self.language: Language | None = None
        self._detail = detail

    @property
    def status(self) -> int:
        return STATUS[self.kind]

    @property
    def headers(self) -> dict[str, str]:
        """Header fields of the answer that belong to the problem."""
        headers = {"Retry-After": str(self.retry)} if self.retry is not None else {}
        return {**headers, "Allow": str(self.params["allowed"])} if self.kind == "wrong_method" else headers

    def detail(self, language: Language) -> str:
        """One sentence that says what is wrong and what to do."""
        return self._detail or language.say("problem", self.kind, self.params)

    def object(self, language: Language, root: str, instance: str) -> dict[str, Any]:
        """The problem as RFC 9457 has it; ``instance`` is the path of the request."""
        return {
            "type": root + ROUTE + self.kind.replace("_", "-"),
            "title": language.say("problem_title", self.kind),
            "status": self.status,
            "detail": self.detail(language),
            "instance": root + instance,
        }

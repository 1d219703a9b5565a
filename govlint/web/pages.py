"""The page as HTML: to begin with, with a result for those without scripts, and with what went wrong."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse

from govlint.version import __version__
from govlint.web.assets import Assets
from govlint.web.jobs import About, Page
from govlint.web.site import Site
from govlint.writers.language import Language

_TEMPLATE = "start.html"


class Pages:
    """Fills the template of ``govlint/web/page`` with words, limits and results.

    The template sees ``words`` (the section ``serve`` of the locale), ``lang``, ``lang_tag``, ``languages`` (code → own
    name), ``version``, ``limits`` (``max_size`` in MB, ``max_files``), ``assets`` (name → URL), ``root``,
    ``result`` (None, or ``lead``, ``html``, ``reports``) and ``problem`` (a sentence or None).
    """

    def __init__(self, site: Site, assets: Assets) -> None:
        environment = Environment(
            loader=PackageLoader("govlint.web", "page"), autoescape=True, undefined=StrictUndefined, auto_reload=False
        )
        self._template = environment.get_template(_TEMPLATE)
        self._fixed: dict[str, Any] = {
            "languages": {code: language.say("serving", "own_name") for code, language in site.languages.items()},
            "version": __version__,
            "limits": {"max_size": site.limits.megabytes, "max_files": site.limits.files},
            "assets": assets.urls,
            "root": site.root,
        }

    def start(self, language: Language) -> HTMLResponse:
        """The page with nothing in it yet."""
        headers = {"Cache-Control": "no-cache", "Vary": "Accept-Language"}
        return HTMLResponse(self._page(language), headers=headers)

    def result(self, language: Language, page: Page) -> HTMLResponse:
        """The page with a result."""
        return HTMLResponse(self._page(language, result=shown(page)))

    def problem(self, language: Language, status: int, detail: str) -> HTMLResponse:
        """The page with a sentence on what went wrong."""
        return HTMLResponse(self._page(language, problem=detail), status)

    def _page(self, language: Language, result: dict[str, Any] | None = None, problem: str | None = None) -> str:
        tag = language.say("serving", "tag")
        return self._template.render(
            self._fixed, words=language.words["serve"], lang=language.code, lang_tag=tag, result=result, problem=problem
        )


def shown(page: Page) -> dict[str, Any]:
    """A result as the template and the script of the page know it."""
    return {"lead": page.lead, "html": Markup(page.html), "reports": [described(about) for about in page.reports]}


def described(about: About) -> dict[str, Any]:
    """What can be had of a report."""
    return about._asdict()

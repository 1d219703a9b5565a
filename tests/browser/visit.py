"""Somebody who looks at the page: gives it files in every way, and sees whether anything is amiss meanwhile."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from browser.chrome import PATIENCE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Locator

_WATCH = """
window.amiss = []; window.shifts = [];
document.addEventListener("securitypolicyviolation",
  (event) => window.amiss.push(event.violatedDirective + " " + event.blockedURI));
new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
  if (!entry.hadRecentInput) {
    const moved = entry.sources.map((each) => each.node && (each.node.outerHTML || each.node.data).slice(0, 80));
    window.shifts.push([entry.value, moved]);
  }
})).observe({ type: "layout-shift", buffered: true });
"""
_MOST_SHIFT = 0.1
_TRANSFER = """(files) => { const data = new DataTransfer();
  const bytes = (text) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  files.forEach(([name, text]) => data.items.add(new File([bytes(text)], name)));
  return data; }"""
_PASTE = """(kinds) => { const data = new DataTransfer();
  Object.entries(kinds).forEach(([kind, text]) => data.setData(kind, text));
  document.activeElement.dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })); }"""


class Visit:
    """A page in a browser. After the visit: no request to elsewhere, no error, nothing that the page's policy refused,
    and next to nothing that moved without being asked to.

    ``errors`` and ``requests`` are what was heard; a test may look at them and clear them. ``steady`` is whether
    nothing may move: not so where a test forces on the page what no person can.
    """

    def __init__(
        self, browser: Browser, url: str, lang: str = "zh", width: int = 1280, scripts: bool = True, **more: Any
    ) -> None:
        self.url = url
        self.steady = True
        self.errors: list[str] = []
        self.requests: list[str] = []
        self._scripts = scripts
        locale = {"zh": "zh-CN", "en": "en-GB"}[lang]
        self.context = browser.new_context(
            locale=locale, viewport={"width": width, "height": 900}, java_script_enabled=scripts, **more
        )
        self.context.set_default_timeout(PATIENCE)
        self.context.on("request", lambda request: self.requests.append(request.url))
        self.page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._heard)
        # With its first listener Playwright begins to catch the window to choose files in, without waiting for it.
        self.page.on("filechooser", lambda _: None)
        if scripts:
            self.page.add_init_script(_WATCH)

    def _heard(self, said: ConsoleMessage) -> None:
        if said.type in ("error", "warning"):
            self.errors.append(said.text)

    def __enter__(self) -> Self:
        self.page.goto(self.url)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if not error:
                self.nothing_amiss()
        finally:
            self.context.close()

    def nothing_amiss(self) -> None:
        """Assert what must hold whatever a person does."""
        elsewhere = [url for url in self.requests if not url.startswith((self.url, f"blob:{self.url}"))]
        assert elsewhere == []
        assert self.errors == []
        if self._scripts:
            assert self.ask("window.amiss") == []
            shifts = self.ask("window.shifts")
            assert not self.steady or sum(value for value, _ in shifts) < _MOST_SHIFT, shifts

    # What one sees

    def ask(self, expression: str, argument: object = None) -> Any:
        """The value of an expression, or of a function of the argument, in the page."""
        return self.page.evaluate(expression, argument)

    def all(self, selector: str) -> Locator:
        return self.page.locator(selector)

    def texts(self, selector: str) -> list[str]:
        """The text of all such elements, squeezed as one sees it."""
        return [" ".join(text.split()) for text in self.all(selector).all_text_contents()]

    def seen(self, selector: str) -> None:
        """Wait until the element can be seen."""
        self.all(selector).first.wait_for(state="visible")

    @property
    def focus(self) -> str:
        """The id of the element that has the focus."""
        return str(self.ask("document.activeElement.id"))

    @property
    def width(self) -> int:
        """How wide the page is, in pixels; wider than the window where it must be scrolled sideways."""
        return int(self.ask("document.documentElement.scrollWidth"))

    def cards(self, report: int = 1) -> list[tuple[str, str]]:
        """The rule and message of all cards of a report that are shown."""
        shown = self.all(f"#r-{report} .card:not([hidden])")
        return [(str(card.get_attribute("data-rule")), card.locator(".message").inner_text()) for card in shown.all()]

    # What one does

    @contextmanager
    def result(self) -> Iterator[None]:
        """Wait for the result of what is done inside; what was there before does not count."""
        self.ask("document.querySelectorAll('#result > *').forEach((node) => { node.dataset.before = '1'; })")
        yield
        self.page.locator("#result > .lead:not([data-before])").wait_for(state="visible")

    def drop(self, files: Mapping[str, bytes], wait: bool = True) -> None:
        """Drop files somewhere on the page, and wait for the result unless there is to be none."""
        told = [(name, base64.b64encode(data).decode("ascii")) for name, data in files.items()]
        transfer = self.page.evaluate_handle(_TRANSFER, told)
        with self.result() if wait else nullcontext():
            for kind in ("dragenter", "dragover", "drop"):
                self.page.dispatch_event("footer", kind, {"dataTransfer": transfer})

    def drag_in(self, *paths: Path) -> None:
        """Drag files or folders in from the desktop, as the browser itself takes them, and wait for the result."""
        session = self.context.new_cdp_session(self.page)
        data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
        with self.result():
            for kind in ("dragEnter", "dragOver", "drop"):
                session.send("Input.dispatchDragEvent", {"type": kind, "x": 150, "y": 300, "data": data})

    def choose(self, files: Mapping[str, bytes], button: str = "#choose") -> None:
        """Choose files in the browser's window for it, and wait for the result."""
        with self.page.expect_file_chooser() as chooser:
            self.page.click(button)
        with self.result():
            chooser.value.set_files(payloads(files))

    def paste(self, **kinds: str) -> None:
        """Paste, where the focus is, what the clipboard holds as ``html`` and ``plain``; wait for the result."""
        with self.result():
            self.ask(_PASTE, {f"text/{kind}": text for kind, text in kinds.items()})

    def keep(self, label: str) -> tuple[str, bytes]:
        """The name and bytes of the download of that label."""
        self.page.click("#downloads > summary")
        with self.page.expect_download() as download:
            self.page.get_by_role("button", name=label, exact=True).click()
        return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def payloads(files: Mapping[str, bytes]) -> list[Any]:
    """Files as Playwright takes them."""
    return [{"name": name, "mimeType": "application/octet-stream", "buffer": data} for name, data in files.items()]

"""Makes the pictures of the READMEs: what ``govlint check`` shows on a terminal, as SVG.

    python docs/make_pictures.py

They are kept fresh by tests/test_pictures.py, which compares the text in them with what the command prints now; the
rest of a picture may differ between versions of rich.
"""

from __future__ import annotations

from dataclasses import replace
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree

from rich.cells import cell_len
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from govlint.linter import Linter, default_linter
from govlint.writers.language import Language
from govlint.writers.pretty import write

FOLDER = Path(__file__).parent / "images"
REPORT = "fixtures/faulty/yunxi-water-2023.md"
LANGUAGES = ("en", "zh")
RULES = ("GL400", "GL102", "GL501")
"""One of each kind: a cell that breaks totals, a heading, a statement that is missing; all would be a long picture."""
WIDTH = 100

_SVG = "{http://www.w3.org/2000/svg}"
_COLOURS = ("1e2127", "eb737d", "98c379", "e5c07b", "6eaff5", "c678dd", "56b6c2", "dcdfe4")
_RGB = [(int(colour[:2], 16), int(colour[2:4], 16), int(colour[4:], 16)) for colour in _COLOURS]
_THEME = TerminalTheme(_RGB[0], _RGB[-1], _RGB)
_CHAR = 0.5
"""Width of a narrow character against its height, as fonts with Chinese have it."""
_FORMAT = """<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg" role="img">
<style>
.{unique_id}-matrix {{
  font-family: "Sarasa Mono SC", "Noto Sans Mono CJK SC", Menlo, Consolas, "DejaVu Sans Mono",
    "PingFang SC", "Microsoft YaHei", monospace;
  font-size: {char_height}px; line-height: {line_height}px;
}}
.{unique_id}-title {{ font: bold 16px Arial, "Noto Sans CJK SC", sans-serif }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal"><rect width="{terminal_width}" height="{terminal_height}"/></clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g></g>
</svg>
"""


def command(code: str) -> str:
    """The command that the picture shows."""
    return f"govlint check {'--lang en ' if code == 'en' else ''}{REPORT}"


def printed(code: str, linter: Linter | None = None) -> str:
    """What the command prints, with the colours of a terminal."""
    linter = linter or default_linter()
    root = Path(__file__).parent.parent
    result = linter.check_bytes((root / REPORT).read_bytes(), REPORT)
    shown = [diagnostic for diagnostic in result.diagnostics if diagnostic.rule.id in RULES]
    run = linter.run([replace(result, diagnostics=tuple(shown))])
    return write(run, Language(code, linter.data(f"locale/{code}.yaml")), color=True, width=WIDTH)


def picture(code: str) -> str:
    """The SVG of one language."""
    console = Console(record=True, width=WIDTH, file=StringIO(), force_terminal=True, color_system="standard")
    console.print(Text.from_ansi(f"$ {command(code)}\n\n{printed(code)}".rstrip()), soft_wrap=True)
    svg = console.export_svg(
        title="govlint", theme=_THEME, code_format=_FORMAT, font_aspect_ratio=_CHAR, unique_id="govlint"
    )
    return widened(svg)


def widened(svg: str) -> str:
    """The picture with room for wide characters: rich gives them the room of narrow ones."""
    ElementTree.register_namespace("", _SVG[1:-1])
    root = ElementTree.fromstring(svg)
    for parent in root.iter():
        for text in [child for child in parent if child.tag == f"{_SVG}text" and "textLength" in child.attrib]:
            at = list(parent).index(text)
            parent.remove(text)
            for number, piece in enumerate(_pieces(text)):
                parent.insert(at + number, piece)
    return ElementTree.tostring(root, encoding="unicode") + "\n"


def _pieces(text: ElementTree.Element) -> list[ElementTree.Element]:
    """The element for each run of characters of one kind, in its place."""
    words = text.text or ""
    unit = float(text.attrib["textLength"]) / len(words)
    x = float(text.attrib["x"])
    pieces: list[ElementTree.Element] = []
    for run in _runs(words):
        room = unit * cell_len(run)
        piece = ElementTree.Element(text.tag, {**text.attrib, "x": f"{x:g}", "textLength": f"{room:g}"})
        if _kind(run) == "symbol":  # Fonts with Chinese draw these wide, terminals do not.
            piece.set("lengthAdjust", "spacingAndGlyphs")
        piece.text, piece.tail = run, text.tail
        pieces.append(piece)
        x += room
    return pieces


def _runs(words: str) -> list[str]:
    """The words in runs of one kind; symbols stand alone."""
    runs: list[str] = []
    for char in words:
        if runs and _kind(runs[-1][-1]) == _kind(char) != "symbol":
            runs[-1] += char
        else:
            runs.append(char)
    return runs


def _kind(text: str) -> str:
    return "wide" if cell_len(text[0]) == 2 else "narrow" if text[0].isascii() or text[0] == "\xa0" else "symbol"


def main() -> None:
    """Write the pictures of all languages."""
    FOLDER.mkdir(exist_ok=True)
    for code in LANGUAGES:
        (FOLDER / f"check.{code}.svg").write_text(picture(code), encoding="utf-8")


if __name__ == "__main__":
    main()

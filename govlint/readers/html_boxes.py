"""What the walk over an HTML tree fills: paragraphs, cells and the page as boxes, and the table in work."""

from __future__ import annotations

from dataclasses import dataclass, field

from govlint.model.document import GridPlace, Line, Role
from govlint.readers.html_positions import Run
from govlint.readers.layout import RUNNING_TEXT


@dataclass(eq=False, slots=True)
class Paragraph:
    """Display text being put together."""

    text: list[str] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    length: int = 0
    role: Role = "body"
    linked: bool = True
    blank: bool = True


@dataclass(eq=False, slots=True)
class Box:
    """What the page or a table cell holds so far, in reading order, and the paragraph in work."""

    tag: tuple[int, int] = (1, 0)
    place: GridPlace | None = None
    role: Role = "body"
    items: list[Paragraph | Line] = field(default_factory=list)
    paragraph: Paragraph = field(default_factory=Paragraph)

    @property
    def paragraphs(self) -> list[Paragraph]:
        return [item for item in self.items if isinstance(item, Paragraph)]

    @property
    def is_layout(self) -> bool:
        """Whether the cell holds a table, or running text."""
        paragraphs = self.paragraphs
        return len(paragraphs) < len(self.items) or sum(p.length for p in paragraphs) > RUNNING_TEXT


@dataclass(eq=False, slots=True)
class Grid:
    """The table in work: its number, row, and the columns that cells above still cover."""

    number: int
    row: int = -1
    covered: dict[int, int] = field(default_factory=dict)
    cells: list[Box] = field(default_factory=list)

"""The ruling lines of a page: strokes, thin rectangles and the edges of boxes, merged where they go on."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from types import ModuleType
from typing import Any, NamedTuple

from govlint.model.errors import ReadError
from govlint.readers.pdf.glyphs import Turn

THIN = 3.0
"""A shape no thicker than this, in points, is a line; two lines no further apart are one."""
MAX_OBJECTS = 200_000
"""Drawing objects of one file."""
MAX_RULINGS = 3_000
"""Merged ruling lines of one page."""
_DEPTH = 6
_STRAIGHT = 0.8

Matrix = tuple[float, float, float, float, float, float]
_UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
Points = list[tuple[float, float]]


class Ruling(NamedTuple):
    """A line at ``at`` across its direction, from ``start`` to ``end`` along it."""

    at: float
    start: float
    end: float


class Rulings(NamedTuple):
    """Horizontal lines (``at`` is y) and vertical ones (``at`` is x)."""

    horizontal: list[Ruling]
    vertical: list[Ruling]


class Shape(NamedTuple):
    """The corners of one subpath of a drawing, in page coordinates, and whether its outline is drawn."""

    points: Points
    stroked: bool


class Drawing(NamedTuple):
    """What is drawn on a page besides text: shapes, and how much of the page pictures cover."""

    shapes: list[Shape]
    pictured: float
    objects: int


def read_drawing(page: Any, raw: ModuleType, left: int) -> Drawing:
    """The shapes of a page. ``left``: how many objects the file may still have; raises ReadError beyond."""
    reader = _Reader(raw, left)
    reader.objects_of(page.raw, raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject, _UNIT, 0)
    width, height = page.get_size()
    return Drawing(reader.shapes, reader.pictured / max(width * height, 1.0), reader.count)


class _Reader:
    def __init__(self, raw: ModuleType, left: int) -> None:
        self.raw = raw
        self.left = left
        self.count = 0
        self.shapes: list[Shape] = []
        self.pictured = 0.0
        self._matrix = raw.FS_MATRIX()
        self._x, self._y = ctypes.c_float(), ctypes.c_float()

    def objects_of(self, owner: Any, count: Any, get: Any, matrix: Matrix, depth: int) -> None:
        raw = self.raw
        for index in range(count(owner)):
            self.count += 1
            if self.count > self.left:
                raise ReadError("", "too_complex", {"limit": MAX_OBJECTS})
            item = get(owner, index)
            kind = raw.FPDFPageObj_GetType(item)
            if kind == raw.FPDF_PAGEOBJ_PATH:
                self._path(item, self._times(item, matrix))
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                self._image(self._times(item, matrix))
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEPTH:
                inner = self._times(item, matrix)
                self.objects_of(item, raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, inner, depth + 1)

    def _times(self, item: Any, outer: Matrix) -> Matrix:
        m = self._matrix
        if not self.raw.FPDFPageObj_GetMatrix(item, m):
            return outer
        if outer is _UNIT:
            return (m.a, m.b, m.c, m.d, m.e, m.f)
        a, b, c, d, e, f = outer
        return (
            m.a * a + m.b * c,
            m.a * b + m.b * d,
            m.c * a + m.d * c,
            m.c * b + m.d * d,
            m.e * a + m.f * c + e,
            m.e * b + m.f * d + f,
        )

    def _image(self, matrix: Matrix) -> None:
        """A picture is the unit square under its matrix; a thin one is a line."""
        a, b, c, d, e, f = matrix
        corners = [(e, f), (e + a, f + b), (e + a + c, f + b + d), (e + c, f + d), (e, f)]
        self.pictured += abs(a * d - b * c)
        self.shapes.append(Shape(corners, stroked=False))

    def _path(self, item: Any, matrix: Matrix) -> None:
        raw, x, y = self.raw, self._x, self._y
        a, b, c, d, e, f = matrix
        size = raw.FPDFPath_CountSegments(item)
        self.count += size >> 4
        if self.count > self.left:
            raise ReadError("", "too_complex", {"limit": MAX_OBJECTS})
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(item, fill, stroke)
        if not fill.value and not stroke.value:
            return
        points: Points = []
        for index in range(size):
            segment = raw.FPDFPath_GetPathSegment(item, index)
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            if points and raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
                self._add(points, stroke.value)
                points = []
            points.append((a * x.value + c * y.value + e, b * x.value + d * y.value + f))
            if raw.FPDFPathSegment_GetClose(segment):
                points.append(points[0])
        self._add(points, stroke.value)

    def _add(self, points: Points, stroked: int) -> None:
        if len(points) > 1:
            self.shapes.append(Shape(points, bool(stroked)))


def find_rulings(drawing: Drawing, turn: Turn) -> Rulings:
    """The ruling lines of a drawing in the coordinates of upright text.

    A filled shape without outline counts when it is thin, or when it is a frame: a box with a box in it.
    """
    horizontal: list[Ruling] = []
    vertical: list[Ruling] = []
    frames = _frames(drawing.shapes)
    for number, shape in enumerate(drawing.shapes):
        points = [turn(x, y) for x, y in shape.points]
        boxes = list(_edges(points)) if shape.stroked or number in frames else []
        for left, top, right, bottom in (_bounds(points), *boxes):
            wide, high = right - left, bottom - top
            if high <= THIN < wide:
                horizontal.append(Ruling((top + bottom) / 2, left, right))
            elif wide <= THIN < high:
                vertical.append(Ruling((left + right) / 2, top, bottom))
            elif max(wide, high) <= THIN and wide + high > 0 and (not boxes or len(points) == 2):
                # A dot or a dash of a line, or the corner of a border.
                horizontal.append(Ruling((top + bottom) / 2, left, right))
                vertical.append(Ruling((left + right) / 2, top, bottom))
    merged = Rulings(merge(horizontal), merge(vertical))
    if len(merged.horizontal) + len(merged.vertical) > MAX_RULINGS:
        raise ReadError("", "too_complex", {"limit": MAX_RULINGS})
    return merged


def merge(lines: Iterable[Ruling]) -> list[Ruling]:
    """Lines at the same place that touch or overlap as one, the short ones (dots, dashes alone) left out."""
    groups: list[list[Ruling]] = []
    for line in sorted(lines):
        if groups and line.at - groups[-1][0].at <= THIN / 2:
            groups[-1].append(line)
        else:
            groups.append([line])
    found = []
    for group in groups:
        at = sum(line.at for line in group) / len(group)
        start = end = None
        for line in sorted(group, key=lambda line: line.start):
            if start is None or end is None or line.start > end + THIN:
                if start is not None and end is not None:
                    found.append(Ruling(at, start, end))
                start, end = line.start, line.end
            else:
                end = max(end, line.end)
        if start is not None and end is not None:
            found.append(Ruling(at, start, end))
    return [line for line in found if line.end - line.start > THIN]


def _frames(shapes: list[Shape]) -> set[int]:
    """Numbers of filled boxes that lie close inside, or round, the next one: together they draw a border."""
    found = set()
    for number in range(1, len(shapes)):
        one, two = shapes[number - 1], shapes[number]
        if one.stroked or two.stroked or len(one.points) < 4 or len(two.points) < 4:
            continue
        gaps = [abs(a - b) for a, b in zip(_bounds(one.points), _bounds(two.points), strict=True)]
        if max(gaps) <= THIN and max(gaps) > 0:
            found |= {number - 1, number}
    return found


def _edges(points: Points) -> Iterator[tuple[float, float, float, float]]:
    """The edges that run along an axis; those of a curve do not."""
    for i in range(len(points) - 1):
        (x, y), (u, v) = points[i], points[i + 1]
        if abs(x - u) <= _STRAIGHT or abs(y - v) <= _STRAIGHT:
            yield min(x, u), min(y, v), max(x, u), max(y, v)


def _bounds(points: Points) -> tuple[float, float, float, float]:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)

"""The parts of a Word file that hold the texts of its comments: the comments, what relates them, their content type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from posixpath import basename, dirname, join, relpath
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from govlint.readers.docx.names import ID, P_STYLE, R_STYLE, TYPE, VAL, W, number
from govlint.readers.docx.parts import Parts
from govlint.readers.docx.written import STRICT, Written, parse

COMMENT = W + "comment"
_STYLES = {"annotation text": "paragraph", "annotation reference": "character"}
"""The names of Word's own styles for comments, which are the same in every language; their ids differ."""
_TYPES = "[Content_Types].xml"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_STRICT_RELATION = "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_LAYOUT = (
    '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/><w:ind w:firstLineChars="0" w:firstLine="0"/>'
)
_FONT = '<w:sz w:val="20"/>'
"""For files without the styles of comments, whose paragraphs would look as those of the report."""


class Text(NamedTuple):
    """What a comment says, line by line, and who says it."""

    lines: tuple[str, ...]
    author: str
    initials: str


class CommentParts:
    """The parts round the main part ``main`` that comments need."""

    def __init__(self, parts: Parts, main: str) -> None:
        self._parts = parts
        self._main = main
        related = parts.related(main)
        named = next((name for kind, name in related.values() if kind == "comments"), None)
        data = parts.read(named) if named else None
        self.written: Written | None = None if data is None else parse(data)
        """The comments that there are."""
        self._related = named is not None
        self.name = named or _free(parts, join(dirname(main), "comments"))
        self._taken = frozenset(related)
        self._styles = dict(_style_ids(parts, next((name for kind, name in related.values() if kind == "styles"), "")))

    @property
    def ids(self) -> list[int]:
        """Those of the comments that there are."""
        return [number(comment.get(ID)) for comment in self.written.root.iter(COMMENT)] if self.written else []

    def reference(self, comment: int) -> str:
        """The content of the run that a comment hangs on."""
        style = self._style("annotation reference", R_STYLE)
        return f'{style and f"<w:rPr>{style}</w:rPr>"}<w:commentReference w:id="{comment}"/>'

    def changed(self, texts: Iterable[Text], first: int, *, strict: bool) -> dict[str, bytes]:
        """The parts that must be replaced or added so that there are these comments, with ids from ``first`` on."""
        declaration = "" if self.written is None else self.written.declaration
        entries = "".join(self._entry(at, text, declaration) for at, text in enumerate(texts, first))
        if self.written is not None:
            return {self.name: self.written.spliced((self.written.appended(self.written.root, entries),))}
        namespace = STRICT if strict else W[1:-1]
        made = f'{_DECLARATION}<w:comments xmlns:w="{namespace}">{entries}</w:comments>'
        return {self.name: made.encode(), **self._types(), **({} if self._related else self._relations(strict=strict))}

    def _entry(self, at: int, text: Text, declaration: str) -> str:
        ref, style = self._style("annotation reference", R_STYLE), self._style("annotation text", P_STYLE)
        layout, font = (style, "") if style else (_LAYOUT, f"<w:rPr>{_FONT}</w:rPr>")
        mark = f"<w:r>{ref and f'<w:rPr>{ref}</w:rPr>'}<w:annotationRef/></w:r>"
        paragraphs = "".join(
            f"<w:p><w:pPr>{layout}</w:pPr>{'' if number else mark}"
            f'<w:r>{font}<w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>'
            for number, line in enumerate(text.lines)
        )
        who = f"w:author={quoteattr(text.author)} w:initials={quoteattr(text.initials)}"
        return f'<w:comment{declaration} w:id="{at}" {who}>{paragraphs}</w:comment>'

    def _style(self, name: str, element: str) -> str:
        found = self._styles.get(name)
        return f"<w:{element.removeprefix(W)} w:val={quoteattr(found)}/>" if found else ""

    def _types(self) -> dict[str, bytes]:
        """The list of content types with that of the comments."""
        data = self._parts.read(_TYPES)
        written = parse(data or b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>')
        if any(override.get("PartName") == f"/{self.name}" for override in written.root):
            return {}
        override = f'<{_like(written, "Override")} PartName="/{self.name}" ContentType="{_CONTENT_TYPE}"/>'
        return {_TYPES: written.spliced((written.appended(written.root, override),))}

    def _relations(self, *, strict: bool) -> dict[str, bytes]:
        """The relations of the main part with that to the comments."""
        name = join(dirname(self._main), "_rels", f"{basename(self._main)}.rels")
        written = parse(self._parts.read(name) or f'{_DECLARATION}<Relationships xmlns="{_RELATIONS}"/>'.encode())
        taken = self._taken | {relation.get("Id", "") for relation in written.root}
        own = next(free for at in range(1, len(taken) + 2) if (free := f"rId{at}") not in taken)
        target = relpath(self.name, dirname(self._main) or ".")
        kind = _STRICT_RELATION if strict else _RELATION
        relation = f'<{_like(written, "Relationship")} Id="{own}" Type="{kind}" Target={quoteattr(target)}/>'
        return {name: written.spliced((written.appended(written.root, relation),))}


def _like(written: Written, name: str) -> str:
    """A name with the prefix that the root has."""
    prefix, colon, _ = written.name(written.root).rpartition(":")
    return f"{prefix}{colon}{name}"


def _free(parts: Parts, stem: str) -> str:
    """The first name after this one that no part has."""
    taken = {name.lower() for name in parts.names()}
    names = (f"{stem}{number or ''}.xml" for number in range(len(taken) + 1))
    return next(name for name in names if name.lower() not in taken)


def _style_ids(parts: Parts, name: str) -> Iterator[tuple[str, str]]:
    root = parts.xml(name) if name else None
    for style in root.iter(W + "style") if root is not None else ():
        said = style.find(W + "name")
        called = "" if said is None else said.get(VAL, "").lower()
        if _STYLES.get(called) == style.get(TYPE):
            yield called, style.get(W + "styleId", "")

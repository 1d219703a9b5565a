"""A web page taken apart, for the tests of the page that ``html`` writes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "input", "br"}


@dataclass
class Node:
    """An element: its attributes, and what is in it in order, elements and text."""

    tag: str
    attributes: dict[str, str | None] = field(default_factory=dict)
    inside: list[Node | str] = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        return (self.attributes.get("class") or "").split()

    @property
    def all(self) -> Iterator[Node]:
        """This element and those below it, in the order of the page."""
        yield self
        for part in self.inside:
            if isinstance(part, Node):
                yield from part.all

    def find(self, tag: str = "", kind: str = "") -> list[Node]:
        """The elements below of this name and class."""
        return [node for node in self.all if tag in ("", node.tag) and (not kind or kind in node.classes)]

    @property
    def text(self) -> str:
        """All text in it."""
        return "".join(part if isinstance(part, str) else part.text for part in self.inside)

    @property
    def shown(self) -> str:
        """The text of a report: without numbers of marks and what folds it."""
        own = "n" in self.classes or self.tag == "summary" or "whole" in self.classes
        return "" if own else "".join(part if isinstance(part, str) else part.shown for part in self.inside)


class Reader(HTMLParser):
    """Builds the tree; every element must be closed, in order."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("")
        self.open = [self.root]
        self.feed(html)
        self.close()
        assert self.open == [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs)
        node = Node(tag, dict(attrs))
        self.open[-1].inside.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


@dataclass
class Page:
    """A page with its elements by their ids."""

    root: Node
    ids: dict[str, Node]

    def marked(self, card: str) -> str:
        """The text that is marked for a card."""
        marks = (node for node in self.root.find("mark") if card in (node.attributes["data-f"] or "").split())
        return "".join(node.shown for node in marks)

    def paper(self, number: int = 1) -> Node:
        """The text of a report."""
        (sheet,) = self.ids[f"r-{number}"].find("div", "sheet")
        return sheet


def read_page(html: str) -> Page:
    """The page; its ids are unique, and all links lead to one of them."""
    root = Reader(html).root
    nodes = [node for node in root.all if "id" in node.attributes]
    ids = {node.attributes["id"] or "": node for node in nodes}
    assert len(ids) == len(nodes)
    links = [node.attributes["href"] or "" for node in root.all if "href" in node.attributes]
    assert [link for link in links if not link.startswith("#") or link[1:] not in ids] == []
    return Page(root, ids)

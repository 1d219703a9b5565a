"""The parts of a Word document: in a zip package, or as one flat XML file."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from govlint.model.errors import ReadError
from govlint.readers.docx.names import fold_namespaces
from govlint.readers.packages import Package, parse_xml

_PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_USUAL = "word/document.xml"


class Parts(Package):
    """A zip package whose XML is folded to one set of namespaces."""

    vanishes = False
    """Whether any part read so far speaks of hidden text; without it no run has to be asked."""

    def xml(self, name: str) -> ET.Element | None:
        """The root of an XML part; None where it is absent. Raises ReadError for what is no safe XML."""
        data = self.read(name)
        return None if data is None else self._parse(data)

    def _parse(self, data: bytes) -> ET.Element:
        data = fold_namespaces(data)
        self.vanishes = self.vanishes or b"vanish" in data
        return parse_xml(data)


class FlatParts(Parts):
    """The parts of a flat package: elements of one XML file."""

    def __init__(self, data: bytes) -> None:
        self._elements: dict[str, ET.Element] = {}
        for part in self._parse(data):
            content = part.find(_PKG + "xmlData")
            if content is not None and len(content):
                self._elements[part.get(_PKG + "name", "").lstrip("/")] = content[0]

    def __contains__(self, name: str) -> bool:
        return name in self._elements

    def names(self) -> tuple[str, ...]:
        return tuple(self._elements)

    def read(self, name: str) -> bytes | None:
        """Nothing: parts that are no XML are not kept."""
        return None

    def xml(self, name: str) -> ET.Element | None:
        return self._elements.get(name)


def main_part(parts: Parts) -> tuple[str, ET.Element]:
    """Name and root of the part that holds the text. Raises ReadError ``damaged`` when there is none."""
    name = main_name(parts)
    root = parts.xml(name)
    if root is None:
        raise ReadError("", "damaged")
    return name, root


def main_name(parts: Parts) -> str:
    """Name of the part that holds the text. Raises ReadError ``damaged`` when there is none."""
    for name in _candidates(parts):
        if name in parts:
            return name
    raise ReadError("", "damaged")


def _candidates(parts: Parts) -> list[str]:
    """Where the main part may be: as related to the package, as its type says, where it usually is."""
    named = [name for kind, name in parts.related("").values() if kind == "officeDocument"]
    if not any(name in parts for name in named):
        types = parts.xml("[Content_Types].xml")
        named += [
            override.get("PartName", "").lstrip("/")
            for override in (() if types is None else types.iter(_TYPES + "Override"))
            if ".main+xml" in override.get("ContentType", "") and "word" in override.get("ContentType", "")
        ]
    return [*named, _USUAL]

"""Word documents: DOCX and its kin, flat XML packages, Word 2003 XML.

The text a person sees: automatic numbers and insertions in, deletions, hidden text and field codes out.
"""

from __future__ import annotations

from govlint.model.errors import ReadError
from govlint.readers.docx.document import read_package, read_single
from govlint.readers.docx.inline import MAX_DEPTH
from govlint.readers.docx.names import fold_namespaces
from govlint.readers.docx.parts import FlatParts, Parts
from govlint.readers.packages import parse_xml
from govlint.readers.rendering import Rendering


def read_docx(data: bytes) -> Rendering:
    """A zip package (.docx, .docm, .dotx). Raises ReadError when it is damaged, unsafe or nested too deeply."""
    return _guarded_package(Parts(data))


def read_flat_opc(data: bytes) -> Rendering:
    """The same parts in one XML file. Raises ReadError like ``read_docx``."""
    return _guarded_package(FlatParts(data))


def read_wordml(data: bytes) -> Rendering:
    """Word 2003 XML, often named .doc. Raises ReadError like ``read_docx``."""
    data = fold_namespaces(data)
    try:
        return read_single(parse_xml(data), vanishes=b"vanish" in data)
    except RecursionError as error:
        raise ReadError("", "too_deep", {"limit": MAX_DEPTH}) from error


def _guarded_package(parts: Parts) -> Rendering:
    try:
        return read_package(parts)
    except RecursionError as error:
        raise ReadError("", "too_deep", {"limit": MAX_DEPTH}) from error

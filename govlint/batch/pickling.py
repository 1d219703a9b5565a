"""Values of the model ↔ bytes, such that bytes of a stranger can make nothing else."""

from __future__ import annotations

import copyreg
import io
import pickle
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from govlint.model.document import Remark
from govlint.model.finding import NOTHING, Edit, Equation, Finding, Operand, Related, Target
from govlint.model.report import CellAddress, Fact, Facts
from govlint.model.source import Encoding, Location, Place, Span
from govlint.model.waiver import Waiver

PROTOCOL = 5


def nothing() -> Any:
    """Stands in the bytes for the empty mapping that findings have by default."""
    return NOTHING


def read_only(content: dict[str, object]) -> Any:
    """Stands in the bytes for any other mapping that cannot be changed."""
    return MappingProxyType(content)


_KNOWN: dict[tuple[str, str], Any] = {
    (each.__module__, each.__name__): each
    for each in (
        Remark, Edit, Equation, Finding, Operand, Related, Target, CellAddress, Fact, Facts,
        Encoding, Location, Place, Span, Waiver, Decimal, nothing, read_only,
    )
}  # fmt: skip
"""All that bytes may ask for: values, which do nothing."""


def _of_mapping(mapping: MappingProxyType[str, object]) -> Any:
    return (read_only, (dict(mapping),)) if mapping else (nothing, ())


_REDUCERS = {**copyreg.dispatch_table, MappingProxyType: _of_mapping}


def pack(value: object) -> bytes:
    """The bytes of a value."""
    buffer = io.BytesIO()
    pickler = pickle.Pickler(buffer, PROTOCOL)
    pickler.dispatch_table = _REDUCERS
    pickler.dump(value)
    return buffer.getvalue()


def unpack(packed: bytes) -> Any:
    """The value. Raises some exception for bytes that ``pack`` did not make."""
    return _Unpickler(io.BytesIO(packed)).load()


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        found = _KNOWN.get((module, name))
        if found is None:
            raise pickle.UnpicklingError(f"{module}.{name}")
        return found

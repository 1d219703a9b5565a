"""The search led by coverage, with atheris: what reaches new branches of the code is mutated further.

Runs in a process of its own for each target, since only code that is loaded after atheris has its branches counted.
"""

from __future__ import annotations

import pkgutil
import sys
from collections.abc import Callable
from importlib import import_module
from random import Random

import atheris


def main(target: str, watched: str, *arguments: str) -> None:
    """Search until the time is over or something is found; ``arguments`` are those of libFuzzer.

    ``watched`` are the packages whose branches count, parted by commas.
    """
    with atheris.instrument_imports(include=watched.split(",")):
        for name in watched.split(","):
            _load(name)
        from fuzz.invariants import capped, examine
        from fuzz.targets import TARGETS
    _read_inside()
    suffix, mutate = TARGETS[target].suffix, TARGETS[target].mutate

    def try_file(data: bytes) -> None:
        examine(data, f"a{suffix}", whole=False)

    def mutated(data: bytes, longest: int, seed: int) -> bytes:
        rng = Random(seed)
        made: bytes = atheris.Mutate(data, longest) if rng.random() < 0.3 else mutate(data, rng, (data,))
        return made[:longest]

    atheris.Setup([sys.argv[0], *arguments], try_file, custom_mutator=mutated)
    with capped():
        atheris.Fuzz()


def _load(name: str) -> None:
    """Every module of a package, or the module of that name."""
    module = import_module(name)
    for found in pkgutil.walk_packages(getattr(module, "__path__", []), f"{name}."):
        import_module(found.name)


def _read_inside() -> None:
    """Readers whose libraries are not written in Python work in this process, where their branches are counted."""
    from govlint.model.errors import ReadError
    from govlint.readers import isolation

    def inside(read: Callable[[bytes], object], data: bytes, library: str) -> object:
        try:
            return read(data)
        except (Exception, KeyboardInterrupt):
            raise
        except BaseException as error:  # A library written in Rust stumbled.
            raise ReadError("", "damaged") from error

    isolation.isolated = inside  # type: ignore[assignment]


if __name__ == "__main__":
    main(*sys.argv[1:])

"""The way to a Dask cluster: one that is there already, or one of this machine, made for the run."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from govlint.batch.basis import versions
from govlint.cluster.task import difference
from govlint.model.errors import ClusterError, ReadError
from govlint.readers.extras import load_extra

LOCAL = "local"
"""The address that stands for a cluster made for the run."""
_NO_DASHBOARD = "127.0.0.1:0"
"""A port that nobody else has, for this machine alone: without any, Dask would take a fixed one, and complain."""
_PATIENCE = 20
"""Seconds within which a scheduler must answer, and have a worker."""


@contextmanager
def connected(address: str, workers: int) -> Iterator[Any]:
    """A client of the cluster, whose workers have the same versions of everything; at the end it is let go.

    ``local`` makes a cluster of so many worker processes, which end with the client. Raises ClusterError.
    """
    distributed = _library()
    with ExitStack() as ends:
        if address == LOCAL:
            address = ends.enter_context(
                distributed.LocalCluster(
                    n_workers=workers,
                    threads_per_worker=1,
                    dashboard_address=_NO_DASHBOARD,
                    silence_logs=logging.CRITICAL,
                )
            )
        try:
            client = ends.enter_context(distributed.Client(address, timeout=_PATIENCE, set_as_default=False))
        except (OSError, ValueError, ImportError) as error:
            reason = str(error) or type(error).__name__
            raise ClusterError("unreachable", {"address": address, "error": reason}) from error
        _greet(client, address)
        yield client


def _library() -> Any:
    try:
        library = load_extra("distributed", "dask")
    except ReadError as error:
        raise ClusterError("missing_extra", error.params) from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # What matters is said by govlint, in one sentence.
    return library


def _greet(client: Any, address: object) -> None:
    """Raises ClusterError when there is no worker, or one with other versions."""
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
        found = client.run(difference, versions())
    except TimeoutError:
        raise ClusterError("no_workers", {"address": address, "seconds": _PATIENCE}) from None
    except Exception as error:
        raise ClusterError("worker_fails", {"error": f"{type(error).__name__}: {error}"}) from error
    for differs in found.values():
        if differs:
            raise unlike(differs)


def unlike(differs: tuple[str, str, str]) -> ClusterError:
    """The error for a worker with other versions: the name, the version here, the one there."""
    name, here, there = differs
    return ClusterError("other_version", {"name": name, "here": here or "–", "there": there or "–"})

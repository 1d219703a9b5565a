"""How much a client may ask for: files a minute, by its address."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from math import ceil

MOST_CLIENTS = 10_000
"""The addresses that are kept in mind; beyond that those are forgotten that have been silent longest."""
_NETWORK = 64
"""The leading bits of an IPv6 address that one household or machine has; it may change the others as it likes."""
_MINUTE = 60.0


class Rates:
    """A bucket of tokens for each client: it fills with ``rate`` a minute up to ``rate``, and each file takes one.

    More files than a full bucket holds are let through once it is full; then the client waits the longer.
    """

    def __init__(self, rate: int, now: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._now = now
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, client: str, files: int) -> int:
        """0 if so many files may pass now; else in how many seconds to ask again, and nothing is taken."""
        if not self._rate:
            return 0
        key = _household(client)
        now = self._now()
        tokens = self._tokens(key, now)
        needed = min(files, self._rate)
        if tokens < needed:
            return max(1, ceil((needed - tokens) * _MINUTE / self._rate))
        self._buckets[key] = (tokens - files, now)
        self._buckets.move_to_end(key)
        while len(self._buckets) > MOST_CLIENTS:
            self._buckets.popitem(last=False)
        return 0

    def _tokens(self, key: str, now: float) -> float:
        left, since = self._buckets.get(key, (float(self._rate), now))
        return min(float(self._rate), left + (now - since) * self._rate / _MINUTE)

    def __len__(self) -> int:
        """How many clients are kept in mind."""
        return len(self._buckets)


def _household(client: str) -> str:
    """What shares a bucket: an IPv4 address, or the network of an IPv6 address."""
    try:
        address = ip_address(client.partition("%")[0])
    except ValueError:
        return client
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return f"{int(address) >> (128 - _NETWORK):x}"

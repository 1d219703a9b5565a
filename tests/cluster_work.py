"""Work for the workers of a cluster that can be slow and deadly."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path


class Slowly:
    """Says of a file its name, after a while, and writes down that it did."""

    def __init__(self, seconds: float, log: Path) -> None:
        self.seconds = seconds
        self.log = log

    def __call__(self, path: str) -> list[bytes]:
        with self.log.open("a") as log:
            log.write(f"{path}\n")
        time.sleep(self.seconds)
        if path == "kills":
            os.kill(os.getpid(), signal.SIGKILL)
        return [path.encode()]

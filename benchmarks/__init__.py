"""Measurements, as ratios on one machine: ``python -m benchmarks``. Never part of a test's verdict."""

import sys
from pathlib import Path

# What makes up the reports of the tests, and copies what govlint is built from, is no package of its own.
sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

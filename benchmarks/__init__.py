"""Measurements, as ratios on one machine: ``python -m benchmarks``. Never part of a test's verdict."""

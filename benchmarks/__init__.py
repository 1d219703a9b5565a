"""Measurements, as ratios on one machine: ``python -m benchmarks``."""

"""Helpers of the tests that look at ``govlint serve`` with a real browser."""

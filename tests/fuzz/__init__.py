"""Robustness by search: every reader is given mutated files, and what must hold of any file is checked."""

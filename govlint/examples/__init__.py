"""Rules' own examples: edits of a clean report, run as tests."""

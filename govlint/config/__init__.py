"""The configuration ``.govlint.yaml``: found, read with what it builds on, and put in order."""

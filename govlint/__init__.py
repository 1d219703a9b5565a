"""govlint."""

"""``govlint serve``: a page to drop reports on, and the same as an API; nothing is kept."""

"""Blank reports: the form of a year with everything on it, for people to fill in."""

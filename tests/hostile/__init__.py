"""Hostile files, made in code and never stored: what each is, and what must come of it."""

from hostile import disguises, openxml, pdfs, sheets, texts, word, zips
from hostile.case import CASES, Hostile

__all__ = ["CASES", "Hostile", "disguises", "openxml", "pdfs", "sheets", "texts", "word", "zips"]

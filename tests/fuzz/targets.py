"""What is searched: for every reader where its files come from, how they are mutated, and what code is watched."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import NamedTuple

from fuzz import seeds
from fuzz.mutating import (
    Mutate,
    bytes_of,
    controls_of,
    mail_of,
    markup_of,
    objects_of,
    package_of,
    text_of,
    xml_of,
)

READERS = ("govlint.readers", "govlint.chinese")
JUDGES = ("govlint.binding", "govlint.checks", "govlint.prose", "govlint.crosscheck", "govlint.rootcause")


class Target(NamedTuple):
    """Files of one kind. ``watched`` is the code whose branches the search is led by."""

    suffix: str
    seeds: seeds.Seeds
    mutate: Mutate
    watched: tuple[str, ...] = READERS
    converted: str = ""
    """The type of LibreOffice's files that a long search starts from as well."""


TEXT_LAYOUTS = ("aligned", "spaced", "pipes", "tabs", "cell_per_line")
PAGE_LAYOUTS = ("minified", "nested", "portal", "split", "unclosed", "word")

TARGETS: Mapping[str, Target] = {
    "text": Target(".txt", partial(seeds.judged, *TEXT_LAYOUTS), text_of),
    "markdown": Target(".md", partial(seeds.fixtures_of, ".md", ".markdown"), text_of),
    "html": Target(".html", partial(seeds.judged, *PAGE_LAYOUTS, count=3), markup_of),
    "csv": Target(".csv", partial(seeds.of_office, "csv"), text_of),
    "tsv": Target(".tsv", partial(seeds.of_office, "tsv"), text_of),
    "encodings": Target(".html", partial(seeds.fixtures_of, ".txt", ".html"), bytes_of),
    "docx": Target(".docx", seeds.docx_files, package_of),
    "flat_opc": Target(".xml", seeds.flat_packages, xml_of),
    "wordml": Target(".xml", seeds.wordml_files, xml_of),
    "rtf": Target(".rtf", seeds.rtf_files, controls_of, converted="rtf"),
    "doc": Target(".doc", seeds.old_documents, bytes_of, converted="doc"),
    "mhtml": Target(".mht", partial(seeds.of_office, "mhtml"), mail_of),
    "xlsx": Target(".xlsx", partial(seeds.of_office, "xlsx"), package_of),
    "xls": Target(".xls", seeds.xls_files, bytes_of, converted="xls"),
    "ods": Target(".ods", seeds.ods_files, package_of, converted="ods"),
    "spreadsheetml": Target(".xml", seeds.spreadsheetml_files, xml_of),
    "pdf": Target(".pdf", seeds.pdfs, objects_of),
    "report": Target(".txt", partial(seeds.judged, *TEXT_LAYOUTS, count=12), text_of, JUDGES),
}


def files_of(target: str, *, converted: bool = False) -> list[bytes]:
    """The seeds of a target; with those that LibreOffice makes, where it is installed and that is asked for."""
    found = TARGETS[target]
    return found.seeds() + (seeds.converted(found.converted) if converted and found.converted else [])

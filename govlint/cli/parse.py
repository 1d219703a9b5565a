"""``govlint parse``: what a report says, as data."""

from __future__ import annotations

from pathlib import Path

import click

from govlint.cli.inputs import check_inputs, expand
from govlint.cli.output import emit, language_option, make_language, say_unread
from govlint.linter import load_linter
from govlint.writers import PARSE_WRITERS, load


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--output-format", type=click.Choice(list(PARSE_WRITERS)), default="json", show_default=True)
@click.option("-o", "--output-file", metavar="FILE", help="Write the data there.")
@click.option("--stdin-filename", metavar="NAME", help="The name of what comes from standard input (-).")
@language_option
def parse(
    paths: tuple[str, ...], output_format: str, output_file: str | None, stdin_filename: str | None, lang: str
) -> int:
    """Read reports: headings, facts and every cell with its place. 读出报告内容。"""
    linter = load_linter().with_rules(())
    language = make_language(linter, lang)
    results = check_inputs(linter, expand(paths), stdin_filename)
    single = len(paths) == 1 and not Path(paths[0]).is_dir()
    emit(load(PARSE_WRITERS[output_format])(results, language, single=single), output_file, language)
    return 2 if say_unread(linter.run(results), language) else 0

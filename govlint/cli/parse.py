"""``govlint parse``: what a report says, as data."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import click

from govlint.cli.batching import batch_options, plan_batch, say_failure
from govlint.cli.commands import Command
from govlint.cli.inputs import STDIN, check_inputs, expand, files_of, read_stdin, take
from govlint.cli.output import emit, language_option, say_unread
from govlint.cli.outputs import Target, spare_inputs
from govlint.cli.paths import paths_argument
from govlint.cli.settings import config_options, set_up, warn_of_others
from govlint.cli.sharding import refuse_beside_shards, shard_options, write_shards
from govlint.config.excluding import exclusion
from govlint.config.finding import shown
from govlint.configured import configured
from govlint.writers import PARSE_WRITERS, load


@click.command(cls=Command)
@paths_argument
@click.option("--output-format", type=click.Choice(list(PARSE_WRITERS)), default="json", show_default=True)
@click.option("-o", "--output-file", type=click.Path(), metavar="FILE")
@click.option("--stdin-filename", metavar="NAME")
@batch_options
@shard_options
@config_options
@language_option
def parse(
    paths: tuple[str, ...],
    output_format: str,
    output_file: str | None,
    stdin_filename: str | None,
    shards: str | None,
    **_settings: object,
) -> int:
    """Read reports: headings, facts and every cell with its place."""
    setup = set_up(paths)
    language = setup.language
    linter = configured(setup.linter, setup.config).with_rules(())
    items = take(expand(paths, exclusion(setup.config)), language)
    inputs = [item.path for item in items if item.path != STDIN]
    warn_of_others(setup, inputs)
    if shards:
        from govlint.shards.rendering import report

        refuse_beside_shards(("output_file", "output_format", "stdin_filename"), language)
        said = setup.config.said_of_files
        counts = write_shards(linter, items, report, said, language, hidden=False, quiet=False).counts
        return 2 if counts["unread"] else 0
    spare_inputs([Target(output_format, output_file)], inputs, map(shown, setup.config.sources), language)
    batch = plan_batch(linter, files_of(items), setup.config.said_of_files, language)
    with batch or nullcontext():
        results = check_inputs(linter, items, stdin_filename, read_stdin, batch)
    single = len(paths) == 1 and not Path(paths[0]).is_dir() and bool(results)
    emit(load(PARSE_WRITERS[output_format])(results, language, single=single), output_file, language)
    say_failure(batch, language)
    return 2 if say_unread(linter.run(results), language) else 0

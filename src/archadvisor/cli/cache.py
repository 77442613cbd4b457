"""`archadvisor cache`."""

import click

from archadvisor.cli.terminal import write
from archadvisor.workflows.caching import cleaned


@click.group()
def cache() -> None:
    """What is kept in the user's cache folder, so that packs and files that are the same need not be read again."""


@cache.command()
def clean() -> None:
    """Remove all of it; the next run makes it again."""
    freed = cleaned()
    if freed is None:
        write("nothing was removed: the cache folder is not yours alone, so it is not used either\n")
    else:
        write(f"removed {freed / 1024 / 1024:.1f} MiB\n")

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
    write(f"removed {cleaned() / 1024 / 1024:.1f} MiB\n")

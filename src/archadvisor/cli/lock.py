"""`archadvisor lock`."""

import sys

import click

from archadvisor.cli.options import as_of_option, pack_option
from archadvisor.cli.overwriting import refuse_overwriting
from archadvisor.cli.terminal import complain, give_up, today, write
from archadvisor.errors import ArchadvisorError
from archadvisor.loading.discovery import LOCK
from archadvisor.rendering.paint import counted
from archadvisor.workflows.configuration import configured
from archadvisor.workflows.lock import write_lock


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(readable=False), metavar="[PATH...]")
@click.option("--lock", "file", default=LOCK, metavar="FILE", help=f"The file to write; default {LOCK}.")
@pack_option
@as_of_option
def lock(paths: tuple[str, ...], file: str, packs: tuple[str, ...], day: str | None) -> None:
    """Record the decisions as they are now, with what they rest on; check then says whether they still hold.

    PATH is as for check, by default this folder. The lock holds the decisions about these files and no others.
    """
    refuse_overwriting([file], paths or (".",))
    try:
        made = write_lock(configured(paths or (".",), packs, day or today()), paths or (".",), file)
    except ArchadvisorError as error:
        give_up(error)
    if not made.files:
        complain("nothing was locked: no workload file was found\n")
        sys.exit(3)
    decisions = sum(len(held) for held in made.files.values())
    write(f"{counted(decisions, 'decision')} about {counted(len(made.files), 'file')} locked in {file}\n")

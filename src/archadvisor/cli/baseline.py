"""`archadvisor baseline`."""

import os

import click

from archadvisor.cli.options import Command, as_of_option, pack_option
from archadvisor.cli.terminal import give_up, paper, today, write
from archadvisor.errors import ArchadvisorError
from archadvisor.loading.baseline import read_baseline
from archadvisor.rendering.baseline import baseline_text, numbers
from archadvisor.workflows import baseline as baselines
from archadvisor.workflows.configuration import configured

_FILE = "archadvisor-baseline.json"


def _file_option(command: Command) -> Command:
    return click.option("--baseline", "file", default=_FILE, metavar="FILE", help=f"The baseline; default {_FILE}.")(
        command
    )


@click.group()
def baseline() -> None:
    """Keep a list of known findings, so that only new ones fail (`check --baseline FILE`)."""


@baseline.command()
@click.argument("paths", nargs=-1, type=click.Path(readable=False), metavar="[PATH...]")
@_file_option
@pack_option
@as_of_option
def create(paths: tuple[str, ...], file: str, packs: tuple[str, ...], day: str | None) -> None:
    """Write a baseline of all that is found now; PATH is as for check, by default this folder."""
    try:
        made = baselines.create(configured(paths or (".",), packs, day or today()), paths or (".",), file)
    except ArchadvisorError as error:
        give_up(error)
    write(f"{numbers(made)} written to {file}\n")


@baseline.command()
@_file_option
@pack_option
@as_of_option
def update(file: str, packs: tuple[str, ...], day: str | None) -> None:
    """Drop what is fixed, and files that are gone; what is new is never added."""
    try:
        before, after = baselines.update(configured([os.path.dirname(file) or "."], packs, day or today()), file)
    except ArchadvisorError as error:
        give_up(error)
    write(f"{numbers(before)} before, {numbers(after)} now\n")


@baseline.command()
@_file_option
def show(file: str) -> None:
    """List the known findings."""
    try:
        known = read_baseline(file)
    except ArchadvisorError as error:
        give_up(error)
    write(baseline_text(known, paper()))

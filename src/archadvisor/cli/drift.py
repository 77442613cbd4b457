"""`archadvisor drift`."""

import sys

import click

from archadvisor.cli.options import as_of_option, pack_option
from archadvisor.cli.terminal import give_up, paper, today, write
from archadvisor.errors import ArchadvisorError
from archadvisor.rendering.drift import drift_json, drift_text
from archadvisor.workflows.configuration import configured
from archadvisor.workflows.drift import drift as held
from archadvisor.workflows.drift import exit_status


@click.command()
@click.argument("workload", type=click.Path(readable=False))
@click.argument("paths", nargs=-1, required=True, type=click.Path(readable=False), metavar="PATH...")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@pack_option
@as_of_option
def drift(workload: str, paths: tuple[str, ...], form: str, packs: tuple[str, ...], day: str | None) -> None:
    """Hold a workload file and its advice against the real files.

    PATH is a file of another tool, such as compose.yaml, or a folder of them. Told are services that are declared and
    absent, or present and undeclared; facts that the files say otherwise; and options that they have chosen where
    another one is declared or advised. What the workload leaves unknown, nothing contradicts.

    Exit status: 0 no drift; 1 drift; 2 something could not be read; 3 there was nothing to hold it against.
    """
    try:
        found = held(configured((workload,), packs, day or today()), workload, paths)
    except ArchadvisorError as error:
        give_up(error)
    write(drift_json(found) if form == "json" else drift_text(found, paper()))
    sys.exit(exit_status(found))

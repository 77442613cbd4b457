"""`archadvisor report`."""

import click

from archadvisor.cli.terminal import as_of_option, give_up, pack_option, today, write
from archadvisor.errors import ArchadvisorError
from archadvisor.workflows.report import design_report
from archadvisor.workflows.saving import save
from archadvisor.workflows.session import session


@click.command()
@click.argument("workload", metavar="WORKLOAD")
@click.option("-o", "--output", metavar="FILE", help="Write to a file instead of stdout.")
@pack_option
@as_of_option
def report(workload: str, output: str | None, packs: tuple[str, ...], day: str | None) -> None:
    """Write the design report of a workload as Markdown."""
    try:
        text = design_report(session(packs, day or today()), workload)
        if output is not None:
            save(output, text)
    except ArchadvisorError as error:
        give_up(error)
    if output is None:
        write(text)

"""`archadvisor report`."""

import click

from archadvisor.cli.terminal import as_of_option, give_up, pack_option, today, write
from archadvisor.errors import ArchadvisorError
from archadvisor.workflows.configuration import configured
from archadvisor.workflows.report import design_report
from archadvisor.workflows.saving import save


@click.command()
@click.argument("workload", required=False, type=click.Path(), metavar="WORKLOAD")
@click.option("-o", "--output", metavar="FILE", help="Write to a file instead of stdout.")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if a report is out of date.")
@pack_option
@as_of_option
def report(workload: str | None, output: str | None, check: bool, packs: tuple[str, ...], day: str | None) -> None:
    """Write the design report of a workload as Markdown.

    With --check, FILE is held against what it would be now, for the day it was written for; without FILE, each report
    that git tracks here is, against the workload it names.
    """
    if check:
        from archadvisor.cli.freshness import check_reports

        check_reports(workload, output, packs, day)
    if workload is None:
        raise click.UsageError("Missing argument 'WORKLOAD'.")
    try:
        text = design_report(configured([workload], packs, day or today()), workload, output)
        if output is not None:
            save(output, text)
    except ArchadvisorError as error:
        give_up(error)
    if output is None:
        write(text)

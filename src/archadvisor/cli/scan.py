"""`archadvisor scan`."""

import sys

import click

from archadvisor.cli.options import as_of_option, pack_option
from archadvisor.cli.terminal import give_up, paper, progress, today, write
from archadvisor.errors import ArchadvisorError
from archadvisor.model.configuration import FailOn
from archadvisor.model.rule import SEVERITIES
from archadvisor.model.totals import total
from archadvisor.rendering.scan import scan_json, scan_text
from archadvisor.workflows.check import exit_status
from archadvisor.workflows.configuration import Settings, configured
from archadvisor.workflows.configuration import fail_on as configured_fail_on
from archadvisor.workflows.scan import scan as scanned


@click.command()
@click.argument("folder", default=".", type=click.Path(readable=False), metavar="[DIR]")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option("--fail-on", type=click.Choice([*SEVERITIES, "never"]), default=None, help="As for check.")
@click.option("-v", "--verbose", is_flag=True, help="Show reasons and arithmetic.")
@pack_option
@as_of_option
def scan(
    folder: str, form: str, fail_on: FailOn | None, verbose: bool, packs: tuple[str, ...], day: str | None
) -> None:
    """Find the workloads of a repository, and advise on each.

    DIR is this folder unless another is given. Workload files and files of other tools are found by what is in them;
    what git ignores is passed over. Files that describe one workload are taken together: Compose files as Compose joins
    them, manifests and task definitions by folder.

    Exit status: as for check.
    """
    try:
        settings = Settings()
        least = fail_on or configured_fail_on(settings, (folder,))
        program = configured((folder,), packs, day or today(), True, settings)
        inventory, report = scanned(program, folder, verbose or form == "json", progress(False))
    except ArchadvisorError as error:
        give_up(error)
    write(scan_json(inventory, report) if form == "json" else scan_text(inventory, report, paper(), verbose))
    sys.exit(exit_status(report, total(report.advices), None if least == "never" else least))

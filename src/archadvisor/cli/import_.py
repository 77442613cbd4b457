"""`archadvisor import`."""

import json

import click

from archadvisor.cli.terminal import give_up, write
from archadvisor.errors import ArchadvisorError
from archadvisor.rendering.intake import imported_json, imported_lines
from archadvisor.workflows.intake import imported
from archadvisor.workflows.intake import write as write_file


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(), metavar="FILE...")
@click.option("-o", "--output", default="workload.yaml", type=click.Path(), metavar="FILE", help="The file to write.")
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
@click.option("--format", "form", type=click.Choice(["yaml", "json"]), default="yaml", help="JSON goes to stdout.")
def import_(files: tuple[str, ...], output: str, force: bool, form: str) -> None:
    """Write a workload file from Compose files, Kubernetes manifests and ECS task definitions.

    Each fact says where it comes from. Several files are joined in their order, as Compose does. What they do not say
    stays unknown. Secrets in plain text are told by name and place, and their values are kept nowhere. Nothing is run,
    and no other file is read.
    """
    try:
        found = imported(files)
        if form == "yaml":
            write_file(found, output, force)
    except ArchadvisorError as error:
        give_up(error)
    said = found.facts, found.leaks, found.remarks
    if form == "json":
        write(json.dumps(imported_json(found.sheet, *said), indent=2) + "\n")
    else:
        write("".join(f"{line}\n" for line in imported_lines(output, len(found.sheet.services), *said)))

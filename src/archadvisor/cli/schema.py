"""`archadvisor schema`."""

import click

from archadvisor.cli.terminal import write
from archadvisor.workflows.schema import NAMES, schema_text


@click.command()
@click.argument("name", type=click.Choice(NAMES))
def schema(name: str) -> None:
    """Print the JSON Schema of a workload file, a pack's files, the advice, the catalog, a baseline or a lock."""
    write(schema_text(name))

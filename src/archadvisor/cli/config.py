"""`archadvisor config`."""

import click

from archadvisor.cli.terminal import give_up, paper, today, write
from archadvisor.errors import ArchadvisorError
from archadvisor.rendering.configuration import settings_json, settings_text
from archadvisor.workflows.configuration import effective, overriding, settings_in_force


@click.group()
def config() -> None:
    """Show the settings that count for a file."""


@config.command()
@click.argument("path", default=".", type=click.Path(readable=False), metavar="[PATH]")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print the result.")
def show(path: str, form: str) -> None:
    """Print every setting that counts for a file or folder, with the file and line it comes from.

    Settings are in the nearest archadvisor.toml, or pyproject.toml with [tool.archadvisor], upwards from the file.
    What `check` would refuse of them is told, with exit status 2.
    """
    try:
        found = settings_in_force(path, today())
    except ArchadvisorError as error:
        give_up(error)
    choice, overrides = effective(found, path), overriding(found, path)
    if form == "json":
        write(settings_json(path, found, choice, overrides))
    else:
        write(settings_text(path, found, choice, overrides, paper()))

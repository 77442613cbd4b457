"""`archadvisor config`."""

import click

from archadvisor.cli.terminal import give_up, paper, write
from archadvisor.errors import ArchadvisorError
from archadvisor.rendering.configuration import settings_json, settings_text
from archadvisor.workflows.configuration import Settings, effective, overriding


@click.group()
def config() -> None:
    """Show the settings that count for a file."""


@config.command()
@click.argument("path", default=".", type=click.Path(), metavar="[PATH]")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print the result.")
def show(path: str, form: str) -> None:
    """Print every setting that counts for a file or folder, with the file and line it comes from.

    Settings are in the nearest archadvisor.toml, or pyproject.toml with [tool.archadvisor], upwards from the file.
    """
    try:
        found = Settings().of(path)
    except ArchadvisorError as error:
        give_up(error)
    choice, overrides = effective(found, path), overriding(found, path)
    if form == "json":
        write(settings_json(path, found, choice, overrides))
    else:
        write(settings_text(path, found, choice, overrides, paper()))

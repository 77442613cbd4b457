"""`archadvisor diff`."""

import sys

import click

from archadvisor.cli.options import as_of_option, pack_option
from archadvisor.cli.terminal import give_up, paper, today, write
from archadvisor.errors import ArchadvisorError
from archadvisor.rendering.difference import difference_json, difference_text
from archadvisor.workflows.configuration import configured
from archadvisor.workflows.difference import differences

TURNED = 1


@click.command()
@click.argument("ref", metavar="REF")
@click.argument("paths", nargs=-1, type=click.Path(readable=False), metavar="[PATH...]")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print the result.")
@pack_option
@as_of_option
def diff(ref: str, paths: tuple[str, ...], form: str, packs: tuple[str, ...], day: str | None) -> None:
    """Show which decisions have changed since a git revision, and which edits changed each.

    PATH is as for check, by default this folder. Both versions are held against the same packs, for the same day. The
    edits named are the fewest that change the decision; each set was tried.

    Exit status: 0 no decision has another option; 1 some have; 2 something could not be used.
    """
    if "-" in paths:
        raise click.UsageError("git knows nothing of `-`; name the file that is to be compared")
    try:
        program = configured(paths or (".",), packs, day or today())
        found = differences(program, ref, paths or (".",))
    except ArchadvisorError as error:
        give_up(error)
    if form == "json":
        write(difference_json(found, ref, program.day))
    else:
        write(difference_text(found, ref, program.rulebook.decisions, paper()))
    sys.exit(TURNED if any(each.turns for each in found) else 0)

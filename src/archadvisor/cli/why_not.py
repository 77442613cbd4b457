"""`archadvisor why-not`."""

import click

from archadvisor.cli.options import as_of_option, pack_option
from archadvisor.cli.terminal import give_up, paper, stdin_bytes, today, write
from archadvisor.errors import ArchadvisorError
from archadvisor.rendering.answers import why_not_text
from archadvisor.rendering.answers_json import why_not_json
from archadvisor.workflows.configuration import configured
from archadvisor.workflows.whynot import split
from archadvisor.workflows.whynot import why_not as searched


@click.command("why-not")
@click.argument("workload", type=click.Path(readable=False), metavar="WORKLOAD")
@click.argument("wanted", metavar="DECISION[/SUBJECT]=OPTION")
@click.option(
    "--fixed",
    multiple=True,
    metavar="PATHS",
    help="Facts to leave alone, with commas between them: paths, what they begin with, or patterns.",
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print the result.")
@pack_option
@as_of_option
def why_not(
    workload: str, wanted: str, fixed: tuple[str, ...], form: str, packs: tuple[str, ...], day: str | None
) -> None:
    """Show the smallest sets of changes to the facts of a workload that would make an option win.

    Such as: archadvisor why-not workload.yaml compute/web=ec2 --fixed regions,services.web.gpus. Numbers change to
    the nearest threshold of a rule. Every set was tried. Services and the like are neither added nor taken away.
    """
    try:
        program = configured([workload], packs, day or today())
        found = searched(program, workload, stdin_bytes(workload), wanted, list(split(fixed)))
    except ArchadvisorError as error:
        give_up(error)
    decisions = program.rulebook.decisions
    write(why_not_json(found, decisions, program.day) if form == "json" else why_not_text(found, decisions, paper()))

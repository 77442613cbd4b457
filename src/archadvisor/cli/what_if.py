"""`archadvisor what-if`."""

import click

from archadvisor.cli.options import as_of_option, pack_option
from archadvisor.cli.terminal import give_up, paper, stdin_bytes, today, write
from archadvisor.errors import ArchadvisorError
from archadvisor.rendering.answers import what_if_text
from archadvisor.rendering.answers_json import what_if_json
from archadvisor.workflows.configuration import configured
from archadvisor.workflows.whatif import what_if as compared


@click.command("what-if")
@click.argument("workload", type=click.Path(readable=False), metavar="WORKLOAD")
@click.option("--set", "settings", multiple=True, required=True, metavar="PATH=VALUE", help="May be given again.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print the result.")
@pack_option
@as_of_option
def what_if(workload: str, settings: tuple[str, ...], form: str, packs: tuple[str, ...], day: str | None) -> None:
    """Show the advice before and after changes to a workload: side by side, with the reasons that went and came.

    PATH is where a fact is, or would be, written, such as services.web.gpus; VALUE is YAML, or unknown. A whole
    subject can be added: services.mailer={kind: worker}. The file stays as it is; - is stdin.
    """
    try:
        program = configured([workload], packs, day or today())
        found = compared(program, workload, stdin_bytes(workload), settings)
    except ArchadvisorError as error:
        give_up(error)
    decisions = program.rulebook.decisions
    write(what_if_json(found, decisions, program.day) if form == "json" else what_if_text(found, decisions, paper()))

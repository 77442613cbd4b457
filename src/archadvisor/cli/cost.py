"""`archadvisor cost`."""

import click

from archadvisor.cli.options import as_of_option, pack_option
from archadvisor.cli.terminal import give_up, paper, stdin_bytes, today, write
from archadvisor.errors import ArchadvisorError
from archadvisor.rendering.cost import cost_json, cost_text
from archadvisor.workflows.configuration import configured
from archadvisor.workflows.cost import estimate


@click.command()
@click.argument("workload", type=click.Path(readable=False), metavar="WORKLOAD")
@click.option(
    "--prices", type=click.Path(readable=False), metavar="FILE", help="Prices by item, in place of the catalog's."
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print the result.")
@pack_option
@as_of_option
def cost(workload: str, prices: str | None, form: str, packs: tuple[str, ...], day: str | None) -> None:
    """Estimate what a workload costs a month, as advised and otherwise, each line with its formula.

    Ranges go from the fewest replicas to the most. Prices are list prices of the catalog (archadvisor catalog list
    prices); a YAML file such as `fargate_linux_x86_vcpu: "0.0364"` replaces some. - is stdin.
    """
    try:
        program = configured([workload], packs, day or today())
        found = estimate(program, workload, stdin_bytes(workload), prices)
    except ArchadvisorError as error:
        give_up(error)
    write(cost_json(found) if form == "json" else cost_text(found, paper()))

"""`archadvisor diagram`."""

import click

from archadvisor.cli.endings import form_of
from archadvisor.cli.options import as_of_option, pack_option
from archadvisor.cli.overwriting import refuse_overwriting
from archadvisor.cli.terminal import give_up, stdin_bytes, today, write
from archadvisor.errors import ArchadvisorError
from archadvisor.workflows.configuration import configured
from archadvisor.workflows.diagram import diagram as drawn
from archadvisor.workflows.saving import save

_FORMS = ("svg", "mmd")
_ENDINGS = {f".{form}": form for form in _FORMS}


@click.command()
@click.argument("workload", type=click.Path(readable=False), metavar="WORKLOAD")
@click.option("-o", "--output", metavar="FILE", help="Write to a file instead of stdout; its ending says the format.")
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMS),
    help="SVG, or Mermaid text; default what FILE ends with.",
)
@pack_option
@as_of_option
def diagram(workload: str, output: str | None, form: str | None, packs: tuple[str, ...], day: str | None) -> None:
    """Draw the recommended architecture: who calls what, what runs where, images, secrets.

    Without -o and --format it is Mermaid. SVG needs the extra archadvisor[report]. - is stdin.
    """
    form = form or form_of(output, _ENDINGS, "mmd")
    refuse_overwriting([output], [workload])
    try:
        text = drawn(configured([workload], packs, day or today()), workload, form, stdin_bytes(workload))
        if output is not None:
            save(output, text)
    except ArchadvisorError as error:
        give_up(error)
    if output is None:
        write(text)

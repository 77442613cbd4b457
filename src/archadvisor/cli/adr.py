"""`archadvisor adr`."""

import os
import sys

import click

from archadvisor.cli.options import as_of_option, pack_option
from archadvisor.cli.terminal import complain, give_up, today, write
from archadvisor.errors import ArchadvisorError
from archadvisor.rendering.adr import contradictions_text
from archadvisor.rendering.paint import counted
from archadvisor.workflows.adr import accepted_in, check_records, write_records
from archadvisor.workflows.configuration import configured
from archadvisor.workflows.report import Design

CONTRADICTED = 1
NOTHING_CHECKED = 3


@click.group()
def adr() -> None:
    """Architecture decision records, as `report --adr` writes them."""


@adr.command("check")
@click.argument("folder", type=click.Path(readable=False), metavar="DIR")
@pack_option
@as_of_option
def check(folder: str, packs: tuple[str, ...], day: str | None) -> None:
    """Hold accepted records against today's advice.

    A record counts when a person has set its status to accepted. Exit status: 0 all hold; 1 some do not, each told
    with the fact that changed; 2 something could not be used; 3 no record is accepted.
    """
    try:
        files = [os.path.normpath(os.path.join(folder, recorded.workload)) for _, recorded in accepted_in(folder)]
        programs = {file: configured([file], packs, day or today()) for file in dict.fromkeys(files)}
        found = check_records(programs, folder)
    except ArchadvisorError as error:
        give_up(error)
    if not found.accepted:
        complain(f"nothing was checked: no record in {folder} is accepted\n")
        sys.exit(NOTHING_CHECKED)
    decisions = next(iter(programs.values())).rulebook.decisions
    titles = {(decision.id, option.id): option.title for decision in decisions for option in decision.options}
    write(contradictions_text(found.contradictions, titles))
    broken = len({each.file for each in found.contradictions})
    write(f"{counted(found.accepted, 'accepted record')} checked, {broken or 'none'} contradicted\n")
    sys.exit(CONTRADICTED if broken else 0)


def record(found: Design, folder: str, workload: str, day: str) -> None:
    """Writes the records of the decisions about a workload, and tells which of them have changed.

    Raises:
        UnreadableInput: records cannot be read or written.
    """
    changes = write_records(found, folder, workload, day)
    write("".join(f"{change}: {os.path.join(folder, name)}\n" for name, change in changes))
    write(f"{counted(len(changes), 'record')} written\n" if changes else "no record has changed\n")

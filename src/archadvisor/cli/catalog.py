"""`archadvisor catalog`."""

import sys

import click

from archadvisor.cli.options import Command, as_of_option, pack_option
from archadvisor.cli.terminal import give_up, paper, today, write
from archadvisor.engine.program import Program
from archadvisor.errors import ArchadvisorError
from archadvisor.rendering import catalog as rendering
from archadvisor.workflows.catalog import problems, stale, tables
from archadvisor.workflows.configuration import configured_packs
from archadvisor.workflows.session import session


def _form_option(command: Command) -> Command:
    form = click.Choice(["text", "json"])
    return click.option("--format", "form", type=form, default="text", help="How to print the result.")(command)


@click.group(invoke_without_command=True)
@click.pass_context
def catalog(ctx: click.Context) -> None:
    """Show the dated facts about AWS that the advice rests on, and whether they are due or disagree with the rules."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_)


@catalog.command("list")
@click.argument("names", nargs=-1, metavar="[TABLE...]")
@_form_option
@as_of_option
def list_(names: tuple[str, ...] = (), form: str = "text", day: str | None = None) -> None:
    """List the tables; those that are named with their values and the rules that rest on them."""
    program = _program((), day)
    try:
        found = tables(program, names)
    except ArchadvisorError as error:
        give_up(error)
    text = rendering.shelves_text(found, bool(names), paper())
    write(rendering.shelves_json(found, program.day) if form == "json" else text)


@catalog.command("stale")
@_form_option
@as_of_option
def stale_(form: str, day: str | None) -> None:
    """List the values whose review date has passed; exit 1 if there are some."""
    program = _program((), day)
    found = stale(program)
    text = rendering.due_text(found, program.day, paper())
    write(rendering.due_json(found, program.day) if form == "json" else text)
    sys.exit(1 if found else 0)


@catalog.command("check")
@_form_option
@pack_option
@as_of_option
def check_(form: str, packs: tuple[str, ...], day: str | None) -> None:
    """Check the catalog in itself and against the rules; exit 1 if something is wrong.

    Every value must have a source that is known, no two may hold on the same day, and a rule to which a table says
    that it is tied must have the table's value as its constant. Other constants of rules are held to nothing.
    """
    program = _program(_with_configured(packs), day)
    found = problems(program)
    text = rendering.flaws_text(found, len(program.catalog), paper())
    write(rendering.flaws_json(found, program.day) if form == "json" else text)
    sys.exit(1 if found else 0)


def _with_configured(packs: tuple[str, ...]) -> tuple[str, ...]:
    try:
        return configured_packs(packs)
    except ArchadvisorError as error:
        give_up(error)


def _program(packs: tuple[str, ...], day: str | None) -> Program:
    try:
        return session(packs, day or today())
    except ArchadvisorError as error:
        give_up(error)

"""`archadvisor rules`."""

import sys

import click

from archadvisor.cli.options import as_of_option, pack_option
from archadvisor.cli.terminal import complain, give_up, paper, today, write
from archadvisor.engine.program import Program
from archadvisor.errors import ArchadvisorError
from archadvisor.rendering.paint import counted
from archadvisor.rendering.rules import coverage_json, coverage_text, rules_text
from archadvisor.rendering.text import diagnostics_text
from archadvisor.workflows.configuration import configured_packs
from archadvisor.workflows.rules import exercised, listed_rules, test_rules
from archadvisor.workflows.session import session


@click.group(invoke_without_command=True)
@click.pass_context
def rules(ctx: click.Context) -> None:
    """List rules, test the examples of packs, or prove that packs have no holes."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_)


@rules.command("list")
@click.option("--decision", metavar="NAME", help="Rules of one decision; `findings` for those that flag.")
@click.option("--subject", metavar="KIND", help="Rules about one kind of subject, such as `service`.")
@click.argument("text", required=False)
@pack_option
def list_(
    decision: str | None = None, subject: str | None = None, text: str | None = None, packs: tuple[str, ...] = ()
) -> None:
    """List rules; TEXT narrows them to those with it in their id or reason."""
    program = _program(_with_configured(packs), today())
    try:
        found = listed_rules(program, decision, subject, text)
    except ArchadvisorError as error:
        give_up(error)
    write(rules_text(found, paper()))
    sys.exit(0 if found else 3)


@rules.command("test")
@pack_option
@as_of_option
def test(packs: tuple[str, ...], day: str | None) -> None:
    """Run every example of every rule, and leave out each comparison once.

    Examples are told for the day the packs were last checked, unless --as-of says otherwise.
    """
    packs = _with_configured(packs)
    program = _program(packs, day)
    tested = test_rules(program, packs)
    if tested.problems:
        complain(diagnostics_text(tested.problems, tested.lines, paper()))
    problems = "no problems" if not tested.problems else counted(len(tested.problems), "problem")
    write(f"{counted(tested.rules, 'rule')}, {counted(tested.examples, 'example')}: {problems}\n")
    sys.exit(1 if tested.problems else 0)


@rules.command("coverage")
@click.argument("paths", nargs=-1, required=True, type=click.Path(readable=False), metavar="PATH...")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print the result.")
@pack_option
@as_of_option
def coverage(paths: tuple[str, ...], form: str, packs: tuple[str, ...], day: str | None) -> None:
    """Show which rules decide, speak or keep silent in the workloads that PATHs mean, as `check` finds them."""
    program = _program(_with_configured(packs), day or today())
    try:
        found = exercised(program, paths)
    except ArchadvisorError as error:
        give_up(error)
    write(coverage_json(found) if form == "json" else coverage_text(found, paper()))


@rules.command("verify")
@click.argument("folders", nargs=-1, type=click.Path(readable=False), metavar="[PACK]...")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print the result.")
@pack_option
@as_of_option
def verify(folders: tuple[str, ...], form: str, packs: tuple[str, ...], day: str | None) -> None:
    """Prove that the rules have no holes: the built-in pack, with house rules given as PACKs or by --pack.

    Exit status 1 if there is a defect. What could not be decided is told as `bounded`.
    """
    from archadvisor.rendering.verification import verification_json, verification_text
    from archadvisor.workflows.verify import verified

    packs = tuple(dict.fromkeys(_with_configured((*folders, *packs))))
    program = _program(packs, day)
    try:
        found = verified(program, packs)
    except ArchadvisorError as error:
        give_up(error)
    write(verification_json(found) if form == "json" else verification_text(found, paper()))
    sys.exit(1 if found.defects else 0)


@rules.command("diff")
@click.argument("old", type=click.Path(readable=False), metavar="OLD")
@click.argument("new", type=click.Path(readable=False), metavar="NEW")
@click.argument("paths", nargs=-1, type=click.Path(readable=False), metavar="[WORKLOAD...]")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print the result.")
@as_of_option
def diff(old: str, new: str, paths: tuple[str, ...], form: str, day: str | None) -> None:
    """Compare two packs by meaning: which decisions change, each with a workload that shows it.

    OLD and NEW are folders, of house packs or of versions of the built-in one. WORKLOADs are told where they change.
    Exit status 0: the packs mean the same, which is proved then; 1: they do not.
    """
    from archadvisor.rendering.packdiff import packdiff_json, packdiff_text
    from archadvisor.workflows.packdiff import compared

    try:
        found, titles = compared(old, new, day or today(), paths)
    except ArchadvisorError as error:
        give_up(error)
    write(packdiff_json(found) if form == "json" else packdiff_text(found, titles, paper()))
    sys.exit(0 if found.same else 1)


@rules.command("new")
@click.argument("folder", type=click.Path(readable=False), metavar="FOLDER")
def new(folder: str) -> None:
    """Write a pack to begin with: a folder with one rule, its source and its examples, which `rules test` passes."""
    from archadvisor.workflows.skeleton import write_skeleton

    try:
        files = write_skeleton(folder, today())
    except ArchadvisorError as error:
        give_up(error)
    write("".join(f"wrote {file}\n" for file in files))
    write(f"next: archadvisor rules test --pack {folder}\n")


def _with_configured(packs: tuple[str, ...]) -> tuple[str, ...]:
    try:
        return configured_packs(packs)
    except ArchadvisorError as error:
        give_up(error)


def _program(packs: tuple[str, ...], day: str | None) -> Program:
    try:
        return session(packs, day)
    except ArchadvisorError as error:
        give_up(error)

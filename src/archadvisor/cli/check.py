"""`archadvisor check`."""

import gc
import sys

import click

from archadvisor.cli.fixing import fix_options, mend
from archadvisor.cli.terminal import as_of_option, complain, give_up, pack_option, paper, today, write
from archadvisor.errors import ArchadvisorError
from archadvisor.model.rule import SEVERITIES, Severity
from archadvisor.rendering import FORMATS
from archadvisor.workflows.check import check as checked
from archadvisor.workflows.check import exit_status
from archadvisor.workflows.session import session

_SEVERITIES: dict[str, Severity] = {severity: severity for severity in SEVERITIES}


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--stdin-filename", default="stdin", metavar="NAME", help="The name to show for `-`.")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text", help="How to print the result.")
@click.option(
    "--fail-on",
    type=click.Choice([*SEVERITIES, "never"]),
    default="error",
    help="The least severity that fails the check.",
)
@click.option("--assume-nothing", is_flag=True, help="Take everything that is not stated as unknown.")
@click.option("--require-settled", is_flag=True, help="Fail while unknown facts could still change the advice.")
@click.option("-v", "--verbose", is_flag=True, help="Show the reasons of every decision and the arithmetic.")
@fix_options
@pack_option
@as_of_option
def check(
    paths: tuple[str, ...],
    stdin_filename: str,
    form: str,
    fail_on: str,
    assume_nothing: bool,
    require_settled: bool,
    verbose: bool,
    fix: bool,
    diff: bool,
    unsafe_fixes: bool,
    packs: tuple[str, ...],
    day: str | None,
) -> None:
    """Check workload files: decisions with their reasons, then findings.

    PATH is a file, a folder (its workload.yaml, *.workload.yaml and files with the schema modeline), or - for stdin.

    Exit status: 0 fine; 1 findings at or above --fail-on; 2 something could not be used; 3 nothing was checked;
    4 not settled, under --require-settled. After --fix it speaks of what is left; with --diff, 1 is: --fix would change
    something. With --fix and -, the fixed text goes to stdout and the report to stderr.
    """
    try:
        program = session(packs, day or today(), assume=not assume_nothing)
    except ArchadvisorError as error:
        give_up(error)
    stdin = (stdin_filename, sys.stdin.buffer.read()) if "-" in paths else None
    gc.disable()  # values are trees without cycles: collecting finds nothing, and costs a tenth of the time
    mended = mend(program, paths, stdin, fix, diff, unsafe_fixes)
    report = checked(
        program, paths, mended.stdin, explained=True if verbose or require_settled or form == "json" else None
    )
    report = mended.told(report)
    tell = complain if fix and stdin else write  # stdout then holds the text that came by stdin, fixed
    tell(FORMATS[form](report, paper(), verbose))
    sys.exit(exit_status(report, _SEVERITIES.get(fail_on), require_settled))

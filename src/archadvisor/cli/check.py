"""`archadvisor check`."""

import gc
import sys

import click

from archadvisor.cli.fixing import fix_options, mend
from archadvisor.cli.formats import Target, chosen, deliver, output_options
from archadvisor.cli.terminal import as_of_option, complain, give_up, pack_option, progress, today, write
from archadvisor.errors import ArchadvisorError
from archadvisor.model.rule import SEVERITIES, Severity
from archadvisor.rendering.telling import Telling
from archadvisor.workflows.acceptance import baseline_step, lock_step
from archadvisor.workflows.check import check as checked
from archadvisor.workflows.check import exit_status
from archadvisor.workflows.session import session

_SEVERITIES: dict[str, Severity] = {severity: severity for severity in SEVERITIES}


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--stdin-filename", default="stdin", metavar="NAME", help="The name to show for `-`.")
@output_options
@click.option(
    "--fail-on",
    type=click.Choice([*SEVERITIES, "never"]),
    default="error",
    help="The least severity that fails the check.",
)
@click.option("--baseline", metavar="FILE", help="Leave out the findings that a baseline knows.")
@click.option("--lock", metavar="FILE", help="The lock; default the nearest archadvisor.lock beside or above a file.")
@click.option("--assume-nothing", is_flag=True, help="Take everything that is not stated as unknown.")
@click.option("--require-settled", is_flag=True, help="Fail while unknown facts could still change the advice.")
@click.option("-v", "--verbose", is_flag=True, help="Show reasons, arithmetic, and what would change it.")
@fix_options
@pack_option
@as_of_option
def check(
    paths: tuple[str, ...],
    stdin_filename: str,
    targets: tuple[Target, ...],
    output: str | None,
    quiet: bool,
    statistics: bool,
    fail_on: str,
    baseline: str | None,
    lock: str | None,
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
    targets = chosen(targets, output)
    telling = Telling(verbose, quiet, statistics, _SEVERITIES.get(fail_on))
    stdin = (stdin_filename, sys.stdin.buffer.read()) if "-" in paths else None
    gc.disable()  # values are trees without cycles: collecting finds nothing, and costs a tenth of the time
    explained = True if verbose or require_settled or any(target.form == "json" for target in targets) else None
    try:
        program = session(packs, day or today(), assume=not assume_nothing)
        steps = [*([baseline_step(baseline)] if baseline else []), lock_step(program, lock)]
        mended = mend(program, paths, stdin, fix, diff, unsafe_fixes)
        report = checked(program, paths, mended.stdin, explained, progress(quiet), deep=verbose, steps=steps)
        # With --fix, stdout holds the text that came by stdin.
        deliver(mended.told(report), targets, telling, complain if fix and stdin else write)
    except ArchadvisorError as error:
        give_up(error)
    sys.exit(exit_status(report, telling.fail_on, require_settled))

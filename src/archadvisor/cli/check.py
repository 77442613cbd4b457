"""`archadvisor check`."""

import gc
import sys

import click

from archadvisor.cli.fixing import Mended, fix_options, mend
from archadvisor.cli.formats import Target, chosen, output_options
from archadvisor.cli.selecting import named, selected, selection_options
from archadvisor.cli.telling import Run, effort_options, tell
from archadvisor.cli.terminal import as_of_option, complain, give_up, pack_option, progress, today, write
from archadvisor.errors import ArchadvisorError
from archadvisor.model.configuration import FailOn
from archadvisor.model.rule import SEVERITIES
from archadvisor.rendering.telling import Telling
from archadvisor.workflows.acceptance import baseline_step, lock_step
from archadvisor.workflows.check import Checking, Effort, exit_status
from archadvisor.workflows.configuration import Settings, configured
from archadvisor.workflows.configuration import fail_on as configured_fail_on


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(), metavar="PATH...")
@selection_options
@click.option("--stdin-filename", default="stdin", metavar="NAME", help="The name to show for `-`.")
@output_options
@click.option(
    "--fail-on",
    type=click.Choice([*SEVERITIES, "never"]),
    default=None,
    help="The least severity that fails the check; default what the configuration says, else error.",
)
@click.option("--baseline", metavar="FILE", help="Leave out the findings that a baseline knows.")
@click.option("--lock", metavar="FILE", help="The lock; default the nearest archadvisor.lock beside or above a file.")
@click.option("--assume-nothing", is_flag=True, help="Take everything that is not stated as unknown.")
@click.option("--require-settled", is_flag=True, help="Fail while unknown facts could still change the advice.")
@click.option("-v", "--verbose", is_flag=True, help="Show reasons, arithmetic, and what would change it.")
@fix_options
@effort_options
@pack_option
@as_of_option
def check(
    paths: tuple[str, ...],
    changed: str | None,
    tracked: bool,
    watch: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    stdin_filename: str,
    targets: tuple[Target, ...],
    output: str | None,
    quiet: bool,
    statistics: bool,
    fail_on: FailOn | None,
    baseline: str | None,
    lock: str | None,
    assume_nothing: bool,
    require_settled: bool,
    verbose: bool,
    fix: bool,
    diff: bool,
    unsafe_fixes: bool,
    jobs: int | None,
    no_cache: bool,
    packs: tuple[str, ...],
    day: str | None,
) -> None:
    """Check workload files: decisions with their reasons, then findings.

    PATH is a file, a folder (its workload.yaml, *.workload.yaml and files with the schema modeline), or - for stdin.
    Files of other tools are taken too, such as compose.yaml, and folders of them that have no workload file.

    Exit status: 0 fine, or nothing has changed, under --changed; 1 findings at or above --fail-on; 2 something could
    not be used; 3 nothing was checked; 4 not settled, under --require-settled. After --fix it speaks of what is left;
    with --diff, 1 is: --fix would change something. With --fix and -, the fixed text goes to stdout and the report to
    stderr.
    """
    if watch:
        from archadvisor.cli.watching import watch as keep_checking

        keep_checking(paths, packs)
    targets = chosen(targets, output)
    stdin = (stdin_filename, sys.stdin.buffer.read()) if "-" in paths else None
    gc.disable()  # values are trees without cycles: collecting finds nothing, and costs a tenth of the time
    explained = True if verbose or require_settled or any(target.form == "json" for target in targets) else None
    try:
        paths = selected(paths, changed, tracked)
        settings = Settings(select, ignore)
        least = fail_on or configured_fail_on(settings, named(paths, stdin))
        telling = Telling(verbose, quiet, statistics, None if least == "never" else least)
        program = configured(named(paths, stdin), packs, day or today(), not assume_nothing, settings)
        steps = [*([baseline_step(baseline)] if baseline else []), lock_step(program, lock)]
        mended = mend(program, paths, stdin, fix, diff, unsafe_fixes) if paths else Mended(stdin)
        checking = Checking(program, mended.stdin, explained, verbose, steps)
        run = Run(checking, paths, Effort(jobs, progress(quiet)), changed, mended.told, not no_cache)
        # With --fix, stdout holds the text that came by stdin.
        report, totals = tell(run, targets, telling, complain if fix and stdin else write)
    except ArchadvisorError as error:
        give_up(error)
    sys.exit(exit_status(report, totals, telling.fail_on, require_settled))

"""What `archadvisor check` does; it knows click only to complain of options that do not go together."""

import gc
import sys
from typing import NoReturn

from archadvisor.cli.fixing import Mended, mend
from archadvisor.cli.formats import Target, chosen
from archadvisor.cli.selecting import named, selected
from archadvisor.cli.telling import Run, tell
from archadvisor.cli.terminal import complain, give_up, progress, today, write
from archadvisor.errors import ArchadvisorError
from archadvisor.model.configuration import FailOn
from archadvisor.rendering.telling import Telling
from archadvisor.workflows.acceptance import baseline_step, lock_step
from archadvisor.workflows.check import Checking, Effort, exit_status
from archadvisor.workflows.configuration import Settings, configured
from archadvisor.workflows.configuration import fail_on as configured_fail_on


def checked(
    paths: tuple[str, ...],
    *,
    changed: str | None = None,
    tracked: bool = False,
    watch: bool = False,
    select: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
    stdin_filename: str = "stdin",
    targets: tuple[Target, ...] = (),
    output: str | None = None,
    quiet: bool = False,
    statistics: bool = False,
    fail_on: FailOn | None = None,
    baseline: str | None = None,
    lock: str | None = None,
    assume_nothing: bool = False,
    require_settled: bool = False,
    verbose: bool = False,
    fix: bool = False,
    diff: bool = False,
    unsafe_fixes: bool = False,
    jobs: int | None = None,
    no_cache: bool = False,
    packs: tuple[str, ...] = (),
    day: str | None = None,
) -> NoReturn:
    """Checks what paths mean, tells of it, and ends; the other arguments are the options of the command."""
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

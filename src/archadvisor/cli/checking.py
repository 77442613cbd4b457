"""What `archadvisor check` does; it knows click only to complain of options that do not go together."""

import gc
import sys
from collections.abc import Sequence
from typing import NoReturn

from archadvisor.cli.fixing import Mended, mend
from archadvisor.cli.formats import Target, chosen
from archadvisor.cli.selecting import named, selected
from archadvisor.cli.telling import Run, tell
from archadvisor.cli.terminal import complain, give_up, progress, today, write
from archadvisor.engine.program import Program
from archadvisor.errors import ArchadvisorError
from archadvisor.model.configuration import FailOn
from archadvisor.model.frozen import dataclass, replace
from archadvisor.rendering.telling import Telling
from archadvisor.workflows.acceptance import baseline_step, lock_step
from archadvisor.workflows.check import Checking, Effort, exit_status
from archadvisor.workflows.configuration import Settings, configured
from archadvisor.workflows.configuration import fail_on as configured_fail_on


@dataclass(frozen=True, slots=True)
class Options:
    """The options of `archadvisor check`, with the values they have where nobody gives them."""

    changed: str | None = None
    tracked: bool = False
    watch: bool = False
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    stdin_filename: str = "stdin"
    targets: tuple[Target, ...] = ()
    output: str | None = None
    quiet: bool = False
    statistics: bool = False
    fail_on: FailOn | None = None
    baseline: str | None = None
    lock: str | None = None
    assume_nothing: bool = False
    require_settled: bool = False
    verbose: bool = False
    fix: bool = False
    diff: bool = False
    unsafe_fixes: bool = False
    jobs: int | None = None
    no_cache: bool = False
    packs: tuple[str, ...] = ()
    day: str | None = None


def checked(paths: tuple[str, ...], options: Options) -> NoReturn:
    """Checks what paths mean, tells of it, and ends."""
    if options.watch:
        from archadvisor.cli.watching import watch

        watch(paths, options.packs)
    targets = chosen(options.targets, options.output)
    stdin = (options.stdin_filename, sys.stdin.buffer.read()) if "-" in paths else None
    gc.disable()  # values are trees without cycles: collecting finds nothing, and costs a tenth of the time
    try:
        paths = selected(paths, options.changed, options.tracked)
        _refuse_overwriting(targets, paths, options)
        settings = Settings(options.select, options.ignore)
        least = options.fail_on or configured_fail_on(settings, named(paths, stdin))
        telling = Telling(options.verbose, options.quiet, options.statistics, None if least == "never" else least)
        day, assume = options.day or today(), not options.assume_nothing
        program = configured(named(paths, stdin), options.packs, day, assume, settings)
        checking = _checking(program, targets, options)
        mended = _mended(program, paths, stdin, options)
        checking = replace(checking, stdin=mended.stdin)
        effort = Effort(options.jobs, progress(options.quiet))
        run = Run(checking, paths, effort, options.changed, mended.told, not options.no_cache)
        # With --fix, stdout holds the text that came by stdin.
        report, totals = tell(run, targets, telling, complain if options.fix and stdin else write)
    except ArchadvisorError as error:
        give_up(error)
    sys.exit(exit_status(report, totals, telling.fail_on, options.require_settled))


def _refuse_overwriting(targets: Sequence[Target], paths: Sequence[str], options: Options) -> None:
    outputs = [target.file for target in targets if target.file is not None]
    if outputs:
        from archadvisor.cli.overwriting import refuse_overwriting

        refuse_overwriting(outputs, paths, (options.baseline, options.lock))


def _checking(program: Program, targets: Sequence[Target], options: Options) -> Checking:
    """How files are checked; a baseline and a lock are read before anything is mended."""
    as_json = any(target.form == "json" for target in targets)
    explained = True if options.verbose or options.require_settled or as_json else None
    baseline = [baseline_step(options.baseline)] if options.baseline else []
    steps = [*baseline, lock_step(program, options.lock)]
    return Checking(program, explained=explained, deep=options.verbose, steps=steps)


def _mended(program: Program, paths: Sequence[str], stdin: tuple[str, bytes] | None, options: Options) -> Mended:
    if not paths:
        return Mended(stdin)
    return mend(program, paths, stdin, options.fix, options.diff, options.unsafe_fixes)

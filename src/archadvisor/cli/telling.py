"""How the report of `check` is made and told: file by file where the format allows it, else as a whole."""

from collections.abc import Callable, Sequence

from archadvisor.cli.formats import Target, deliver
from archadvisor.cli.terminal import paper
from archadvisor.model.advice import Report
from archadvisor.model.frozen import dataclass
from archadvisor.model.totals import Totals, total
from archadvisor.rendering.flow import FLOWS
from archadvisor.rendering.paint import Paper
from archadvisor.rendering.telling import Telling
from archadvisor.workflows.check import Checking, Effort, check

Write = Callable[[str | bytes], None]


@dataclass(frozen=True, slots=True)
class Run:
    """What is checked, how, and what is added to the report."""

    checking: Checking
    paths: Sequence[str]
    effort: Effort
    since: str | None
    finish: Callable[[Report], Report]
    kept: bool
    """Whether what came out before may be taken for what would come out again."""


def tell(run: Run, targets: Sequence[Target], telling: Telling, write: Write) -> tuple[Report, Totals]:
    """Checks and tells; gives the report, perhaps without its advice, and its numbers.

    Raises:
        ArchadvisorError: something that the run needs cannot be used, or a file cannot be written.
    """
    if len(targets) == 1 and targets[0].form in FLOWS:
        return _told_by_file(run, targets[0], telling, write)
    report = run.finish(check(run.checking, run.paths, run.effort, run.since))
    deliver(report, targets, telling, write)
    return report, total(report.advices)


def _told_by_file(run: Run, target: Target, telling: Telling, write: Write) -> tuple[Report, Totals]:
    """Nothing is written before all files are checked."""
    from archadvisor.storage.spool import Spool
    from archadvisor.workflows.telling import Form, told

    sheet, spool = Paper() if target.file else paper(), Spool()
    name = repr((target.form, sheet, telling))
    form = Form(name, lambda several: FLOWS[target.form](sheet, telling, several), spool.take, run.finish, run.kept)
    report, totals = told(run.checking, form, run.paths, run.effort, run.since)
    if target.file is None:
        for piece in spool.pieces():
            write(piece)
    else:
        from archadvisor.workflows.saving import save

        save(target.file, b"".join(spool.pieces()).decode("utf-8"))
    return report, totals

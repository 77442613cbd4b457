"""`archadvisor report --check`."""

import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from archadvisor.cli.terminal import complain, give_up, write
from archadvisor.errors import ArchadvisorError
from archadvisor.rendering.paint import counted, printable
from archadvisor.workflows.freshness import committed_reports, freshness

STALE = 1
NOTHING_CHECKED = 3


def check_reports(workload: str | None, report: str | None, packs: Sequence[str], day: str | None) -> NoReturn:
    """Tells which reports are out of date, and ends: 0 none; 1 some; 2 unusable input; 3 there is no report."""
    if day is not None:
        raise click.UsageError("`--check` takes the day from the report; leave out `--as-of`")
    if workload is not None and report is None:
        raise click.UsageError("`--check` with a workload needs `-o FILE`, the report to check")
    try:
        reports = committed_reports(".") if report is None else [report]
        found = [freshness(each, workload, packs) for each in reports]
    except ArchadvisorError as error:
        give_up(error)
    if not found:
        complain("nothing was checked: git tracks no report here\n")
        sys.exit(NOTHING_CHECKED)
    stale = [each for each in found if each.stale is not None]
    write("".join(f"{printable(f'{each.report}: out of date: {each.stale}')}\n" for each in stale))
    write(f"{counted(len(found), 'report')} checked, {len(stale) or 'none'} out of date\n")
    sys.exit(STALE if stale else 0)

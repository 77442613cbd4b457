"""`archadvisor fleet`."""

import re
import sys
from contextlib import nullcontext

import click

from archadvisor.cli.endings import form_of
from archadvisor.cli.options import as_of_option, pack_option
from archadvisor.cli.terminal import complain, give_up, paper, progress, today, write
from archadvisor.engine.program import Program
from archadvisor.errors import ArchadvisorError
from archadvisor.fleet.addresses import shown
from archadvisor.model.fleet import FleetReport, Plan, Ran
from archadvisor.rendering.fleet import fleet_json, fleet_text, summary_text
from archadvisor.rendering.paint import Paper
from archadvisor.rendering.text import diagnostics_text
from archadvisor.workflows.check import unseen
from archadvisor.workflows.configuration import configured_packs
from archadvisor.workflows.extras import needing
from archadvisor.workflows.saving import save
from archadvisor.workflows.session import session

_RUN = "run"
_ENDINGS = {".txt": "text", ".json": "json", ".html": "html", ".htm": "html"}


class _Group(click.Group):
    """A group in which what names no command belongs to the first one."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        known = (*self.commands, *self.get_help_option_names(ctx))
        return super().parse_args(ctx, args if args and args[0] in known else [_RUN, *args] if args else args)


class _Pattern(click.ParamType[re.Pattern[str]]):
    """A regular expression with a group."""

    name = "regex"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> re.Pattern[str]:
        try:
            found = re.compile(str(value))
        except re.error as error:
            self.fail(f"`{value}` is no regular expression: {error}", param, ctx)
        if not found.groups:
            self.fail(f"`{value}` has no group; expected one such as `teams/([^/]+)/`", param, ctx)
        return found


@click.group(cls=_Group)
def fleet() -> None:
    """Check the workloads of an organisation, and ask about all of them.

    archadvisor fleet SOURCE... --out DIR is short for archadvisor fleet run SOURCE... --out DIR.
    """


@fleet.command(_RUN)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--out", required=True, metavar="DIR", help="Where the results go: a folder, or a URL that takes files.")
@click.option("--scheduler", metavar="URL", help="Work on the Dask cluster of this scheduler, such as tcp://host:8786.")
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="How many processes of this machine; default all cores.",
)
@click.option(
    "--team-from", "team", type=_Pattern(), metavar="REGEX", help="The first group, found in the URI, names the team."
)
@click.option("-q", "--quiet", is_flag=True, help="Show no progress.")
@pack_option
@as_of_option
def run(
    sources: tuple[str, ...],
    out: str,
    scheduler: str | None,
    jobs: int | None,
    team: re.Pattern[str] | None,
    quiet: bool,
    packs: tuple[str, ...],
    day: str | None,
) -> None:
    """Check many workloads, and write decisions, findings and diagnostics as Parquet.

    SOURCE is a folder, a pattern, a zip file, or a URL that fsspec reads, such as s3://bucket/teams. From folders
    workload files are taken; files of other tools are named by a pattern, such as '**/compose.yaml'. The team of a file
    is the first folder below its SOURCE, unless --team-from finds another. All are measured by the
    same rules: the configurations and locks of their folders do not count.

    A run that was killed goes on where it was when it is called again. DIR holds one run: with other rules, another day
    or other files, what no longer belongs is replaced.

    Exit status: 0 fine; 2 something could not be used (fleet report tells what); 3 nothing was found.
    """
    if scheduler is not None and jobs is not None:
        raise click.UsageError("`--jobs` is for this machine, and `--scheduler` says who works elsewhere")
    try:
        done = _ran(Plan(sources, out, team), scheduler, jobs, session(configured_packs(packs), day or today()), quiet)
    except ArchadvisorError as error:
        give_up(error)
    if done.diagnostics:
        complain(diagnostics_text(done.diagnostics, {}, paper()))
    write(summary_text(done.summary, shown(out), paper()))
    sys.exit(_status(done))


def _ran(plan: Plan, scheduler: str | None, jobs: int | None, program: Program, quiet: bool) -> Ran:
    with needing("a fleet", "fleet"):
        from archadvisor.fleet.cluster import on_cluster
        from archadvisor.fleet.processes import on_processes
        from archadvisor.fleet.run import run as ran
    with on_cluster(scheduler) if scheduler else nullcontext(on_processes(jobs)) as engine:
        return ran(plan, program, engine, progress(quiet) or unseen)


def _status(done: Ran) -> int:
    """2: something could not be used; 3: nothing was found; else 0."""
    if done.diagnostics or done.summary.tally.diagnostics:
        return 2
    return 0 if done.summary.tally.files else 3


@fleet.command("report")
@click.argument("out", metavar="DIR")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "html"]), help="Default what FILE ends with, else text."
)
@click.option("-o", "--output", metavar="FILE", help="Write to a file instead of stdout.")
@click.option(
    "--pack-from",
    "other",
    metavar="DIR2",
    help="What the results in DIR2, with other rules or of another day, say otherwise.",
)
def report(out: str, form: str | None, output: str | None, other: str | None) -> None:
    """Answer over the results in DIR: shares of options, findings by rule and team, files that could not be used.

    To see what a change of a pack or of the catalog would flip, run the fleet with it into a folder DIR2, and give that
    as --pack-from. HTML is one file that asks for nothing else; it needs the extra archadvisor[report].

    Exit status: 0, or 2 where something could not be used.
    """
    form = form or form_of(output, _ENDINGS, "text")
    try:
        with needing("a fleet", "fleet"):
            from archadvisor.fleet.report import fleet_report
        found = fleet_report(out, other)
        content = _rendered(found, form, Paper() if output else paper())
        if output is not None:
            save(output, content)
    except ArchadvisorError as error:
        give_up(error)
    if output is None:
        write(content)


def _rendered(found: FleetReport, form: str, on: Paper) -> str:
    if form == "html":
        from archadvisor.workflows.fleet import fleet_page

        return fleet_page(found)
    return fleet_json(found) if form == "json" else fleet_text(found, on)

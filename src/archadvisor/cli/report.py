"""`archadvisor report`."""

import sys

import click

from archadvisor.cli.endings import form_of
from archadvisor.cli.options import as_of_option, pack_option
from archadvisor.cli.overwriting import refuse_overwriting
from archadvisor.cli.progress import steps
from archadvisor.cli.terminal import give_up, stdin_bytes, today, write
from archadvisor.engine.program import Program
from archadvisor.errors import ArchadvisorError
from archadvisor.workflows.configuration import configured
from archadvisor.workflows.report import FORMS, Form, design, rendered
from archadvisor.workflows.saving import save

_ENDINGS: dict[str, Form] = {".md": "md", ".markdown": "md", ".html": "html", ".htm": "html"}
_ENDINGS |= {".pdf": "pdf", ".json": "json"}


@click.command()
@click.argument("workload", required=False, type=click.Path(readable=False), metavar="WORKLOAD")
@click.option("-o", "--output", metavar="FILE", help="Write to a file instead of stdout; its ending says the format.")
@click.option("--format", "form", type=click.Choice(FORMS), help="What to write; default what FILE ends with, else md.")
@click.option("--adr", "records", metavar="DIR", help="Write a record of each decision into DIR.")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if a report is out of date.")
@pack_option
@as_of_option
def report(
    workload: str | None,
    output: str | None,
    form: Form | None,
    records: str | None,
    check: bool,
    packs: tuple[str, ...],
    day: str | None,
) -> None:
    """Write the design report of a workload: Markdown, HTML, PDF or JSON.

    HTML is one file that asks for nothing else; it needs the extra archadvisor[report]. PDF is printed from it by a
    Chromium browser of this machine.

    With --adr, decisions are recorded in the form of MADR, and the report itself is written only with -o. What people
    write in records is kept, and a changed decision supersedes its record; archadvisor adr check holds accepted ones
    against later advice.

    With --check, FILE is held against what it would be now, for the day it was written for; without FILE, each report
    (Markdown or HTML) that git tracks here is, against the workload it names.
    """
    if check:
        from archadvisor.cli.freshness import check_reports

        check_reports(workload, output, packs, day)
    if workload is None:
        raise click.UsageError("Missing argument 'WORKLOAD'.")
    form = form or form_of(output, _ENDINGS, "md")
    _refuse_what_cannot_be(workload, output, form, records)
    refuse_overwriting([output], [workload])
    day = day or today()
    try:
        _report(configured([workload], packs, day), workload, output, form, records)
    except ArchadvisorError as error:
        give_up(error)


def _report(program: Program, workload: str, output: str | None, form: Form, records: str | None) -> None:
    """Writes the report and the records that are asked for."""
    with steps() as tell:
        tell("advising")
        found = design(program, workload, output, stdin_bytes(workload))
        content = rendered(found, form, tell) if output is not None or records is None else b""
    if output is not None:
        save(output, content)
    if records is not None:
        from archadvisor.cli.adr import record

        record(found, records, workload, program.day)
    if output is None:
        write(content)


def _refuse_what_cannot_be(workload: str, output: str | None, form: Form, records: str | None) -> None:
    if records is not None and workload == "-":
        raise click.UsageError("a record names the file of its workload, and `-` is none")
    if form == "pdf" and output is None and sys.stdout.isatty():
        raise click.UsageError("a PDF is nothing for a terminal; `-o FILE.pdf` writes it to a file")

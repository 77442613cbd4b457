"""`archadvisor init`."""

import os
import sys

import click

from archadvisor.cli import INTERRUPTED
from archadvisor.cli.options import as_of_option, pack_option
from archadvisor.cli.overwriting import refuse_overwriting
from archadvisor.cli.terminal import complain, give_up, today, write
from archadvisor.errors import ArchadvisorError, UnreadableInput
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.interview import Sheet
from archadvisor.rendering.paint import counted
from archadvisor.workflows.configuration import configured
from archadvisor.workflows.interview import Interview
from archadvisor.workflows.interview import write as write_file


@click.command()
@click.argument("file", default="workload.yaml", type=click.Path(readable=False), metavar="[FILE]")
@click.option(
    "--answers", type=click.Path(readable=False), metavar="FILE", help="Take the answers from a file; ask nothing."
)
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
@pack_option
@as_of_option
def init(file: str, answers: str | None, force: bool, packs: tuple[str, ...], day: str | None) -> None:
    """Write a workload file by an interview, which asks only what can still change an answer.

    What settles most is asked first, and what is decided is shown as it goes. "Don't know" is an answer: the file says
    unknown there, and check says what hangs on it. FILE is workload.yaml if not given; it is written at the end, as a
    whole, and never replaced without asking. With --answers, a YAML file of answers by their paths takes the place of
    the terminal: name, lists of regions, services, secrets and callers, services.NAME.endpoints, and facts such as
    services.NAME.cpu. What it does not answer stays open.
    """
    if answers is None and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.UsageError("this is no terminal to ask in; give the answers with `--answers FILE`")
    refuse_overwriting([file], (), [answers])
    _refuse_what_cannot_be_written(file)
    try:
        program = configured([os.path.dirname(file) or "."], packs, day or today())
        if answers is None:
            from archadvisor.cli.asking import held, may_replace

            _end_unless(force or not os.path.lexists(file) or may_replace(file))
            interview = held(program)
        else:
            _refuse_to_replace(file, force)
            interview = _from_answers(Interview(program, Sheet("")), answers)
        write_file(interview, file)
    except (KeyboardInterrupt, EOFError):
        complain("\nnothing was written\n")
        sys.exit(INTERRUPTED)
    except ArchadvisorError as error:
        give_up(error)
    _tell(interview, file)


def _refuse_what_cannot_be_written(file: str) -> None:
    """Ends before anything is asked where the answers could not be written."""
    if file == "-":
        raise click.UsageError("the workload is written to a file, and `-` is none; name one such as `workload.yaml`")
    folder = os.path.dirname(os.path.realpath(file))
    if not os.path.isdir(folder):
        raise click.UsageError(f"there is no folder `{os.path.dirname(file)}` to write `{os.path.basename(file)}` to")
    if os.path.isdir(file):
        raise click.UsageError(
            f"`{file}` is a folder; name a file in it, such as `{os.path.join(file, 'workload.yaml')}`"
        )
    if not os.access(folder, os.W_OK | os.X_OK):
        raise click.UsageError(f"`{file}` cannot be written: its folder may not be written to")


def _end_unless(go_on: bool) -> None:
    if not go_on:
        complain("nothing was written\n")
        sys.exit(INTERRUPTED)


def _refuse_to_replace(file: str, force: bool) -> None:
    if os.path.lexists(file) and not force:
        raise UnreadableInput([Diagnostic(file, "it is there already", None, "`--force` replaces it")])


def _from_answers(interview: Interview, file: str) -> Interview:
    """The interview with the answers in a file; each that cannot be is told."""
    from archadvisor.loading.answers import read_answers

    sheet, answers = read_answers(file)
    interview = Interview(interview.program, sheet)
    problems: list[Diagnostic] = []
    try:
        assert interview.workload
        for path, (written, place) in answers.items():
            try:
                interview = interview.answered(path, written)
            except UnreadableInput as error:
                problems += [Diagnostic(file, found.message, place, found.hint) for found in error.diagnostics]
    except UnreadableInput as error:
        raise UnreadableInput([Diagnostic(file, each.message, None, each.hint) for each in error.diagnostics]) from None
    if problems:
        raise UnreadableInput(problems)
    return interview


def _tell(interview: Interview, file: str) -> None:
    outcomes = interview.advice.decisions
    provisional = len([outcome for outcome in outcomes if not outcome.settled])
    write(f"wrote {file}: {counted(len(outcomes), 'decision')}, {provisional or 'none'} provisional\n")
    write("".join(f"  still open: {path}\n" for path in interview.advice.asks))
    write(f"next: archadvisor check {file}\n")

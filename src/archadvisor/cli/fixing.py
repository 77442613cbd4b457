"""`check --fix` and `check --diff`."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from archadvisor.cli.terminal import UNUSABLE, complain, paper, write
from archadvisor.engine.program import Program
from archadvisor.model.advice import Report
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.frozen import dataclass, replace

if TYPE_CHECKING:
    from archadvisor.workflows.fix import FixedFile

NOTHING_CHECKED = 3

Stdin = tuple[str, bytes] | None


@dataclass(frozen=True, slots=True)
class Mended:
    """What fixing came to: stdin as it is now, how many findings are fixed, what could not be written."""

    stdin: Stdin
    fixed: int | None = None
    problems: tuple[Diagnostic, ...] = ()

    def told(self, report: Report) -> Report:
        """The report on what is left, with what was done."""
        return replace(report, fixed=self.fixed, diagnostics=(*report.diagnostics, *self.problems))


def mend(program: Program, paths: Sequence[str], stdin: Stdin, fix: bool, diff: bool, unsafe: bool) -> Mended:
    """Fixes files and tells on stderr what it did; stdin goes to stdout. With `diff`, shows that instead, and ends."""
    if unsafe and not (fix or diff):
        import click

        raise click.UsageError("`--unsafe-fixes` needs `--fix` or `--diff`")
    if diff:
        sys.exit(_show(program, paths, stdin, unsafe))
    return _mended(program, paths, stdin, unsafe) if fix else Mended(stdin)


def _mended(program: Program, paths: Sequence[str], stdin: Stdin, unsafe: bool) -> Mended:
    from archadvisor.workflows.fix import fixed_files, saved

    files, _ = fixed_files(program, paths, stdin, unsafe)
    _tell_skipped(files)
    done, problems = saved(files)
    for file in done:
        for rule, fix in file.fixed:
            complain(_line(f"fixed {file.name}: {fix.title} [{rule}]"))
            complain(_line(f"  now: {fix.afterwards}") if fix.afterwards else "")
    piped = next((file.after.data for file in files if file.path == "-"), None)
    if piped is not None:
        sys.stdout.buffer.write(piped)
    name = stdin[0] if stdin else ""
    return Mended(stdin if piped is None else (name, piped), sum(len(file.fixed) for file in done), tuple(problems))


def _show(program: Program, paths: Sequence[str], stdin: Stdin, unsafe: bool) -> int:
    """Prints the diff; 2: something could not be used; 3: nothing was checked; 1: there is something to change."""
    from archadvisor.rendering.paint import counted
    from archadvisor.rendering.text import diagnostics_text
    from archadvisor.workflows.fix import diff, fixed_files

    files, problems = fixed_files(program, paths, stdin, unsafe)
    _tell_skipped(files)
    write(diff(files))
    if problems:
        lines = {file.name: file.before.lines for file in files}
        complain(diagnostics_text(problems, lines, paper()))
        return UNUSABLE
    if not files:
        return NOTHING_CHECKED
    changed = [file for file in files if file.is_changed]
    fixes = sum(len(file.fixed) for file in changed)
    complain(f"{counted(fixes, 'finding')} would be fixed in {counted(len(changed), 'file')}\n")
    return 1 if changed else 0


def _tell_skipped(files: Sequence["FixedFile"]) -> None:
    for file in files:
        if file.before.foreign:
            complain(_line(f"{file.name} is left as it is: fixes are made in workload files only"))


def _line(text: str) -> str:
    from archadvisor.rendering.paint import printable

    return f"{printable(text)}\n"

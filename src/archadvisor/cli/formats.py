"""In which formats `check` tells its report, how much of it, and where to."""

import os
from collections.abc import Callable, Sequence

from archadvisor.cli.terminal import paper, write
from archadvisor.model.advice import Report
from archadvisor.model.frozen import dataclass
from archadvisor.rendering import FORMATS
from archadvisor.rendering.paint import Paper
from archadvisor.rendering.telling import Telling


@dataclass(frozen=True, slots=True)
class Target:
    """A format, and the file that gets it; without one it goes to stdout."""

    form: str
    file: str | None


def chosen(targets: Sequence[Target], output: str | None) -> tuple[Target, ...]:
    """The formats asked for; text on stdout where none is.

    Raises:
        click.UsageError: two formats would go to one place, or `--output` has not one format to go with.
    """
    asked = tuple(targets) or (Target("text", None),)
    if output is not None:
        if len(asked) > 1 or asked[0].file is not None:
            import click

            raise click.UsageError("`--output` goes with a single `--format` that names no file")
        return (Target(asked[0].form, output),)
    places: set[str | None] = set()
    for target in asked:
        place = target.file and os.path.realpath(target.file)
        if place in places:
            import click

            where = f"`{target.file}`" if target.file else "stdout"
            raise click.UsageError(f"two formats go to {where}; name a file for each, as in `--format sarif=out.sarif`")
        places.add(place)
    return asked


def deliver(report: Report, targets: Sequence[Target], telling: Telling, tell: Callable[[str], None] = write) -> None:
    """Renders every format, then writes the files, then `tell`s the one without a file.

    Raises:
        UnreadableInput: a file cannot be written.
    """
    texts = [
        (target.file, FORMATS[target.form](report, Paper() if target.file else paper(), telling)) for target in targets
    ]
    for file, text in texts:
        if file is not None:
            from archadvisor.workflows.saving import save

            save(file, text)
    for file, text in texts:
        if file is None:
            tell(text)

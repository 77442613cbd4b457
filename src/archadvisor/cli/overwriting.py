"""Refuses to write a result over what it is made of."""

from collections.abc import Sequence


def refuse_overwriting(outputs: Sequence[str | None], paths: Sequence[str], others: Sequence[str | None] = ()) -> None:
    """Ends where an output is one of the files that are read.

    Raises:
        click.UsageError: naming both.
    """
    from archadvisor.workflows.overwriting import written_over

    for output, file in written_over(outputs, paths, others):
        import click

        raise click.UsageError(f"`{output}` would be written over `{file}`, which is read; write to another file")

"""Which of the files that paths mean `check` takes: `--changed` and `--tracked`; and `--watch`."""

from collections.abc import Sequence

import click

from archadvisor.cli.terminal import Command

_HEAD = "HEAD"


def selection_options(command: Command) -> Command:
    """`--changed`, `--tracked` and `--watch`."""
    changed = click.option(
        "--changed",
        is_flag=False,
        flag_value=_HEAD,
        metavar="[REF]",
        help="Only files that git finds changed since REF, default HEAD, new ones too. No PATH means this folder.",
    )
    tracked = click.option("--tracked", is_flag=True, help="Only files that git tracks. No PATH means this folder.")
    watch = click.option("--watch", is_flag=True, help="Check again whenever a file changes, until Ctrl-C.")
    return changed(tracked(watch(command)))


def selected(paths: Sequence[str], changed: str | None, tracked: bool) -> tuple[str, ...]:
    """The paths, or the files they mean as far as git says they are changed or tracked.

    Raises:
        UnreadableInput: git cannot tell.
    """
    if changed is None and not tracked:
        if not paths:
            raise click.UsageError("Missing argument 'PATH...'.")
        return tuple(paths)
    if "-" in paths:
        raise click.UsageError("git knows nothing of `-`; leave out `--changed` and `--tracked`")
    from archadvisor.workflows.selection import changed_files, tracked_files

    files = tuple(paths) or (".",)
    if changed is not None:
        files = changed_files(files, changed)
    return tracked_files(files) if tracked else files

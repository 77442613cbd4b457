"""What `check` takes and shows: `--changed`, `--tracked`, `--watch`, `--select` and `--ignore`."""

from collections.abc import Sequence

import click

from archadvisor.cli.terminal import Command

_HEAD = "HEAD"
_RULES = "findings of a rule, or of a group such as `lint/*`,"


def selection_options(command: Command) -> Command:
    """`--changed`, `--tracked`, `--watch`, `--select` and `--ignore`."""
    changed = click.option(
        "--changed",
        is_flag=False,
        flag_value=_HEAD,
        metavar="[REF]",
        help="Only files that git finds changed since REF, default HEAD, new ones too. No PATH means this folder.",
    )
    tracked = click.option("--tracked", is_flag=True, help="Only files that git tracks. No PATH means this folder.")
    watch = click.option("--watch", is_flag=True, help="Check again whenever a file changes, until Ctrl-C.")
    select = click.option("--select", multiple=True, metavar="RULE", help=f"Show {_RULES} alone; may be given again.")
    ignore = click.option("--ignore", multiple=True, metavar="RULE", help=f"Leave out {_RULES}; may be given again.")
    return changed(tracked(watch(select(ignore(command)))))


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


def named(paths: Sequence[str], stdin: tuple[str, bytes] | None) -> tuple[str, ...]:
    """The paths, with the name of stdin in the place of `-`."""
    return tuple(stdin[0] if path == "-" and stdin else path for path in paths)

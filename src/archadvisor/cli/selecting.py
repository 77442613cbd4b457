"""Which files `check` takes: those of paths, as far as they are changed or tracked."""

from collections.abc import Sequence


def selected(paths: Sequence[str], changed: str | None, tracked: bool) -> tuple[str, ...]:
    """The paths, or the files they mean as far as git says they are changed or tracked.

    Raises:
        UnreadableInput: git cannot tell.
    """
    if changed is None and not tracked:
        if not paths:
            import click

            raise click.UsageError("Missing argument 'PATH...'.")
        return tuple(paths)
    if "-" in paths:
        import click

        raise click.UsageError("git knows nothing of `-`; leave out `--changed` and `--tracked`")
    from archadvisor.workflows.selection import changed_files, tracked_files

    files = tuple(paths) or (".",)
    if changed is not None:
        files = changed_files(files, changed)
    return tracked_files(files) if tracked else files


def named(paths: Sequence[str], stdin: tuple[str, bytes] | None) -> tuple[str, ...]:
    """The paths, with the name of stdin in the place of `-`."""
    return tuple(stdin[0] if path == "-" and stdin else path for path in paths)

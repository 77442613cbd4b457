"""`check --watch`: the same check again whenever a file changes."""

import os
import subprocess
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from archadvisor.cli.terminal import complain

_ENDINGS = (".yaml", ".yml", ".toml", ".json", ".lock")


def watch(paths: Sequence[str], packs: Sequence[str]) -> NoReturn:
    """Checks now and after every change in the folders of paths and packs, until Ctrl-C."""
    try:
        from watchfiles import watch as changes
    except ImportError:
        raise click.ClickException("`--watch` needs the package watchfiles: install `archadvisor[watch]`") from None
    folders = sorted({path if os.path.isdir(path) else os.path.dirname(path) or "." for path in (*paths, *packs)})
    if "-" in paths or not all(map(os.path.isdir, folders)):
        raise click.UsageError("`--watch` needs files and folders that are there")
    # A process of its own reads packs and configuration anew.
    again = [sys.executable, "-m", "archadvisor", *(word for word in sys.argv[1:] if word != "--watch")]
    try:
        _check_again(again)
        for _ in changes(*folders, watch_filter=_matters, raise_interrupt=True):
            _check_again(again)
    except KeyboardInterrupt:
        complain("\n")
    sys.exit(0)


def _check_again(command: Sequence[str]) -> None:
    subprocess.run(command, check=False)
    complain("watching for changes; Ctrl-C ends\n")


def _matters(change: object, path: str) -> bool:
    """Whether a changed file can change what a check says."""
    return path.endswith(_ENDINGS)

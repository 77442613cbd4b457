"""`check --watch`: the same check again whenever a file changes."""

import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import NoReturn

import click

from archadvisor.cli.terminal import complain

_ENDINGS = (".yaml", ".yml", ".toml", "archadvisor.lock")
"""Not `.json`: a check may write some, which would set off the next check."""
_PATIENCE = 100
"""Milliseconds until the first check: by then changes are noticed, and none that comes meanwhile is lost."""


def watch(paths: Sequence[str], packs: Sequence[str]) -> NoReturn:
    """Checks now and after every change in the folders of paths and packs, until Ctrl-C."""
    try:
        from watchfiles import watch as changes
    except ImportError:
        raise click.ClickException("`--watch` needs the package watchfiles: install `archadvisor[watch]`") from None
    paths = paths or (".",)
    folders = sorted({path if os.path.isdir(path) else os.path.dirname(path) or "." for path in (*paths, *packs)})
    if "-" in paths or not all(map(os.path.isdir, folders)):
        raise click.UsageError("`--watch` needs files and folders that are there")
    checked = False
    with suppress(KeyboardInterrupt):
        for found in changes(*folders, watch_filter=_matters, rust_timeout=_PATIENCE, yield_on_timeout=True):
            if found or not checked:
                _check()
                checked = True
    sys.exit(0)


def _check() -> None:
    """Checks in a process of its own, which reads packs and configuration anew, and no code from this folder."""
    again = [sys.executable, "-P", "-m", "archadvisor", *(word for word in sys.argv[1:] if word != "--watch")]
    subprocess.run(again, check=False)
    complain("watching for changes; Ctrl-C ends\n")


def _matters(change: object, path: str) -> bool:
    """Whether a changed file can change what a check says."""
    return path.endswith(_ENDINGS)

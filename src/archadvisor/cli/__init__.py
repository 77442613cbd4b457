"""The command line: parses, calls a workflow, writes, exits."""

import errno
import os
import sys
from typing import NoReturn

from archadvisor.cli.plain import check_plainly, is_plain

_UNUSABLE = 2
INTERRUPTED = 130
"""The exit status of what a person ends by Ctrl-C."""


def main(prog_name: str | None = None) -> None:
    """Runs the command that this process was started with; it is called by its name, if that is known."""
    _with_streams()
    try:
        _run(sys.argv[1:], prog_name)
    except KeyboardInterrupt:
        _end("\nAborted!", INTERRUPTED)
    except OSError as error:
        _fail(error)


def _run(words: list[str], prog_name: str | None) -> None:
    if is_plain(words):
        try:
            check_plainly(words)
        except SystemExit as ended:
            _leave(ended.code if isinstance(ended.code, int) else 1)
    from archadvisor.cli.commands import archadvisor

    archadvisor(prog_name=prog_name)


def _leave(status: int) -> NoReturn:
    """Ends without taking apart what was built, which takes as long as Python takes to start."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def _with_streams() -> None:
    """Sees to it that there are all streams; one that is closed is empty, or swallows what is written."""
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    if sys.stdout is None:
        _end("archadvisor: stdout is closed, so there is nowhere to write to", _UNUSABLE)


def _is_gone() -> bool:
    """Whether the current folder is there no more."""
    try:
        return not os.getcwd()
    except OSError:
        return True


def _fail(error: OSError) -> NoReturn:
    """Ends where something of the system failed; a reader that wants no more is no failure to tell of."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what could not be written is not tried again at the end
    if error.errno == errno.EPIPE:
        sys.exit(1)
    what = error.filename or ("the current folder" if _is_gone() else "stdout")
    _end(f"archadvisor: {what} cannot be used: {(error.strerror or 'unknown reason').lower()}", _UNUSABLE)


def _end(message: str, status: int) -> NoReturn:
    sys.stderr.write(f"{message}\n")
    sys.exit(status)

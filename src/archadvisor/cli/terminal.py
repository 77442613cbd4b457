"""What the commands share: output in bytes that no locale changes, and how an unusable input ends."""

import datetime
import os
import sys
from collections.abc import Callable
from typing import BinaryIO, NoReturn

from archadvisor.errors import ArchadvisorError
from archadvisor.rendering.paint import Paper
from archadvisor.rendering.text import diagnostics_text

UNUSABLE = 2
_WIDEST = 120
_UNKNOWN_WIDTH = 80
_LINKING_VARIABLES = frozenset({"WT_SESSION", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "DOMTERM"})
_LINKING_PROGRAMS = frozenset({"iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "Tabby"})
_LINKING_TERMS = frozenset({"xterm-kitty", "xterm-ghostty", "alacritty", "foot"})
_LINKING_VTE = 5000


def today() -> str:
    """The day the clock of this machine shows."""
    return datetime.date.today().isoformat()


def paper() -> Paper:
    """What stdout is: its width, whether it takes colours, whether it takes links.

    NO_COLOR and FORCE_COLOR are obeyed. Links are for a terminal in colour that is known to show them.
    """
    terminal = sys.stdout.isatty()
    colours = not os.environ.get("NO_COLOR") and (
        bool(os.environ.get("FORCE_COLOR")) or (terminal and os.environ.get("TERM") != "dumb")
    )
    width = _terminal_width() if terminal or "COLUMNS" in os.environ else _UNKNOWN_WIDTH
    links = terminal and colours and _shows_links()
    return Paper(max(40, min(width, _WIDEST)), colours, os.getcwd() if links else None)


def _terminal_width() -> int:
    from shutil import get_terminal_size

    return get_terminal_size((_UNKNOWN_WIDTH, 24)).columns


def _shows_links() -> bool:
    """Whether the terminal is one that shows OSC 8 links, by what it says of itself."""
    version = os.environ.get("VTE_VERSION", "")
    return (
        not _LINKING_VARIABLES.isdisjoint(os.environ)
        or os.environ.get("TERM_PROGRAM") in _LINKING_PROGRAMS
        or os.environ.get("TERM") in _LINKING_TERMS
        or (version.isdigit() and int(version) >= _LINKING_VTE)
    )


def progress(quiet: bool) -> Callable[[int, int], None] | None:
    """What shows how far a check has come, if stderr is a terminal and nobody asked for quiet."""
    if quiet or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        return None
    from archadvisor.cli.progress import Counter

    return Counter()


def stdin_bytes(file: str) -> bytes | None:
    """What is on stdin, where that is the file that is meant."""
    return sys.stdin.buffer.read() if file == "-" else None


def write(text: str | bytes) -> None:
    """Writes to stdout, as UTF-8 whatever the locale."""
    _put(sys.stdout.buffer, text)


def complain(text: str | bytes) -> None:
    """Writes to stderr, as UTF-8 whatever the locale."""
    _put(sys.stderr.buffer, text)


def _put(stream: BinaryIO, text: str | bytes) -> None:
    stream.write(text.encode("utf-8", "replace") if isinstance(text, str) else text)
    stream.flush()


def give_up(error: ArchadvisorError) -> NoReturn:
    """Tells every problem of an unusable input, and ends."""
    complain(diagnostics_text(error.diagnostics, error.lines, paper()))
    sys.exit(UNUSABLE)

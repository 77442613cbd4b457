"""What the commands share: options, output in bytes that no locale changes, and how an unusable input ends."""

import datetime
import os
import shutil
import sys
from collections.abc import Callable
from typing import BinaryIO, NoReturn

import click

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

Command = Callable[..., None]


def pack_option(command: Command) -> Command:
    """`--pack DIR`, repeatable; gives the folders of the packs."""
    return click.option(
        "--pack",
        "packs",
        multiple=True,
        metavar="DIR",
        callback=lambda context, option, packs: tuple(map(_folder, packs)),
        help="Add house rules: a folder, or the name of an installed pack; may be given again.",
    )(command)


def _folder(pack: str) -> str:
    if os.path.exists(pack):
        return pack
    from archadvisor.loading.installed import pack_folder

    try:
        return pack_folder(pack)
    except ArchadvisorError as error:
        give_up(error)


def as_of_option(command: Command) -> Command:
    """`--as-of DATE`."""
    return click.option(
        "--as-of",
        "day",
        type=_Day(),
        default=None,
        metavar="DATE",
        help="The day whose facts and rules count; default today.",
    )(command)


class _Day(click.ParamType[str]):
    """An ISO day."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            return datetime.date.fromisoformat(str(value)).isoformat()
        except ValueError:
            self.fail(f"`{value}` is no day; expected one such as `2026-11-23`", param, ctx)


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
    width = (
        shutil.get_terminal_size((_UNKNOWN_WIDTH, 24)).columns
        if terminal or "COLUMNS" in os.environ
        else _UNKNOWN_WIDTH
    )
    links = terminal and colours and _shows_links()
    return Paper(max(40, min(width, _WIDEST)), colours, os.getcwd() if links else None)


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

"""Options that commands share."""

import datetime
import os
from collections.abc import Callable

import click

from archadvisor.cli.terminal import give_up
from archadvisor.errors import ArchadvisorError

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

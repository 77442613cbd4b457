"""The command line: parses, calls a workflow, writes, exits."""

import sys

from archadvisor.cli.plain import check_plainly, is_plain


def main(prog_name: str | None = None) -> None:
    """Runs the command that this process was started with; it is called by its name, if that is known."""
    words = sys.argv[1:]
    if is_plain(words):
        check_plainly(words)
    from archadvisor.cli.commands import archadvisor

    archadvisor(prog_name=prog_name)

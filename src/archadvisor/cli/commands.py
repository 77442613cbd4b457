"""The commands of archadvisor, each imported when it is called."""

import importlib
from keyword import iskeyword

import click

from archadvisor.cli import INTERRUPTED
from archadvisor.version import __version__

_COMMANDS = {
    "check": "check workload files: decisions, reasons, findings",
    "init": "write a workload file by an interview",
    "import": "write a workload file from Compose files and the like",
    "scan": "find the workloads of a repository, and advise on each",
    "fleet": "check the workloads of an organisation, and ask about all of them",
    "drift": "hold a workload and its advice against the real files",
    "report": "write the design report of a workload",
    "adr": "hold accepted decision records against the advice",
    "diagram": "draw the recommended architecture",
    "cost": "estimate what a workload costs a month",
    "what-if": "show the advice before and after changes",
    "why-not": "show what would make an option win",
    "diff": "show which decisions have changed since a git revision",
    "explain": "explain a rule, a decision or a fact",
    "rules": "list rules, or test the examples of packs",
    "catalog": "show the dated facts that the advice rests on",
    "baseline": "keep a list of known findings",
    "lock": "hold on to the decisions as they are",
    "config": "show the settings that count for a file",
    "cache": "remove what is kept to be faster the next time",
    "schema": "print a JSON Schema",
    "completion": "print the script that completes commands in a shell",
}


class _Lazy(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = f"{cmd_name.replace('-', '_')}{'_' if iskeyword(cmd_name) else ''}"
        command = getattr(importlib.import_module(f"archadvisor.cli.{module}"), module)
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("\nAborted!", err=True)
            raise click.exceptions.Exit(INTERRUPTED) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="archadvisor")
def archadvisor() -> None:
    """Advice on AWS container architecture, from a workload described in YAML."""

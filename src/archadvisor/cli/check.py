"""`archadvisor check`: its options."""

from collections.abc import Callable

import click

from archadvisor.cli.checking import Options, checked
from archadvisor.cli.formats import Target
from archadvisor.cli.options import Command, as_of_option, pack_option
from archadvisor.model.rule import SEVERITIES
from archadvisor.rendering import FORMATS

_ABOUT = """Check workload files: decisions with their reasons, then findings.

PATH is a file, a folder (its workload.yaml, *.workload.yaml and files with the schema modeline), or - for stdin.
Files of other tools are taken too, such as compose.yaml, and folders of them that have no workload file.

Exit status: 0 fine, or nothing has changed, under --changed; 1 findings at or above --fail-on; 2 something could
not be used; 3 nothing was checked; 4 not settled, under --require-settled. After --fix it speaks of what is left;
with --diff, 1 is: --fix would change something. With --fix and -, the fixed text goes to stdout and the report to
stderr.
"""
_HEAD = "HEAD"
_RULES = "findings of a rule, or of a group such as `lint/*`"
_FORMATS = (
    "How to tell the result, and in which file; may be given again, once without a file, which is stdout. "
    f"NAME is one of {', '.join(FORMATS)}."
)


def output_options(command: Command) -> Command:
    """`--format`, `--output`, `--quiet` and `--statistics`."""
    options: list[Callable[[Command], Command]] = [
        click.option("--format", "targets", type=_Target(), multiple=True, metavar="NAME[=FILE]", help=_FORMATS),
        click.option("-o", "--output", metavar="FILE", help="The file for a single format."),
        click.option("-q", "--quiet", is_flag=True, help="Show findings alone, and nothing where there are none."),
        click.option("--statistics", is_flag=True, help="Show how often each rule spoke in place of the findings."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def effort_options(command: Command) -> Command:
    """`--jobs` and `--no-cache`."""
    anew = click.option("--no-cache", is_flag=True, help="Check every file anew, whatever came of it before.")
    jobs = click.option(
        "-j",
        "--jobs",
        type=click.IntRange(min=1),
        default=None,
        metavar="N",
        help="How many processes share the files; default as many as there are cores to use, where that is worth it.",
    )
    return jobs(anew(command))


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
    select = click.option("--select", multiple=True, metavar="RULE", help=f"Show only {_RULES}; may be given again.")
    ignore = click.option("--ignore", multiple=True, metavar="RULE", help=f"Leave out {_RULES}; may be given again.")
    return changed(tracked(watch(select(ignore(command)))))


def fix_options(command: Command) -> Command:
    """`--fix`, `--diff` and `--unsafe-fixes`."""
    unsafe = click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: fixes that need a look, too.")
    diff = click.option("--diff", is_flag=True, help="Write nothing; print what --fix would change, as a diff.")
    fix = click.option("--fix", is_flag=True, help="Fix what can be fixed safely, then check what is left.")
    return fix(diff(unsafe(command)))


class _Target(click.ParamType[Target]):
    """The name of a format, and a file after `=`."""

    name = "format"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Target:
        form, equals, file = str(value).partition("=")
        if form not in FORMATS:
            from archadvisor.loading.wording import suggestion

            self.fail(f"there is no format `{form}`; {suggestion(form, list(FORMATS))}", param, ctx)
        if equals and not file:
            self.fail(f"`{value}` names no file; expected one such as `{form}=report.{form}`", param, ctx)
        return Target(form, file or None)


_PARAMETERS: tuple[Callable[[Command], Command], ...] = (
    click.argument("paths", nargs=-1, type=click.Path(readable=False), metavar="PATH..."),
    selection_options,
    click.option("--stdin-filename", default="stdin", metavar="NAME", help="The name to show for `-`."),
    output_options,
    click.option(
        "--fail-on",
        type=click.Choice([*SEVERITIES, "never"]),
        default=None,
        help="The least severity that fails the check; default what the configuration says, else error.",
    ),
    click.option("--baseline", metavar="FILE", help="Leave out the findings that a baseline knows."),
    click.option(
        "--lock", metavar="FILE", help="The lock; default the nearest archadvisor.lock beside or above a file."
    ),
    click.option("--assume-nothing", is_flag=True, help="Take everything that is not stated as unknown."),
    click.option("--require-settled", is_flag=True, help="Fail while unknown facts could still change the advice."),
    click.option("-v", "--verbose", is_flag=True, help="Show reasons, arithmetic, and what would change it."),
    fix_options,
    effort_options,
    pack_option,
    as_of_option,
)


def _with_parameters(command: Command) -> Command:
    for parameter in reversed(_PARAMETERS):
        command = parameter(command)
    return command


@click.command("check", help=_ABOUT)
@_with_parameters
@click.pass_context
def check(context: click.Context, /, paths: tuple[str, ...], **options: object) -> None:
    """Checks what paths mean."""
    del context.params["paths"]
    checked(paths, Options(**context.params))

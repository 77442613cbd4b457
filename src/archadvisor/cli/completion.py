"""`archadvisor completion`, and what is completed beside options and files."""

import click
from click.shell_completion import CompletionItem, get_completion_class

from archadvisor.errors import ArchadvisorError

_VARIABLE = "_ARCHADVISOR_COMPLETE"


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the script that completes archadvisor's commands, options, files and names of rules in a shell.

    bash, in ~/.bashrc: eval "$(archadvisor completion bash)"

    zsh, in ~/.zshrc: eval "$(archadvisor completion zsh)"

    fish: archadvisor completion fish > ~/.config/fish/completions/archadvisor.fish
    """
    from archadvisor.cli.commands import archadvisor

    made = get_completion_class(shell)
    assert made is not None, "click knows these shells"
    click.echo(made(archadvisor, {}, "archadvisor", _VARIABLE).source())


def names(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """The rules, decisions and facts that begin so, with what each is; none where the packs cannot be used."""
    from archadvisor.cli.terminal import today
    from archadvisor.workflows.configuration import configured_packs
    from archadvisor.workflows.session import session

    try:
        program = session(configured_packs(context.params.get("packs", ())), today())
    except ArchadvisorError:
        return []
    known = {decision.id: decision.question for decision in program.rulebook.decisions}
    known |= {rule.id: rule.because for rule in program.rulebook.rules}
    known |= {fact.name: fact.description for fact in program.vocabulary.values()}
    return [CompletionItem(name, help=about) for name, about in sorted(known.items()) if name.startswith(begun)]

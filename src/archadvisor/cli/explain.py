"""`archadvisor explain`."""

from collections.abc import Iterable
from typing import assert_never

import click

from archadvisor.cli.completion import names
from archadvisor.cli.options import as_of_option, pack_option
from archadvisor.cli.terminal import give_up, paper, today, write
from archadvisor.engine.program import Program
from archadvisor.errors import ArchadvisorError
from archadvisor.rendering.explain import decision_text, fact_text, rule_text
from archadvisor.rendering.handbook import decision_markdown, fact_markdown, handbook, rule_markdown
from archadvisor.workflows import explain as explaining
from archadvisor.workflows.configuration import configured, configured_packs


@click.command()
@click.argument("name", required=False, shell_complete=names, metavar="RULE|DECISION|FACT")
@click.option("--all", "everything", is_flag=True, help="Explain every decision, every rule and every fact.")
@click.option("--format", "form", type=click.Choice(["text", "markdown"]), default="text", help="How to tell it.")
@pack_option
@as_of_option
def explain(name: str | None, everything: bool, form: str, packs: tuple[str, ...], day: str | None) -> None:
    """Explain a rule, a decision or a fact: what it is, why it matters, its sources and examples."""
    if (name is None) is not everything:
        raise click.UsageError("expected the name of a rule, a decision or a fact, or else `--all`")
    try:
        program = configured(["."], packs, day or today())
        folders = configured_packs(packs)
        found = [explaining.explain(program, name, folders)] if name else list(explaining.explain_all(program, folders))
    except ArchadvisorError as error:
        give_up(error)
    if form == "markdown":
        write(handbook(_markdown(program, one) for one in found))
    else:
        write("\n".join(_text(program, one) for one in found))


def _text(program: Program, found: explaining.Explained) -> str:
    match found:
        case explaining.ExplainedRule(rule, sources, examples):
            return rule_text(rule, sources, examples, program.vocabulary, paper())
        case explaining.ExplainedDecision(decision, rules):
            return decision_text(decision, rules, program.vocabulary, paper())
        case explaining.ExplainedFact(fact, rules, feeds):
            return fact_text(fact, rules, feeds, paper())
        case _:
            assert_never(found)


def _markdown(program: Program, found: explaining.Explained) -> Iterable[str]:
    match found:
        case explaining.ExplainedRule(rule, sources, examples):
            return rule_markdown(rule, sources, examples, program.vocabulary)
        case explaining.ExplainedDecision(decision, rules):
            return decision_markdown(decision, rules, program.vocabulary)
        case explaining.ExplainedFact(fact, rules, feeds):
            return fact_markdown(fact, rules, feeds)
        case _:
            assert_never(found)

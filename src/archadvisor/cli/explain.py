"""`archadvisor explain`."""

from typing import assert_never

import click

from archadvisor.cli.terminal import as_of_option, give_up, pack_option, paper, today, write
from archadvisor.errors import ArchadvisorError
from archadvisor.rendering.explain import decision_text, fact_text, rule_text
from archadvisor.workflows import explain as explaining
from archadvisor.workflows.session import session


@click.command()
@click.argument("name", metavar="RULE|DECISION|FACT")
@pack_option
@as_of_option
def explain(name: str, packs: tuple[str, ...], day: str | None) -> None:
    """Explain a rule, a decision or a fact: what it is, why it matters, its sources and examples."""
    try:
        program = session(packs, day or today())
        found = explaining.explain(program, name, packs)
    except ArchadvisorError as error:
        give_up(error)
    match found:
        case explaining.ExplainedRule(rule, sources, examples):
            write(rule_text(rule, sources, examples, program.vocabulary, paper()))
        case explaining.ExplainedDecision(decision, rules):
            write(decision_text(decision, rules, program.vocabulary, paper()))
        case explaining.ExplainedFact(fact, rules, feeds):
            write(fact_text(fact, rules, feeds, paper()))
        case _:
            assert_never(found)

"""A program with other rules."""

from collections.abc import Mapping
from dataclasses import replace

from archadvisor.engine.program import Program, program
from archadvisor.model.fact import Vocabulary
from archadvisor.model.rule import Rule


def with_rules(pack: Program, changed: Mapping[str, Rule | None], stated: Vocabulary) -> Program:
    """A program in which some rules, by id, are others or (None) are not there."""
    kept = (changed.get(rule.id, rule) for rule in pack.rulebook.rules)
    rules = tuple(rule for rule in kept if rule is not None)
    return program(replace(pack.rulebook, rules=rules), pack.catalog, stated, pack.day)

"""Rules as a list for a terminal."""

import json
from collections.abc import Iterable
from typing import assert_never

from archadvisor.model.exercise import Exercise
from archadvisor.model.rule import Effect, Favors, Flags, Requires, Rule, RulesOut
from archadvisor.rendering.paint import Paper, counted, folded


def effect_in_words(effect: Effect) -> str:
    """What a rule does: `rules out fargate`, `favors ec2 (strong, cost)`, `flags an error`."""
    match effect:
        case Requires(option):
            return f"requires {option}"
        case RulesOut(options):
            return f"rules out {', '.join(options)}"
        case Favors(option, strength, concern):
            return f"favors {option} ({strength}, {concern})"
        case Flags(severity, _):
            return f"flags {'an' if severity == 'error' else 'a'} {severity}"
        case _:
            assert_never(effect)


def coverage_text(found: Exercise, paper: Paper) -> str:
    """How many rules decided, spoke and kept silent, and which those are that did not decide."""
    total = len(found.decided) + len(found.spoke) + len(found.silent)
    lines = [f"{len(found.decided)} of {counted(total, 'rule')} decided something"]
    for title, rules in (("spoke and changed no answer", found.spoke), ("kept silent", found.silent)):
        lines.append(f"{len(rules)} {title}{':' if rules else ''}")
        lines += [f"  {paper.paint(rule, 'bold')}" for rule in rules]
    return "\n".join(lines) + "\n"


def coverage_json(found: Exercise) -> str:
    """The rules that decided, spoke and kept silent, as JSON."""
    told = {"decided": found.decided, "spoke": found.spoke, "silent": found.silent}
    return json.dumps({"schema": "coverage/1", **told}, indent=2) + "\n"


def rules_text(rules: Iterable[Rule], paper: Paper) -> str:
    """One entry a rule: its id, what it does, and why."""
    lines: list[str] = []
    listed = list(rules)
    for rule in listed:
        lines.append(f"{paper.paint(rule.id, 'bold')}  {paper.paint(effect_in_words(rule.effect), 'cyan')}")
        lines += folded(rule.because, paper.width, "    ", "    ")
    lines.append(counted(len(listed), "rule"))
    return "\n".join(lines) + "\n"

"""Explanations of rules, decisions and facts as text."""

import json
from collections.abc import Iterator
from typing import assert_never

from archadvisor.model.example import Example
from archadvisor.model.fact import FactType, Vocabulary
from archadvisor.model.quantity import worded
from archadvisor.model.rule import Decision, Flags, Rule, Source
from archadvisor.rendering.conditions import in_words
from archadvisor.rendering.fixing import offer
from archadvisor.rendering.paint import Paper, folded
from archadvisor.rendering.rules import effect_in_words


def rule_text(
    rule: Rule, sources: tuple[Source, ...], examples: tuple[Example, ...], vocabulary: Vocabulary, paper: Paper
) -> str:
    """A rule: what it does and when, why it matters, its sources with dates, its examples."""
    lines = [f"{paper.paint(rule.id, 'bold')}  ({rule.pack} pack)", ""]
    lines += _labelled(
        "effect", f"{effect_in_words(rule.effect)}" + (f", on {rule.decision}" if rule.decision else ""), paper
    )
    lines += _labelled("about", f"each {' or '.join(rule.subjects)}", paper)
    lines += _labelled("when", in_words(rule.when, vocabulary), paper)
    lines += _labelled("suppressible", "no", paper) if not rule.suppressible else []
    lines += _labelled("in force", in_force(rule), paper) if rule.since or rule.until else []
    lines += _labelled("because", rule.because, paper)
    if isinstance(rule.effect, Flags) and rule.effect.remedy:
        lines += _labelled("remedy", rule.effect.remedy, paper)
    if isinstance(rule.effect, Flags) and rule.effect.fix:
        lines += _labelled("fix", offer(rule.effect.fix), paper)
    if rule.unverified:
        lines += _labelled("unverified", "no source for it could be checked", paper)
    lines += ["", *folded(rule.rationale, paper.width), "", paper.paint("Sources", "bold")]
    for source in sources:
        lines += folded(
            f"{source.title} ({source.kind.replace('_', ' ')}, checked {source.checked})", paper.width, "  - ", "    "
        )
        lines += [f"    {source.url}"] if source.url else []
    lines += ["", paper.paint("Examples", "bold")] if examples else []
    for example in examples:
        fragment = json.dumps(example.fragment, ensure_ascii=False)
        lines += folded(f"{example.name}: {fragment}", paper.width, f"  {example.expected:<7} ", " " * 10)
    return "\n".join(lines) + "\n"


def decision_text(decision: Decision, rules: tuple[Rule, ...], vocabulary: Vocabulary, paper: Paper) -> str:
    """A decision: its question, where it is made, its options and default, the rules that speak on it."""
    lines = [f"{paper.paint(decision.id, 'bold')}: {decision.question}", "", *folded(decision.about, paper.width), ""]
    lines += _labelled("for", f"each {' or '.join(decision.subjects)}", paper)
    lines += _labelled("applies", in_words(decision.applies, vocabulary), paper)
    if decision.after:
        lines += _labelled("after", ", ".join(decision.after), paper)
    if decision.foresees:
        lines += _labelled("foresees", f"{', '.join(decision.foresees)}: an option must leave them an answer", paper)
    lines += ["", paper.paint("Options", "bold")]
    for option in decision.options:
        default = " (default)" if option.id == decision.default else ""
        lines += folded(f"{option.title}{default}. {option.summary}", paper.width, f"  {option.id:<20} ", " " * 23)
    lines += ["", paper.paint("Rules", "bold")]
    for rule in rules:
        lines += folded(rule.id, paper.width, f"  {effect_in_words(rule.effect):<40} ", " " * 43)
    return "\n".join(lines) + "\n"


def fact_text(fact: FactType, rules: tuple[Rule, ...], feeds: tuple[FactType, ...], paper: Paper) -> str:
    """A fact: what it says, its values, what silence means, and the rules that read it."""
    lines = [f"{paper.paint(fact.name, 'bold')}: {fact.description}", ""]
    lines += _labelled("of", fact.subject, paper)
    lines += _labelled("values", values_in_words(fact), paper)
    lines += _labelled(
        "derived from" if fact.inputs else "silence",
        ", ".join(fact.inputs) if fact.inputs else silence_in_words(fact),
        paper,
    )
    if feeds:
        lines += _labelled("feeds", ", ".join(other.name for other in feeds), paper)
    lines += ["", paper.paint("Rules that read it", "bold"), *(f"  {rule.id}" for rule in rules)]
    return "\n".join(lines if rules else lines[:-2]) + "\n"


def values_in_words(fact: FactType) -> str:
    """The values a fact may take."""
    words = ", ".join(f"`{word}`" for word in fact.words)
    match fact.kind:
        case "word":
            return words or "a word"
        case "set":
            return f"a list of {words}" if words else "a list of words"
        case "boolean":
            return "`true` or `false`"
        case "number":
            return (f"a number of {fact.unit}" if fact.unit else "a number") + (f", or {words}" if words else "")
        case _:
            assert_never(fact.kind)


def silence_in_words(fact: FactType) -> str:
    """What it means that a file does not state a fact."""
    if fact.inherits:
        return f"as `{fact.inherits}`"
    return (
        "unknown: asked for where it could change the advice"
        if fact.silence is None
        else f"assumed: {worded(fact.silence, fact.unit)}"
    )


def in_force(rule: Rule) -> str:
    """From which day until which a rule speaks."""
    return " ".join(filter(None, (rule.since and f"from {rule.since}", rule.until and f"until {rule.until}")))


def _labelled(label: str, value: str, paper: Paper) -> Iterator[str]:
    return folded(value, paper.width, f"  {label:<13}", " " * 15)

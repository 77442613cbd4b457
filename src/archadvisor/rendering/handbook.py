"""Rules, decisions and facts as Markdown, one section each."""

import json
from collections.abc import Iterable, Iterator, Sequence

from archadvisor.model.example import Example
from archadvisor.model.fact import FactType, Vocabulary
from archadvisor.model.rule import Decision, Flags, Rule, Source
from archadvisor.rendering.conditions import in_words
from archadvisor.rendering.explain import in_force, silence_in_words, values_in_words
from archadvisor.rendering.markdown import escaped
from archadvisor.rendering.rules import effect_in_words


def handbook(sections: Iterable[Iterable[str]]) -> str:
    """Sections as one document."""
    return "\n\n".join("\n".join(lines) for lines in sections) + "\n"


def rule_markdown(
    rule: Rule, sources: Sequence[Source], examples: Sequence[Example], vocabulary: Vocabulary
) -> Iterator[str]:
    """A rule: what it does and when, why it matters, its sources with dates, its examples."""
    yield from (f"## `{rule.id}`", "")
    on = f", on `{rule.decision}`" if rule.decision else ""
    yield f"- effect: {escaped(effect_in_words(rule.effect))}{on} ({rule.pack} pack)"
    yield f"- about: each {' or '.join(rule.subjects)}"
    yield f"- when: {escaped(in_words(rule.when, vocabulary))}"
    if rule.since or rule.until:
        yield f"- in force: {in_force(rule)}"
    yield f"- because: {escaped(rule.because)}"
    yield from grounds_markdown(rule, sources)
    if examples:
        yield from ("", "| example | expected | stated |", "| --- | --- | --- |")
    for example in examples:
        fragment = escaped(f"`{json.dumps(example.fragment, ensure_ascii=False)}`")
        yield f"| {escaped(example.name)} | {example.expected} | {fragment} |"


def grounds_markdown(rule: Rule, sources: Iterable[Source]) -> Iterator[str]:
    """Why a rule matters, what to do about it, and its sources."""
    if isinstance(rule.effect, Flags) and rule.effect.remedy:
        yield f"- remedy: {escaped(rule.effect.remedy)}"
    if rule.unverified:
        yield "- unverified: no source for it could be checked"
    yield from ("", escaped(rule.rationale), "", "Sources:", "")
    for source in sources:
        title = f"[{escaped(source.title)}]({source.url})" if source.url else escaped(source.title)
        yield f"- {title} ({source.kind.replace('_', ' ')}, checked {source.checked})"


def decision_markdown(decision: Decision, rules: Iterable[Rule], vocabulary: Vocabulary) -> Iterator[str]:
    """A decision: its question, where it is made, its options and default, the rules that speak on it."""
    yield from (f"## `{decision.id}`: {escaped(decision.question)}", "", escaped(decision.about), "")
    yield f"- for: each {' or '.join(decision.subjects)}"
    yield f"- applies: {escaped(in_words(decision.applies, vocabulary))}"
    if decision.after:
        yield f"- after: {', '.join(f'`{name}`' for name in decision.after)}"
    if decision.foresees:
        yield f"- foresees: {', '.join(f'`{name}`' for name in decision.foresees)}"
    yield from ("", "| option | what it is |", "| --- | --- |")
    for option in decision.options:
        default = " (default)" if option.id == decision.default else ""
        yield f"| `{option.id}`{default} | {escaped(option.title)}: {escaped(option.summary)} |"
    yield ""
    yield from (f"- `{rule.id}` {escaped(effect_in_words(rule.effect))}" for rule in rules)


def fact_markdown(fact: FactType, rules: Iterable[Rule], feeds: Iterable[FactType]) -> Iterator[str]:
    """A fact: what it says, its values, what silence means, and the rules that read it."""
    yield from (f"## `{fact.name}`", "", escaped(fact.description), "")
    yield f"- of: {fact.subject}"
    yield f"- values: {values_in_words(fact)}"
    inputs = ", ".join(f"`{name}`" for name in fact.inputs)
    yield f"- derived from: {inputs}" if inputs else f"- silence: {silence_in_words(fact)}"
    fed = ", ".join(f"`{other.name}`" for other in feeds)
    if fed:
        yield f"- feeds: {fed}"
    reading = ", ".join(f"`{rule.id}`" for rule in rules)
    if reading:
        yield f"- read by: {reading}"

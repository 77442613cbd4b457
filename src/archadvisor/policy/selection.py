"""Which findings are shown, and how severe they are, by what a team has set."""

from collections.abc import Collection, Iterable

from archadvisor.model.advice import Advice
from archadvisor.model.configuration import ALL, Choice
from archadvisor.model.frozen import replace
from archadvisor.model.rule import Severity


def selected(advice: Advice, choice: Choice, kept: Collection[str]) -> Advice:
    """The advice with the findings that are chosen; `kept` rules always are, and keep their severity."""
    shown = [
        finding if finding.rule in kept else replace(finding, severity=severity(finding.rule, finding.severity, choice))
        for finding in advice.findings
        if finding.rule in kept or is_shown(finding.rule, choice)
    ]
    return replace(advice, findings=tuple(shown), ignored=len(advice.findings) - len(shown))


def is_shown(rule: str, choice: Choice) -> bool:
    """Whether a rule is selected more exactly than it is ignored."""
    return exactness(rule, choice.select) > exactness(rule, choice.ignore)


def severity(rule: str, given: Severity, choice: Choice) -> Severity:
    """The severity that the most exact selector sets, else the given one."""
    fitting = [(exactness(rule, (selector,)), value) for selector, value in choice.severity]
    exactest = max(fitting, key=lambda each: each[0], default=(0, given))
    return exactest[1] if exactest[0] else given


def exactness(rule: str, selectors: Iterable[str]) -> int:
    """How exactly a rule is meant: 3 by its id, 2 by its group, 1 by `*`, 0 not at all."""
    return max((_fit(rule, selector) for selector in selectors), default=0)


def _fit(rule: str, selector: str) -> int:
    if selector == rule:
        return 3
    if selector in ALL:
        return 1
    return 2 if selector.endswith("/*") and rule.startswith(selector[:-1]) else 0

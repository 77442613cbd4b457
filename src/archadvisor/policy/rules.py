"""The rules about what a team has accepted: the same data as the rules of packs, but no condition of facts."""

from collections.abc import Mapping

from archadvisor.model.advice import Finding
from archadvisor.model.condition import ALWAYS
from archadvisor.model.fact import SubjectKind
from archadvisor.model.fingerprint import fingerprint
from archadvisor.model.place import Place
from archadvisor.model.rule import Flags, Rule, Severity, Source

PACK = "archadvisor"
SOURCE = Source("archadvisor-accepting", "accepting findings, in docs/accepting.md", None, "inference", "2026-11-23")


def _rule(id: str, kind: SubjectKind, severity: Severity, because: str, remedy: str, rationale: str) -> Rule:
    return Rule(
        id=id,
        pack=PACK,
        decision=None,
        subjects=(kind,),
        when=ALWAYS,
        effect=Flags(severity, remedy),
        because=because,
        rationale=rationale,
        sources=(SOURCE.id,),
        suppressible=False,
    )


_RULES = (
    _rule(
        "suppressions/unused",
        "suppression",
        "warning",
        "`{rule}` finds nothing {where}, so nothing is suppressed",
        "remove it, or move it to where the finding is",
        "A suppression that hides nothing today may hide something tomorrow that nobody has looked at.",
    ),
    _rule(
        "suppressions/expired",
        "suppression",
        "warning",
        "the suppression of `{rule}` ended on {until}",
        "remove it, or agree on a new day and a reason that holds until then",
        "An end date is a promise to look again. From the day after it the finding is shown as if nothing were said.",
    ),
    _rule(
        "suppressions/unknown-rule",
        "suppression",
        "warning",
        "a suppression suppresses nothing: {problem}",
        "name a rule that flags; `archadvisor rules list --decision findings` lists them",
        "A misspelled name would look like an accepted finding and be none. Only rules that flag can be suppressed; "
        "what speaks on a decision is answered by declaring the decision.",
    ),
    _rule(
        "suppressions/malformed",
        "suppression",
        "warning",
        "a suppression cannot be read: {problem}",
        "write `# archadvisor: ignore[rule-id] because …`",
        "There is one form, `# archadvisor: ignore[rule-id, another] because REASON until YYYY-MM-DD`, in which only "
        "`until` may be left out. What is nearly that is told rather than guessed at: it suppresses nothing.",
    ),
    _rule(
        "suppressions/misplaced",
        "suppression",
        "warning",
        "a suppression stands for nothing: {problem}",
        "put it on or above the line that the finding points at, or name its subject",
        "A comment stands for what begins on its line, else for what begins next; an entry of `suppressions` for the "
        "subject that it names.",
    ),
    _rule(
        "suppressions/unsuppressable",
        "suppression",
        "warning",
        "a suppression is of no effect: {problem}",
        "do what the finding says",
        "A pack may say that a finding is to be mended and not accepted (`suppressible: false`). It stays a finding.",
    ),
    _rule(
        "baseline/stale",
        "baseline",
        "note",
        "`{rule}` {about} is in the baseline and is not found any more",
        "run `archadvisor baseline update`, so that it fails should it come back",
        "A baseline only ever gets shorter. As long as an entry is in it, the same finding could come back unseen.",
    ),
    _rule(
        "lock/no-longer-holds",
        "lock",
        "error",
        "{what} was locked as `{then}` and is `{now}` now: {why}",
        "undo the change, or take the new answer with `archadvisor lock`",
        "A locked decision is one that a team has reviewed and builds on. That it has another answer now should be "
        "seen by whoever made the change, and agreed to.",
    ),
    _rule(
        "lock/lapsed",
        "lock",
        "warning",
        "{what} was locked as `{then}` and is `{now}` since {day}, though no fact has changed: {why}",
        "look at it again, and take the new answer with `archadvisor lock`",
        "Facts about AWS have dates: versions go out of support, limits are raised, rules begin to count. A decision "
        "can come out another way by the day alone. Nobody's change is to blame, so it is a warning.",
    ),
    _rule(
        "lock/out-of-date",
        "lock",
        "note",
        "the lock is not of this file as it is: {what}",
        "run `archadvisor lock`",
        "Decisions about what was added to a workload are not locked until the lock is written anew.",
    ),
)
RULES: Mapping[str, Rule] = {rule.id: rule for rule in _RULES}
"""Every rule of archadvisor's own, by id."""


def finding(
    rule_id: str, file: str, place: Place, subject: str | None, told: Mapping[str, str], remedy: str | None = None
) -> Finding:
    """A finding of one of these rules, with what is `told` in its message; its remedy is the rule's or a nearer one."""
    rule = RULES[rule_id]
    assert isinstance(rule.effect, Flags)
    return Finding(
        rule=rule.id,
        severity=rule.effect.severity,
        subject=subject,
        message=rule.because.format_map(told),
        remedy=remedy or rule.effect.remedy,
        file=file,
        place=place,
        related=(),
        evidence=(),
        sources=(SOURCE,),
        fingerprint=fingerprint(rule.id, subject, [f"{name}={value}" for name, value in told.items()]),
    )

"""The shape of a file of a rule pack: which keys it may hold, before its conditions are read."""

from typing import Annotated, Any, Literal

from pydantic import Field

from archadvisor.loading.shapes.base import Shape

RuleId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*/[a-z0-9][a-z0-9-]*$")]
OptionId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Key = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
Day = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", json_schema_extra={"format": "date"})]
Line = Annotated[str, Field(min_length=1, max_length=2000)]
SubjectKind = Literal["workload", "service", "image", "endpoint", "link", "secret", "caller", "literal", "outcome"]
Concern = Literal["kubernetes", "operations", "cost", "isolation", "performance", "portability"]
Condition = Annotated[
    dict[str, Any], Field(description="facts against constants; `all`, `any`, `not`, `some`, `every`, `no` combine")
]
Fragment = Annotated[
    dict[str, Any], Field(description="facts of one subject and of the workload, and `choice.*` for earlier decisions")
]


class Examples(Shape):
    """Fragments of workloads by what the rule does with them, each under a name that says what it shows."""

    fires: dict[str, Fragment] = Field(min_length=1, description="the condition holds")
    silent: dict[str, Fragment] = Field(default_factory=dict, description="the condition does not hold")
    asks: dict[str, Fragment] = Field(default_factory=dict, description="the condition is unknown")


class Repair(Shape):
    """How the finding can be mended in the workload file; it does one thing."""

    title: Line = Field(description="what it does, in the imperative; facts in braces")
    safe: bool = Field(default=False, description="`--fix` alone does it; else with `--unsafe-fixes` only")
    afterwards: Line | None = Field(default=None, description="what is left for a person to do")
    set_facts: dict[str, str | int | float | bool] = Field(
        default_factory=dict, description="stated facts that get another value: a constant, or `{another.fact}`"
    )
    replace_words: dict[str, dict[str, str]] = Field(
        default_factory=dict, description="by fact: words that become others where the file states them"
    )
    set_decision: Literal["advised"] | None = Field(
        default=None, description="the declared option becomes the advised one (`for: outcome`)"
    )
    reference_secret: Literal[True] | None = Field(
        default=None, description="the secret becomes a reference to one under `secrets` (`for: literal`)"
    )


class Rule(Shape):
    """One condition and its effect, with why and on what grounds."""

    id: RuleId
    when: Condition
    for_: SubjectKind | None = Field(
        default=None, alias="for", description="the kind of subject, where it is not the decision's"
    )
    requires: OptionId | None = Field(default=None, description="every other option is ruled out")
    rules_out: OptionId | list[OptionId] | None = Field(default=None, description="options that cannot be chosen")
    favors: OptionId | None = Field(default=None, description="the option this counts for")
    strength: Literal["strong", "moderate", "slight"] | None = None
    concern: Concern | None = None
    flags: Literal["error", "warning", "note"] | None = Field(default=None, description="severity of the finding")
    remedy: Line | None = Field(default=None, description="what to do about the finding")
    fix: Repair | None = Field(default=None, description="how `check --fix` mends it")
    because: Line = Field(description="the reason in a clause; facts in braces")
    rationale: Line = Field(description="what a reader must know to agree")
    sources: list[Key] = Field(min_length=1)
    unverified: bool = Field(default=False, description="its fact has no source that could be checked")
    since: Day | None = Field(default=None, description="the first day on which it speaks")
    until: Day | None = Field(default=None, description="the last day on which it speaks")
    suppressible: bool = Field(default=True, description="whether a workload file may accept its findings")
    examples: Examples


class Option(Shape):
    """One answer a decision may have."""

    title: Line
    summary: Line
    only: Condition | None = Field(default=None, description="where the option exists at all")
    wins: Fragment = Field(description="an example in which it is advised")


class Conflict(Shape):
    """Facts that leave the decision without an answer because nothing serves them."""

    when: Condition
    for_: SubjectKind | None = Field(
        default=None, alias="for", description="the kind of subject, where it is not the decision's"
    )
    because: Line = Field(description="why nothing serves them")


class Source(Shape):
    """What a rule or a catalog value rests on."""

    title: Line
    url: Annotated[str, Field(pattern=r"^https?://[^ ]+$")] | None = None
    kind: Literal["aws", "third_party", "note", "inference"]
    checked: Day


class Deferred(Shape):
    """A fact of the field that the pack deliberately does not carry."""

    row: Line
    because: Line


class Carried(Shape):
    """A fact of the field and the rules, derived facts or catalog tables that carry it."""

    row: Line
    by: list[Line] = Field(min_length=1)


class PackFile(Shape):
    """A file of a pack: the pack's name, its sources, a decision, rules, or what is deferred."""

    pack: Key | None = Field(default=None, description="name of the pack")
    version: Annotated[str, Field(pattern=r"^[0-9]+(\.[0-9]+)*$")] | None = None
    title: Line | None = None
    decisions: list[OptionId] = Field(default_factory=list, description="the order in which decisions are shown")
    sources: dict[Key, Source] = Field(default_factory=dict)
    decision: OptionId | None = Field(default=None, description="the decision this file defines or its rules speak on")
    question: Line | None = None
    about: Line | None = None
    for_: SubjectKind | list[SubjectKind] | None = Field(default=None, alias="for")
    applies: Condition | None = Field(default=None, description="where the decision is to be made")
    after: list[OptionId] = Field(default_factory=list, description="decisions that must be made before")
    foresees: list[OptionId] = Field(
        default_factory=list, description="later decisions that an option must leave an answer for"
    )
    default: OptionId | None = None
    options: dict[OptionId, Option] = Field(default_factory=dict)
    rules: list[Rule] = Field(default_factory=list)
    conflicts: list[Conflict] = Field(
        default_factory=list, description="where the decision has no answer, for `archadvisor rules verify`"
    )
    carried: list[Carried] = Field(default_factory=list)
    deferred: list[Deferred] = Field(default_factory=list)

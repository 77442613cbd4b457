"""The shapes of `what-if/1` and `why-not/1`, the JSON that these commands print: never read here."""

from typing import Literal

from pydantic import Field

from archadvisor.loading.shapes.advice import Change, Evidence, Finding, Outcome, Reason
from archadvisor.loading.shapes.base import Shape

Status = Literal["settled", "provisional"]


class Replaced(Shape):
    """A path that was set."""

    path: str
    before: Evidence | None = Field(description="null where it is no fact, or there was none")
    after: Evidence | None


class Shift(Shape):
    """A decision for one subject that is not as it was."""

    decision: str
    subject: str | None
    before: Outcome | None = Field(description="null where the question does not arise")
    after: Outcome | None = Field(description="null where the question does not arise")
    gone: list[Reason]
    new: list[Reason]


class Findings(Shape):
    """The findings that went and those that came."""

    gone: list[Finding]
    new: list[Finding]


class WhatIf(Shape):
    """Advice before and after some settings."""

    schema_: Literal["what-if/1"] = Field(alias="schema")
    as_of: str
    file: str
    name: str
    set: list[Replaced]
    before: Status
    after: Status
    decisions: list[Shift]
    kept: list[Shift] = Field(description="the same with the declared options fixed")
    same: int = Field(description="how many decisions come out alike, for the same reasons")
    findings: Findings


class Answer(Shape):
    """Changes that, made together, make the option win."""

    changes: list[Change]


class WhyNot(Shape):
    """The smallest sets of changes that would make an option win."""

    schema_: Literal["why-not/1"] = Field(alias="schema")
    as_of: str
    file: str
    decision: str
    subject: str | None
    option: str
    now: Outcome | None = Field(description="how the decision comes out; null where it does not arise")
    wins: bool
    answers: list[Answer]
    size: int = Field(description="changes in each answer; without answers, up to how many were looked at")
    exhausted: bool = Field(description="whether every set of that size was looked at")
    fixed: list[str]

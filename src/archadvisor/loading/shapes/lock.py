"""The shape of `lock/1`, the file that `lock` writes."""

from typing import Literal

from pydantic import Field

from archadvisor.loading.shapes.base import Shape
from archadvisor.loading.shapes.pack import Day, OptionId, RuleId


class Held(Shape):
    """A decision as it was made."""

    decision: OptionId
    subject: str | None = Field(description="the path of what it is for; null: the workload")
    option: OptionId | None = Field(description="null where there was no answer")
    rules: list[RuleId] = Field(description="the rules that decided")
    facts: dict[str, str] = Field(description="the facts they rested on, by path, in words")


class Lock(Shape):
    """The decisions about some files, with what they were made with."""

    schema_: Literal["lock/1"] = Field(alias="schema")
    as_of: Day
    packs: dict[str, str] = Field(description="the version of each pack")
    catalog: dict[str, Day] = Field(description="the day on which each table was checked")
    files: dict[str, list[Held]] = Field(description="by the path of the file, from the folder of the lock")

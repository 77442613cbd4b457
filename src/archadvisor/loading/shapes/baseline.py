"""The shape of `baseline/1`, the file that `baseline create` writes."""

from typing import Annotated, Literal

from pydantic import Field

from archadvisor.loading.shapes.base import Shape
from archadvisor.loading.shapes.pack import RuleId

Fingerprint = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]


class Entry(Shape):
    """Findings of one file that are alike in all that makes them what they are."""

    rule: RuleId
    subject: str | None = Field(description="the path of what it is about; null: the workload")
    message: str = Field(description="what it said when it was found, for people; never compared")
    fingerprint: Fingerprint
    count: Annotated[int, Field(ge=1)]


class Baseline(Shape):
    """The findings that are known, by file."""

    schema_: Literal["baseline/1"] = Field(alias="schema")
    files: dict[str, list[Entry]] = Field(description="by the path of the file, from the folder of the baseline")

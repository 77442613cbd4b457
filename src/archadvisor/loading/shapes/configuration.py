"""The shape of `archadvisor.toml`, and of `[tool.archadvisor]` in `pyproject.toml`."""

from typing import Annotated, Literal

from pydantic import Field

from archadvisor.loading.shapes.base import Shape
from archadvisor.loading.shapes.pack import Line

Selector = Annotated[str, Field(pattern=r"^(?:\*|[a-z][a-z0-9_-]*/(?:\*|[a-z0-9][a-z0-9-]*))$")]
Severity = Literal["error", "warning", "note"]


class Override(Shape):
    """What is set otherwise for some files."""

    files: list[Line] = Field(min_length=1, description="patterns of paths from the folder of this file")
    select: list[Selector] | None = Field(default=None, description="in place of `select`")
    ignore: list[Selector] = Field(default_factory=list, description="besides `ignore`")
    severity: dict[str, Severity] = Field(default_factory=dict, description="over `severity`")


class Configuration(Shape):
    """What a team sets for its files."""

    extends: Line | None = Field(default=None, description="another file, whose settings count where this one has none")
    packs: list[Line] = Field(default_factory=list, description="folders, or names of installed packs")
    select: list[Selector] = Field(default_factory=lambda: ["*"], description="rules whose findings are shown")
    ignore: list[Selector] = Field(default_factory=list, description="rules whose findings are not")
    severity: dict[str, Severity] = Field(default_factory=dict, description="another severity, by rule or group")
    fail_on: Literal["error", "warning", "note", "never"] | None = Field(
        default=None, alias="fail-on", description="the least severity that fails a check"
    )
    overrides: list[Override] = Field(default_factory=list, description="what is set otherwise for some files")

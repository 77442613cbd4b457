"""The shape of what says who made a result."""

from pydantic import Field

from archadvisor.loading.shapes.base import Shape


class Pack(Shape):
    """A pack in use."""

    name: str
    version: str


class Tool(Shape):
    """What made the advice."""

    version: str
    packs: list[Pack]
    catalog_checked: str = Field(description="the day on which the oldest table of the catalog was checked")

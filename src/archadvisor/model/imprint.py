"""What a report says of its own making."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Imprint:
    """The workload a report is about, as a path from the report's folder, the day it is for, and who made it."""

    workload: str
    as_of: str
    version: str

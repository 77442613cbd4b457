"""What a run is asked to tell, beside the format it tells it in."""

from archadvisor.model.frozen import dataclass
from archadvisor.model.rule import Severity


@dataclass(frozen=True, slots=True)
class Telling:
    """How much to tell people; formats for machines always tell everything."""

    verbose: bool = False
    """The reasons of every decision and the arithmetic."""
    quiet: bool = False
    """Findings and unusable files alone, and nothing where there are none."""
    statistics: bool = False
    """How often each rule spoke, in place of decisions and findings."""
    fail_on: Severity | None = "error"
    """The least severity that fails the check; None: no finding does."""

"""A baseline file to a baseline."""

from archadvisor.loading.records import read_record
from archadvisor.model.baseline import Baseline, Entry


def read_baseline(file: str) -> Baseline:
    """The baseline in a file.

    Raises:
        UnreadableInput: it is none; with every problem.
    """
    found = read_record(file, "baseline")
    return {
        name: tuple(
            Entry(each["rule"], each["subject"], each["message"], each["fingerprint"], each["count"])
            for each in entries
        )
        for name, entries in found["files"].items()
    }

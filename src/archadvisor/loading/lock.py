"""A lock file to a lock, and which lock is for a file."""

from archadvisor.loading.records import read_record
from archadvisor.model.lock import Held, Lock
from archadvisor.model.rule import PackName


def read_lock(file: str) -> Lock:
    """The lock in a file.

    Raises:
        UnreadableInput: it is none; with every problem.
    """
    found = read_record(file, "lock")
    return Lock(
        found["as_of"],
        tuple(PackName(name, version) for name, version in found["packs"].items()),
        tuple(found["catalog"].items()),
        {
            name: tuple(
                Held(
                    each["decision"],
                    each["subject"],
                    each["option"],
                    tuple(each["rules"]),
                    tuple(each["facts"].items()),
                )
                for each in decisions
            )
            for name, decisions in found["files"].items()
        },
    )

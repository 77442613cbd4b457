"""What a workload file accepts: its `suppressions` section, and its comments that begin with `archadvisor:`."""

import datetime
from collections.abc import Iterator

from archadvisor.loading.node import Mapping, Scalar, Sequence, text_at, value_at
from archadvisor.model.suppression import Misfit, Suppression

_MARK = "advis"


def suppressions(text: str, root: Mapping) -> Iterator[Suppression | Misfit]:
    """All that a file says it accepts, in the section and in comments, and what is meant so and is not."""
    yield from _in_section(root)
    if _MARK in text.lower():
        from archadvisor.loading.ignoring import ignored

        yield from ignored(text, root)


def is_day(text: str) -> bool:
    """Whether a text is a day of the calendar, such as `2027-03-01`."""
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _in_section(root: Mapping) -> Iterator[Suppression | Misfit]:
    section = value_at(root, "suppressions")
    for entry in section.items if isinstance(section, Sequence) else ():
        assert isinstance(entry, Mapping)
        named, until = entry.items["rule"][1], value_at(entry, "until")
        assert isinstance(named, Scalar)
        because, subject = text_at(entry, "because") or "", text_at(entry, "subject")
        if isinstance(until, Scalar) and until.value is not None and not is_day(until.written):
            yield Misfit("malformed", f"`{until.written}` is no day", "write a day such as `2027-03-01`", until.place)
        else:
            yield Suppression(named.written, subject, because, text_at(entry, "until"), named.place, "section")

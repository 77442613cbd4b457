"""What two packs decide otherwise, for people and for programs (the versioned shape `rules-diff/1`)."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict

from archadvisor.model.packdiff import Moved, PackDiff
from archadvisor.model.workload import short_name
from archadvisor.rendering.paint import Paper, counted, folded
from archadvisor.rendering.verification import workload_lines

Titles = Mapping[tuple[str, str], str]


def packdiff_text(found: PackDiff, titles: Titles, paper: Paper) -> str:
    """The decisions that move, each with a workload; the rules behind it; the given workloads that change."""
    lines: list[str] = []
    for moved in found.moved:
        lines += _moved(moved, titles, paper)
    lines += [f"  {'~' if rule in found.gained else '-'} {rule}" for rule in found.lost]
    lines += [f"  + {rule}" for rule in found.gained if rule not in found.lost]
    for decision in found.other_decisions:
        lines.append(f"  ~ the decision `{decision}` is put otherwise, or is in one pack only")
    for decision in found.alike:
        told = f"{decision}: rules differ, and none of {counted(found.tried, 'workload')} shows another answer"
        lines += folded(f"{told}; this is no proof (bounded)", paper.width, "  ", "    ")
    if found.given:
        lines += _given(found, titles)
    return "\n".join([*lines, _verdict(found)]) + "\n"


def packdiff_json(found: PackDiff) -> str:
    """The same as JSON text."""
    return (
        json.dumps({"schema": "rules-diff/1", "same": found.same, **asdict(found)}, indent=2, ensure_ascii=False) + "\n"
    )


def _moved(moved: Moved, titles: Titles, paper: Paper) -> Iterator[str]:
    before, after = (_title(moved.decision, option, titles) for option in (moved.before, moved.after))
    of = f" of {short_name(moved.subject)}" if moved.subject else ""
    yield f"{paper.paint(moved.decision, 'bold')}{of}: {before} -> {paper.paint(after, 'bold')}"
    yield from (f"      {line}" for line in workload_lines(moved.witness))


def _given(found: PackDiff, titles: Titles) -> Iterator[str]:
    for file, decision, subject, before, after in found.changed:
        of = f" of {short_name(subject)}" if subject else ""
        sides = f"{_title(decision, before, titles)} -> {_title(decision, after, titles)}"
        yield f"  {file}: {decision}{of}: {sides}"
    changed = len({file for file, *_ in found.changed})
    yield f"{changed or 'none'} of {counted(found.given, 'workload')} given changes"


def _title(decision: str, option: str | None, titles: Titles) -> str:
    return "no answer" if option is None else titles.get((decision, option), option)


def _verdict(found: PackDiff) -> str:
    if found.same:
        return "the packs mean the same: proved, their decisions, conditions and effects are the same"
    both = len({*found.lost} & {*found.gained})
    gone, new = len(found.lost) - both, len(found.gained) - both
    rules = f"{counted(both, 'rule')} changed, {gone or 'none'} gone, {new or 'none'} new"
    return f"{rules}; {counted(len(found.moved), 'decision')} with another answer somewhere"

"""What a fleet comes to, as text and as JSON."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from archadvisor.model.fleet import About, Comparison, Complaint, FleetReport, RuleCount, Share, Summary, TeamCount
from archadvisor.rendering.paint import Paper, columns, counted, cut, folded, printable

_MOST = 20
"""Rows of a table that text shows; JSON has all."""
NOBODY = "(no team)"
NO_ANSWER = "no answer"
_NOTHING = (
    "no workload was found: of folders workload files are taken, and files of other tools are named by a pattern such "
    "as '**/compose.yaml'"
)
_DIFFERENT = "; no file has the same name in both: write the sources of both runs in the same way"
Cells = Sequence[str]


def summary_text(found: Summary, out: str, paper: Paper) -> str:
    """What a run came to, and how to ask on."""
    tally = found.tally
    if not tally.files:
        return "\n".join(folded(_NOTHING, paper.width)) + "\n"
    parts = [
        f"{counted(tally.files, 'file')}: {counted(tally.workloads, 'workload')}",
        f"{counted(tally.decisions, 'decision')}, {counted(tally.findings, 'finding')}",
        counted(tally.diagnostics, "diagnostic"),
        f"{_batches(found.batches)}, {found.kept or 'none'} of them done before",
    ]
    lines = [*folded("; ".join(parts), paper.width), *folded(f"next: archadvisor fleet report {out}", paper.width)]
    return "\n".join(lines) + "\n"


def _batches(number: int) -> str:
    return "1 batch" if number == 1 else f"{number} batches"


def fleet_json(found: FleetReport) -> str:
    """The whole report as `fleet-report/1`."""
    return json.dumps({"schema": "fleet-report/1", **asdict(found)}, indent=2, ensure_ascii=False) + "\n"


def fleet_text(found: FleetReport, paper: Paper) -> str:
    """The report for a terminal; of long tables the beginning."""
    lines = [*_about(found.about, paper), "", *_shares(found.shares, paper)]
    lines += _table("findings by rule", _rule_rows(found.rules), paper)
    lines += _table("findings by team", _team_rows(found.teams), paper)
    if found.complaints:
        lines += ["", paper.paint("could not be used", "bold"), *_complaints(found.complaints, paper)]
    if found.comparison:
        lines += ["", *_comparison(found.comparison, paper)]
    return "\n".join(lines) + "\n"


def _about(about: About, paper: Paper) -> Iterator[str]:
    what = f"{counted(about.workloads, 'workload')} in {counted(about.files, 'file')} of {', '.join(about.sources)}"
    yield from folded(f"{what}, as of {about.as_of}, by {', '.join(about.packs)}", paper.width)
    yield from (line for text in doubts(about) for line in folded(text, paper.width))


def doubts(about: About) -> Iterator[str]:
    """What a reader must know before trusting the numbers."""
    if about.missing:
        yield f"the run is not finished: {_batches(about.missing)} of it are not done; the same command again does them"
    for source, message in about.unlisted:
        yield f"`{source}` is not in it: {message}"


def _shares(shares: Sequence[Share], paper: Paper) -> Iterator[str]:
    yield paper.paint("decisions", "bold")
    decision = None
    for each in shares:
        name = each.decision if each.decision != decision else ""
        decision = each.decision
        doubt = f"{each.provisional} provisional" if each.provisional else ""
        share = f"{each.outcomes / each.of_all:7.1%} {each.outcomes:9}"
        yield cut(f"  {name:13} {printable(each.option or NO_ANSWER):26} {share}  {doubt}".rstrip(), paper.width)


def _rule_rows(rules: Sequence[RuleCount]) -> Iterator[Cells]:
    yield ("rule", "severity", "findings", "accepted", "workloads")
    for each in rules:
        yield (each.rule, each.severity, str(each.findings), str(each.accepted), str(each.workloads))


def _team_rows(teams: Sequence[TeamCount]) -> Iterator[Cells]:
    yield ("team", "workloads", "errors", "warnings", "notes", "provisional", "unusable")
    for each in teams:
        numbers = (each.workloads, each.errors, each.warnings, each.notes, each.provisional, each.unusable)
        yield (each.team or NOBODY, *map(str, numbers))


def _table(title: str, rows: Iterator[Cells], paper: Paper) -> Iterator[str]:
    """A table whose first column takes what room there is; the others are as wide as what is in them."""
    head, *body = rows
    if not body:
        return
    shown = [head, *body[:_MOST]]
    widths = [max(columns(row[place]) for row in shown) for place in range(1, len(head))]
    first = paper.width - 2 - sum(width + 2 for width in widths)
    yield from ("", paper.paint(title, "bold"))
    for row in shown:
        name = cut(printable(row[0]), first)
        cells = "".join(f"  {cell:>{width}}" for cell, width in zip(row[1:], widths, strict=True))
        yield f"  {name}{' ' * (first - columns(name))}{cells}"
    yield from _more(len(body))


def _more(rows: int) -> Iterator[str]:
    if rows > _MOST:
        yield f"  … {rows - _MOST} more with --format json"


def _complaints(complaints: Sequence[Complaint], paper: Paper) -> Iterator[str]:
    for each in complaints[:_MOST]:
        where = f"{each.uri}:{each.line}:{each.column}" if each.line else each.uri
        yield from folded(f"{where}: {each.message}", paper.width, "  ", "    ")
    yield from _more(len(complaints))


def _comparison(found: Comparison, paper: Paper) -> Iterator[str]:
    yield paper.paint("what would flip", "bold")
    other = found.other
    yield from folded(in_words(found), paper.width, "  ", "  ")
    yield from (line for text in doubts(other) for line in folded(text, paper.width, "  ", "  "))
    yield from _table("flips by decision", flip_rows(found), paper)
    yield from _table("flips by team", flipped_teams(found), paper)
    yield from _table("findings that differ", changed_rules(found), paper)


def in_words(found: Comparison) -> str:
    """A comparison in a sentence."""
    other = found.other
    workloads = len({flip.uri for flip in found.flips})
    outside = found.only_here + found.only_there
    rest = f"; {counted(outside, 'workload')} of only one run not compared" if outside else ""
    by = f"as of {other.as_of} by {', '.join(other.packs)} (archadvisor {other.version})"
    return (
        f"{by}, {counted(len(found.flips), 'decision')} of {counted(workloads, 'workload')} "
        f"would be otherwise, of {found.shared} compared{rest}{_DIFFERENT if outside and not found.shared else ''}"
    )


def flip_rows(found: Comparison) -> Iterator[Cells]:
    """How often decisions flip from which option to which, with a head."""
    yield ("decision", "is", "would be", "decisions")
    counts = Counter((flip.decision, flip.was, flip.becomes) for flip in found.flips)
    for (decision, was, becomes), number in counts.most_common():
        yield (decision, was, becomes, str(number))


def flipped_teams(found: Comparison) -> Iterator[Cells]:
    """How many decisions flip for each team, with a head."""
    yield ("team", "decisions")
    for team, number in Counter(flip.team for flip in found.flips).most_common():
        yield (team or NOBODY, str(number))


def changed_rules(found: Comparison) -> Iterator[Cells]:
    """How the findings of each rule differ, with a head."""
    yield ("rule", "gone", "new", "other severity")
    for each in found.rules:
        yield (each.rule, str(each.gone), str(each.added), str(each.other_severity))

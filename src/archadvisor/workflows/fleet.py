"""The page about a fleet."""

from archadvisor.model.fleet import FleetReport
from archadvisor.workflows.extras import needing

_MOST_TEAMS = 20


def fleet_page(found: FleetReport) -> str:
    """The report on a fleet as HTML.

    Raises:
        UnreadableInput: what it takes is not installed.
    """
    with needing("an HTML report", "report"):
        from archadvisor.drawing.bars import Bar, count_bars, share_bars
        from archadvisor.rendering.fleet import NO_ANSWER, NOBODY
        from archadvisor.rendering.fleet_page import (
            Plots,
            by_decision,
            fleet_html,
            shares_in_words,
            teams_in_words,
        )
        from archadvisor.rendering.paint import printable
    decisions = [
        Bar(decision, tuple((each.option or NO_ANSWER, each.outcomes / each.of_all) for each in own))
        for decision, own in by_decision(found.shares).items()
    ]
    teams = [
        Bar(
            printable(each.team or NOBODY),
            (("errors", each.errors), ("warnings", each.warnings), ("notes", each.notes)),
        )
        for each in found.teams[:_MOST_TEAMS]
    ]
    shares = share_bars(decisions, shares_in_words(found)) if decisions else ""
    return fleet_html(found, Plots(shares, count_bars(teams, teams_in_words()) if teams else ""))

"""The report on a fleet as one HTML file that asks nothing of anybody."""

from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from archadvisor.model.fleet import FleetReport, Share
from archadvisor.rendering.fleet import NO_ANSWER, NOBODY, changed_rules, doubts, flip_rows, flipped_teams, in_words
from archadvisor.rendering.page import environment, policy, template

_MOST = 500
"""Rows of a table that a page shows; JSON has all."""


@dataclass(frozen=True, slots=True)
class Plots:
    """What is drawn for a page, as SVG; nothing where there is nothing to draw."""

    shares: str
    teams: str


def fleet_html(found: FleetReport, plots: Plots) -> str:
    """The report as a page; nothing in it that comes from workloads acts as HTML."""
    style = template("report.css")
    compared = found.comparison
    return (
        environment()
        .get_template("fleet.html")
        .render(
            it=found,
            policy=policy(style, ""),
            style=Markup(style),
            doubts=list(doubts(found.about)),
            shares=by_decision(found.shares),
            plots={"shares": Markup(plots.shares), "teams": Markup(plots.teams)},
            nobody=NOBODY,
            no_answer=NO_ANSWER,
            compared=in_words(compared) if compared else None,
            changes=[list(rows(compared)) for rows in (flip_rows, flipped_teams, changed_rules)] if compared else [],
            most=_MOST,
        )
    )


def by_decision(shares: tuple[Share, ...]) -> dict[str, list[Share]]:
    """The shares of each decision."""
    return {decision: list(own) for decision, own in groupby(shares, lambda share: share.decision)}


def shares_in_words(found: FleetReport) -> str:
    """What the plot of shares shows."""
    first = [(decision, own[0]) for decision, own in by_decision(found.shares).items()]
    parts = [f"{name}: {top.option or NO_ANSWER} {top.outcomes / top.of_all:.0%}" for name, top in first]
    return f"How often each option is advised. The most frequent: {', '.join(parts)}."


def teams_in_words() -> str:
    """What the plot of teams shows."""
    return "Findings by team, those with the most errors first; the table below has the numbers."

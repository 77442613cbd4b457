"""The design report as one HTML file that asks nothing of anybody."""

from collections.abc import Iterator
from dataclasses import dataclass

import jinja2
from markupsafe import Markup

from archadvisor.model.advice import Evidence
from archadvisor.model.cost import Estimate, Quote, ServiceCost
from archadvisor.model.dossier import Dossier
from archadvisor.model.quantity import worded
from archadvisor.rendering.cost import NOT_COUNTED, position_in_words, quote_in_words, span_in_words
from archadvisor.rendering.imprint import imprint_line
from archadvisor.rendering.page import environment, policy, template
from archadvisor.rendering.svg import STYLE

_CONTENTS = {
    "summary": "Summary",
    "diagram": "Diagram",
    "decisions": "Decisions",
    "cost": "Cost",
    "questions": "Open questions",
    "findings": "Findings",
    "accepted": "Accepted",
    "sources": "Sources",
    "made": "How it was made",
    "workload": "Workload",
}
_MANY = 12
"""Names and facts that are told one by one; where there are more, they are folded."""


@dataclass(frozen=True, slots=True)
class Pictures:
    """What is drawn for a report: SVG, and the plot also in words."""

    diagram: str
    plot: str
    plotted: str


def html(found: Dossier, pictures: Pictures) -> str:
    """The report as a page; nothing in it that comes from the workload acts as HTML."""
    style = f"{template('report.css')}{STYLE}"
    script = template("report.js")
    return (
        _environment()
        .get_template("report.html")
        .render(
            it=found,
            policy=policy(style, script),
            style=Markup(style),
            script=Markup(script),
            contents=_CONTENTS.items(),
            diagram=Markup(pictures.diagram),
            plot=Markup(pictures.plot),
            plotted=pictures.plotted,
            not_counted=NOT_COUNTED,
            many=_MANY,
            imprint=Markup(imprint_line(found.imprint)),
        )
    )


def plot_in_words(found: Estimate) -> str:
    """What the plot of Fargate against instances shows."""
    shares = ", ".join(f"{each.type} from {each.share:.1%}" for each in found.break_even)
    doubtful = [each.type for each in found.break_even if each.unverified]
    doubt = f" The prices of {', '.join(doubtful)} are unverified." if doubtful else ""
    stands = f" {position_in_words(found.position)}" if found.position else ""
    return f"An instance costs less than Fargate where more of it is reserved than this: {shares}.{doubt}{stands}"


def _environment() -> jinja2.Environment:
    made = environment()
    made.filters |= {"value": _value, "price": quote_in_words, "span": span_in_words, "quotes": _quotes}
    return made


def _value(used: Evidence) -> str:
    return "****" if used.redacted else worded(used.value, used.unit)


def _quotes(service: ServiceCost) -> Iterator[Quote]:
    return filter(None, (service.advised, *service.others))

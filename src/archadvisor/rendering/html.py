"""The design report as one HTML file that asks nothing of anybody."""

import base64
import hashlib
import re
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
from archadvisor.rendering.paint import printable
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
_CODE = re.compile(r"`([^`]*)`")


@dataclass(frozen=True, slots=True)
class Pictures:
    """What is drawn for a report: SVG, and the plot also in words."""

    diagram: str
    plot: str
    plotted: str


def html(found: Dossier, pictures: Pictures) -> str:
    """The report as a page; nothing in it that comes from the workload acts as HTML."""
    style = f"{_template('report.css')}{STYLE}"
    script = _template("report.js")
    return (
        _environment()
        .get_template("report.html")
        .render(
            it=found,
            policy=_policy(style, script),
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
    """Templates in which whatever is put in is escaped, and shows direction marks as what they are."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("archadvisor.rendering"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_shown,
        keep_trailing_newline=True,
    )
    made.filters |= {
        "prose": _prose,
        "value": _value,
        "price": quote_in_words,
        "span": span_in_words,
        "quotes": _quotes,
    }
    return made


def _template(name: str) -> str:
    loader = jinja2.PackageLoader("archadvisor.rendering")
    return loader.get_source(jinja2.Environment(autoescape=True), name)[0]


def _shown(value: object) -> object:
    return _line(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _line(text: str) -> str:
    return printable(text.replace("\n", " ").expandtabs(4))


def _prose(text: str) -> Markup:
    """Text with its code spans as code."""
    parts = _CODE.split(printable(text))
    spans = (
        Markup("<code>{}</code>").format(part) if index % 2 else Markup.escape(part) for index, part in enumerate(parts)
    )
    return Markup("").join(spans)


def _value(used: Evidence) -> str:
    return "****" if used.redacted else worded(used.value, used.unit)


def _quotes(service: ServiceCost) -> Iterator[Quote]:
    return filter(None, (service.advised, *service.others))


def _policy(style: str, script: str) -> str:
    """A Content-Security-Policy under which this style and this script run, and nothing else does."""
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

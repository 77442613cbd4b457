"""A monthly estimate as text and as JSON (the versioned shape `cost/1`)."""

import json
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from archadvisor.model.cost import Charge, Estimate, Position, Quote, Span
from archadvisor.rendering.json import Json
from archadvisor.rendering.paint import Paper, folded, printable

_CENT = Decimal("0.01")
_TITLE = 38
NOT_COUNTED = (
    "Not counted: what runs outside containers, data transfer, NAT gateways, network endpoints, public addresses, "
    "logs, load balancer capacity units, volumes, calls, scans, keys, certificates of a private authority, larger "
    "control planes, support, room to spare on instances, and what Savings Plans and Spot instances save. Replicas and "
    "secrets are counted as they are said, for all Regions together. List prices of us-east-1 and a month of 730 "
    "hours; other Regions differ."
)


def money(amount: Decimal) -> str:
    """An amount in dollars and cents: `$1,234.50`."""
    return f"${amount.quantize(_CENT, ROUND_HALF_UP):,}"


def span_in_words(span: Span) -> str:
    """From the least to the most: `$9.01`, `$9.01 to $18.02`, `$9.01 or more`."""
    if span.high is None:
        return f"{money(span.low)} or more"
    return money(span.low) if span.high == span.low else f"{money(span.low)} to {money(span.high)}"


def quote_in_words(quote: Quote) -> str:
    """What something costs and what of it is not counted, or which facts it takes to tell."""
    if quote.span is None:
        return f"needs {', '.join(quote.missing)}"
    without = f" (not counted: {', '.join(quote.uncounted)})" if quote.uncounted else ""
    return f"{span_in_words(quote.span)}{without}"


def position_in_words(position: Position) -> str:
    """Which share of its instances a workload would reserve."""
    ends = dict.fromkeys(f"{each:.1%}" for each in (position.low, position.high) if each is not None)
    told = " to ".join(ends) or "a share that is not known"
    return f"On {position.type}, what can run on instances here would reserve {told} of those it fills."


def cost_text(found: Estimate, paper: Paper) -> str:
    """The plans, then each service and what is shared with its formula, then where instances become cheaper."""
    return "\n".join(_lines(found, paper)) + "\n"


def _lines(found: Estimate, paper: Paper) -> Iterator[str]:
    yield f"{paper.paint(found.name, 'bold')}  {printable(found.file)}  prices of {found.checked}"
    yield ""
    yield paper.paint("a month", "bold")
    for plan in found.plans:
        yield from _quote(plan, 2)
    for service in found.services:
        yield ""
        yield paper.paint(service.service, "bold")
        if service.advised is None:
            yield "  not counted: no price is known for what it runs on"
        for index, quote in enumerate(filter(None, (service.advised, *service.others))):
            mark = f" ({found.plans[0].title})" if index == 0 and service.advised else ""
            yield from _quote(quote, 2, mark)
            yield from (line for charge in quote.charges for line in _charge(charge, paper, 6))
    if found.shared:
        yield ""
        yield paper.paint("for the workload as a whole", "bold")
        for charge in found.shared:
            yield from _line(charge.what, span_in_words(charge.span), 2, charge.unverified)
            yield from _charge(charge, paper, 6)
    yield ""
    yield from _against_fargate(found, paper)
    yield ""
    yield from folded(NOT_COUNTED, paper.width)


def _against_fargate(found: Estimate, paper: Paper) -> Iterator[str]:
    """From where on instances are cheaper, and where the workload stands."""
    yield paper.paint("an instance is cheaper than Fargate, if of it are reserved more than", "bold")
    for each in found.break_even:
        share = f"{each.share:.1%}  ({each.price} / {each.fargate.normalize():f})"
        yield f"  {each.type:<14}{share}{_doubt(each.unverified)}"
    if found.position is not None:
        yield from folded(position_in_words(found.position), paper.width)


def _quote(quote: Quote, indent: int, mark: str = "") -> Iterator[str]:
    yield from _line(f"{quote.title}{mark}", quote_in_words(quote), indent, quote.unverified)


def _line(title: str, told: str, indent: int, unverified: bool) -> Iterator[str]:
    yield f"{' ' * indent}{title:<{_TITLE}} {told}{_doubt(unverified)}"


def _charge(charge: Charge, paper: Paper, indent: int) -> Iterator[str]:
    for line in folded(f"{charge.what}: {charge.formula}", paper.width, " " * indent, " " * (indent + 2)):
        yield paper.paint(line, "dim")


def _doubt(unverified: bool) -> str:
    return "  unverified" if unverified else ""


def cost_json(found: Estimate) -> str:
    """The same as JSON text; amounts are decimal text."""
    document: Json = {
        "schema": "cost/1",
        "file": found.file,
        "name": found.name,
        "as_of": found.as_of,
        "prices_checked": found.checked,
        "currency": "USD",
        "plans": [_quote_json(plan) for plan in found.plans],
        "services": [
            {
                "service": service.service,
                "advised": None if service.advised is None else _quote_json(service.advised),
                "others": [_quote_json(quote) for quote in service.others],
            }
            for service in found.services
        ],
        "shared": [_charge_json(charge) for charge in found.shared],
        "break_even": [
            {"type": each.type, "share": f"{each.share:.4f}", "unverified": each.unverified}
            for each in found.break_even
        ],
        "position": None if found.position is None else _position_json(found.position),
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _position_json(position: Position) -> Json:
    low, high = (None if each is None else f"{each:.4f}" for each in (position.low, position.high))
    return {"type": position.type, "low": low, "high": high}


def _quote_json(quote: Quote) -> Json:
    return {
        "title": quote.title,
        "monthly": None if quote.span is None else _span_json(quote.span),
        "missing": list(quote.missing),
        "not_counted": list(quote.uncounted),
        "unverified": quote.unverified,
        "charges": [_charge_json(charge) for charge in quote.charges],
    }


def _charge_json(charge: Charge) -> Json:
    return {
        "what": charge.what,
        "formula": charge.formula,
        "monthly": _span_json(charge.span),
        "unverified": charge.unverified,
    }


def _span_json(span: Span) -> Json:
    low, high = (None if end is None else str(end.quantize(_CENT, ROUND_HALF_UP)) for end in (span.low, span.high))
    return {"low": low, "high": high}

"""Estimates of small workloads, and how they are read."""

from decimal import ROUND_HALF_UP, Decimal

from archadvisor import load_workload
from archadvisor.engine.program import Program
from archadvisor.loading.prices import catalog_prices
from archadvisor.model.cost import Estimate, Quote, Span
from archadvisor.workflows.check import advice_on
from archadvisor.workflows.cost import estimated


def estimate(program: Program, service: dict[str, object], **workload: object) -> Estimate:
    given = load_workload({"version": 1, "name": "x", "services": {"s": service}, **workload})
    return estimated(program, given, advice_on(given, program), catalog_prices(program.catalog, program.day))


def always(cpu: float, gib: float, **more: object) -> dict[str, object]:
    """One replica of a worker, day and night."""
    return {"kind": "worker", "cpu": cpu, "memory": f"{gib} GiB", "replicas": {"min": 1, "max": 1}, **more}


def quotes(found: Estimate) -> dict[str, Quote]:
    (service,) = found.services
    return {quote.title: quote for quote in filter(None, (service.advised, *service.others))}


def cents(span: Span | None) -> tuple[str, ...] | None:
    if span is None or span.high is None:
        return None
    return tuple(str(end.quantize(Decimal("0.01"), ROUND_HALF_UP)) for end in (span.low, span.high))

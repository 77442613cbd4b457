"""What is paid for the workload as a whole."""

from collections.abc import Iterable
from decimal import Decimal

from archadvisor.costing.load import HOURS, Balanced, Prices, Shared, plain
from archadvisor.costing.sign_ins import sign_ins
from archadvisor.model.cost import Charge, Price, Span

RENEWALS_A_YEAR = 2
"""How often an exportable certificate of 198 days is issued a year, rounded up."""
_MONTHS = Decimal(12)
_MODES = {"private_ca_short_lived": " (short-lived certificates)", "private_ca_general": " (general purpose)"}


def charges(shared: Shared, prices: Prices) -> tuple[Charge, ...]:
    """A line for each thing that there is."""
    lines = (
        shared.eks and _cluster(shared, prices),
        shared.balanced and _load_balancers(shared, prices),
        shared.secrets and _each("Secrets Manager", shared.secrets, "secrets_manager_secret", prices),
        shared.advanced_parameters
        and _each("advanced parameters", shared.advanced_parameters, "parameter_store_advanced", prices),
        shared.issued and _private_authority(shared, prices),
        shared.exported_names and _exported("certificates", shared.exported_names, prices["acm_exportable_name"]),
        shared.exported_wildcards
        and _exported("wildcard certificates", shared.exported_wildcards, prices["acm_exportable_wildcard"]),
        shared.images and _images(shared.images, shared.copies, prices),
    )
    return (*[line for line in lines if isinstance(line, Charge)], *sign_ins(shared.sign_ins, prices))


def _private_authority(shared: Shared, prices: Prices) -> Charge:
    """In the modes that may serve: ACM issues from the general one only, Service Connect needs the short-lived one."""
    short, general = prices["private_ca_short_lived"], prices["private_ca_general"]
    least = general if "acm" in shared.issued else short
    most = short if shared.issued == {"service_connect"} else general
    told = " to ".join(dict.fromkeys(f"{price.usd}{_MODES[price.item]}" for price in (least, most)))
    span = Span(shared.regions * least.usd, shared.regions * most.usd)
    return Charge("Private CA", f"{_in_each(shared)}{told}", span, least.unverified or most.unverified)


def _images(stored: Decimal, copies: Decimal, prices: Prices) -> Charge:
    price = prices["ecr_storage"]
    told = f"({_gib(stored)} + {_gib(copies)} in other Regions)" if copies else _gib(stored)
    return Charge("ECR storage", f"{told} x {price.usd}", _exactly((stored + copies) * price.usd), price.unverified)


def _gib(amount: Decimal) -> str:
    return f"{plain(amount.quantize(Decimal('0.01')))} GB"


def _cluster(shared: Shared, prices: Prices) -> Charge:
    price = prices["eks_cluster_extended_support" if shared.extended_support else "eks_cluster"]
    formula = f"{_in_each(shared)}{HOURS} h x {price.usd}"
    return Charge("EKS cluster", formula, _exactly(shared.regions * HOURS * price.usd), price.unverified)


def _in_each(shared: Shared) -> str:
    """The first factor of what each Region has of its own."""
    return f"{shared.regions} Regions x " if shared.regions > 1 else ""


def _each(what: str, number: int, item: str, prices: Prices) -> Charge:
    price = prices[item]
    return Charge(what, f"{number} x {price.usd}", _exactly(number * price.usd), price.unverified)


def _load_balancers(shared: Shared, prices: Prices) -> Charge:
    """Between as few as endpoints can share, and one each; what passes through is not counted."""
    price = prices["load_balancer"]
    one = shared.regions * price.usd * HOURS
    least, most = _fewest(shared.balanced), len(shared.balanced)
    told = str(most) if least == most else f"{least} to {most}"
    formula = f"{_in_each(shared)}{told} x {HOURS} h x {price.usd}"
    return Charge("load balancer", formula, Span(one * least, one * most), price.unverified)


def _fewest(balanced: Iterable[Balanced]) -> int:
    """One of each kind for the public and one for the internal endpoints; any of its kind may serve those unsaid."""
    said = {(kind, visibility) for kind, visibility in balanced if visibility is not None}
    return len(said) + len({kind for kind, _ in balanced} - {kind for kind, _ in said})


def _exported(what: str, number: int, price: Price) -> Charge:
    formula = f"{number} x {RENEWALS_A_YEAR} a year x {price.usd} / 12"
    span = _exactly(number * RENEWALS_A_YEAR * price.usd / _MONTHS)
    return Charge(f"exportable {what}", formula, span, price.unverified)


def _exactly(amount: Decimal) -> Span:
    return Span(amount, amount)

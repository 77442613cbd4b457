"""What is paid for the workload as a whole."""

from decimal import Decimal

from archadvisor.costing.load import HOURS, Prices, Shared
from archadvisor.costing.sign_ins import sign_ins
from archadvisor.model.cost import Charge, Span

RENEWALS_A_YEAR = 2
"""How often an exportable certificate of 198 days is issued a year, rounded up."""
_MONTHS = Decimal(12)


def charges(shared: Shared, prices: Prices) -> tuple[Charge, ...]:
    """A line for each thing that there is."""
    cluster = "eks_cluster_extended_support" if shared.extended_support else "eks_cluster"
    lines = (
        shared.eks and _hourly("EKS cluster", cluster, prices),
        shared.load_balancers and _load_balancers(shared.load_balancers, prices),
        shared.secrets and _each("Secrets Manager", shared.secrets, "secrets_manager_secret", prices),
        shared.advanced_parameters
        and _each("advanced parameters", shared.advanced_parameters, "parameter_store_advanced", prices),
        shared.private_authority and _private_authority(prices),
        shared.exported_certificates and _exported(shared.exported_certificates, prices),
        shared.images and _images(shared.images, prices),
    )
    return (*[line for line in lines if isinstance(line, Charge)], *sign_ins(shared.sign_ins, prices))


def _private_authority(prices: Prices) -> Charge:
    short, general = prices["private_ca_short_lived"], prices["private_ca_general"]
    formula = f"{short.usd} (short-lived certificates) to {general.usd} (general)"
    return Charge("Private CA", formula, Span(short.usd, general.usd), short.unverified or general.unverified)


def _images(stored: Decimal, prices: Prices) -> Charge:
    price = prices["ecr_storage"]
    told = f"{stored.quantize(Decimal('0.01')).normalize():f} GB x {price.usd}"
    return Charge("ECR storage", told, _exactly(stored * price.usd), price.unverified)


def _hourly(what: str, item: str, prices: Prices) -> Charge:
    price = prices[item]
    return Charge(what, f"{HOURS} h x {price.usd}", _exactly(HOURS * price.usd), price.unverified)


def _each(what: str, number: int, item: str, prices: Prices) -> Charge:
    price = prices[item]
    return Charge(what, f"{number} x {price.usd}", _exactly(number * price.usd), price.unverified)


def _load_balancers(number: int, prices: Prices) -> Charge:
    """Between one that all endpoints share, and one each; what passes through is not counted."""
    price = prices["load_balancer"]
    one = price.usd * HOURS
    told = "1" if number == 1 else f"1 to {number}"
    return Charge("load balancer", f"{told} x {HOURS} h x {price.usd}", Span(one, one * number), price.unverified)


def _exported(number: int, prices: Prices) -> Charge:
    price = prices["acm_exportable_name"]
    formula = f"{number} x {RENEWALS_A_YEAR} a year x {price.usd} / 12"
    span = _exactly(number * RENEWALS_A_YEAR * price.usd / _MONTHS)
    return Charge("exportable certificates", formula, span, price.unverified)


def _exactly(amount: Decimal) -> Span:
    return Span(amount, amount)

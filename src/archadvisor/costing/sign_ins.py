"""What people who sign in by Cognito cost."""

from collections.abc import Iterator

from archadvisor.costing.load import Prices, SignIns
from archadvisor.model.cost import ZERO, Charge, Span

FREE_USERS = 10_000
FREE_FEDERATED = 50


def sign_ins(people: SignIns, prices: Prices) -> Iterator[Charge]:
    """A line for each way of signing in that is paid in its own way."""
    if people.plus:
        price = prices["cognito_plus"]
        amount = people.plus * price.usd
        yield Charge("Cognito (Plus)", f"{people.plus} x {price.usd}", Span(amount, amount), price.unverified)
    if people.direct:
        yield _beyond("Cognito (Essentials)", people.direct, FREE_USERS, "cognito_essentials", prices)
    if people.federated:
        yield _beyond("Cognito (SAML and OIDC)", people.federated, FREE_FEDERATED, "cognito_federated", prices)
    if people.either:
        yield _either(people, prices)


def _beyond(what: str, users: int, free: int, item: str, prices: Prices) -> Charge:
    price = prices[item]
    paid = max(0, users - free)
    formula = f"({users} - {free} free) x {price.usd}" if paid else f"{users}, up to {free} free"
    amount = paid * price.usd or ZERO
    return Charge(what, formula, Span(amount, amount), price.unverified)


def _either(people: SignIns, prices: Prices) -> Charge:
    """What those add of whom it is not known which way they come: all of them one way, or all the other."""
    own, federated = prices["cognito_essentials"], prices["cognito_federated"]
    within = _added(people.direct, people.either, FREE_USERS)
    outside = _added(people.federated, people.either, FREE_FEDERATED)
    low, high = sorted((within * own.usd, outside * federated.usd))
    formula = f"{within} x {own.usd} in the pool itself or {outside} x {federated.usd} by SAML and OIDC"
    return Charge("Cognito (either way)", formula, Span(low, high), own.unverified or federated.unverified)


def _added(before: int, more: int, free: int) -> int:
    """How many more are paid for where more come."""
    return max(0, before + more - free) - max(0, before - free)

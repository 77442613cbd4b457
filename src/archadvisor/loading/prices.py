"""Prices: those of the catalog, and those that a person gives in their place."""

from collections.abc import Mapping as Lookup
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from archadvisor.errors import UnreadableInput
from archadvisor.loading.discovery import read_bytes
from archadvisor.loading.document import parse
from archadvisor.loading.node import Mapping, Node, Scalar
from archadvisor.loading.wording import suggestion
from archadvisor.model.catalog import Catalog
from archadvisor.model.cost import Price
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.place import START

Prices = dict[str, Price]
MOST = 10**9
"""US dollars that nothing costs."""


def catalog_prices(catalog: Catalog, day: str) -> Prices:
    """The list prices of an ISO day, by item."""
    rows = [row for row in catalog["prices"].rows if row.holds_on(day)]
    found = {}
    for row in rows:
        item, per = str(row.values["item"]), str(row.values["per"])
        found[item] = Price(item, per, Decimal(str(row.values["usd"])), row.unverified)
    return found


def with_own(prices: Lookup[str, Price], file: str) -> Prices:
    """Prices with those that a YAML file gives, by item, in their place.

    Raises:
        UnreadableInput: the file cannot be read, an item is unknown or a price is none; with every problem.
    """
    data = read_bytes(file)
    if isinstance(data, Diagnostic):
        raise UnreadableInput([data])
    try:
        root = parse(data.decode("utf-8-sig"), file)
    except UnicodeDecodeError:
        raise UnreadableInput([Diagnostic(file, "the file is not UTF-8 text", START)]) from None
    if not isinstance(root, Mapping):
        hint = 'such as `fargate_linux_x86_vcpu: "0.0364"`; `archadvisor catalog list prices` has the items'
        raise UnreadableInput([Diagnostic(file, "expected prices by item", START, hint)])
    problems: list[Diagnostic] = []
    found = dict(prices)
    for item, (key, value) in root.items.items():
        amount = _amount(value)
        if item not in prices:
            hint = suggestion(item, list(prices))
            problems.append(Diagnostic(file, f"there is no price of `{key.written}`", key.place, hint))
        elif amount is None:
            problems.append(Diagnostic(file, f"expected US dollars below {MOST} such as `0.0364`", value.place))
        else:
            found[item] = replace(prices[item], usd=amount, unverified=False)
    if problems:
        raise UnreadableInput(problems)
    return found


def _amount(node: Node) -> Decimal | None:
    try:
        amount = Decimal(node.written) if isinstance(node, Scalar) else None
    except InvalidOperation:
        return None
    return amount if amount is not None and amount.is_finite() and 0 <= amount < MOST else None

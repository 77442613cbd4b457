"""What a workload costs a month, by list prices: decimal US dollars, in ranges where facts are unknown."""

from dataclasses import dataclass
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Span:
    """From the least to the most; `high` is None where nothing bounds it."""

    low: Decimal
    high: Decimal | None

    def __add__(self, other: "Span") -> "Span":
        high = None if self.high is None or other.high is None else self.high + other.high
        return Span(self.low + other.low, high)

    def times(self, low: Decimal, high: Decimal | None) -> "Span":
        """As often as a range says."""
        most = None if self.high is None or high is None else self.high * high
        return Span(self.low * low, most)


FREE = Span(ZERO, ZERO)


@dataclass(frozen=True, slots=True)
class Price:
    """The price of an item, per what, and whether a source says so."""

    item: str
    per: str
    usd: Decimal
    unverified: bool = False


@dataclass(frozen=True, slots=True)
class Charge:
    """One line of an estimate, with the formula that a reader can redo."""

    what: str
    formula: str
    span: Span
    unverified: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """What something costs in one form."""

    title: str
    charges: tuple[Charge, ...]
    missing: tuple[str, ...] = ()
    """Facts without which it cannot be told."""
    uncounted: tuple[str, ...] = ()
    """Parts of it that no price is known for."""

    @property
    def span(self) -> Span | None:
        """The sum, without an upper end where something is not counted; None where facts are missing."""
        if self.missing:
            return None
        total = FREE
        for charge in self.charges:
            total += charge.span
        return Span(total.low, None) if self.uncounted else total

    @property
    def unverified(self) -> bool:
        """Whether a price in it has no source at hand."""
        return any(charge.unverified for charge in self.charges)


@dataclass(frozen=True, slots=True)
class ServiceCost:
    """One service: as advised, then in other forms."""

    service: str
    advised: Quote | None
    """None where no price is known for what is advised."""
    others: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class BreakEven:
    """From which share of an instance that is reserved on it costs less than the same on Fargate."""

    type: str
    price: Decimal
    fargate: Decimal
    """What Fargate asks an hour for the whole shape of the instance."""
    unverified: bool

    @property
    def share(self) -> Decimal:
        """The reserved share, 0 to 1 and beyond."""
        return self.price / self.fargate


@dataclass(frozen=True, slots=True)
class Position:
    """The share of instances of a type that a workload would reserve, at the fewest and at the most replicas.

    A share is None where no instance is needed, or where the number of replicas is not known.
    """

    type: str
    low: Decimal | None
    high: Decimal | None


@dataclass(frozen=True, slots=True)
class Estimate:
    """A month of a workload, as advised and otherwise."""

    file: str
    name: str
    as_of: str
    checked: str
    """The day on which the prices were checked; `given` where a person gave them."""
    services: tuple[ServiceCost, ...]
    shared: tuple[Charge, ...]
    """What is paid for the workload as a whole."""
    plans: tuple[Quote, ...]
    """All services in one form each, with what is shared; as advised first."""
    break_even: tuple[BreakEven, ...]
    position: Position | None
    """None where nothing can run on the instance types that prices are known for."""

"""What is to be paid for, as the facts and the advice say it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from archadvisor.model.cost import Price
from archadvisor.model.frozen import dataclass

HOURS = Decimal(730)
"""Hours of a month, as AWS's own examples count them."""
Prices = Mapping[str, Price]


@dataclass(frozen=True, slots=True)
class Instance:
    """An EC2 instance type, its size and the item of its price."""

    type: str
    vcpu: Decimal
    memory: Decimal
    arch: str
    item: str


@dataclass(frozen=True, slots=True)
class Load:
    """A service: its size, how many replicas run, and what it is advised to run on."""

    service: str
    form: str | None
    """`fargate`, `fargate_spot`, or who runs the hosts; None where it does not run on either."""
    cpu: Decimal | None
    memory: Decimal | None
    fargate: tuple[Decimal, Decimal] | None
    """The Fargate size (vCPU, GiB) that holds a replica; None where there is none, or it is not known."""
    low: Decimal
    high: Decimal | None
    """Replicas at the least and at the most; None where that is not known."""
    os: str
    arch: str
    disk: Decimal
    accelerators: Decimal
    """GPUs, Inferentia and Trainium devices that a replica needs."""
    missing: tuple[str, ...]
    closed: frozenset[str] = frozenset()
    """Forms that rules rule out."""
    daemon: bool = False
    """Whether it runs once on each host, however many replicas are said to run."""


Issuer = Literal["acm", "service_connect", "server"]
"""ACM for what it renews at the edge, Service Connect for its proxies, or a server that holds its own key."""
Balanced = tuple[str, str | None]
"""What kind of load balancer an endpoint is behind, and whether it is public or internal; None where nobody said."""


@dataclass(frozen=True, slots=True)
class SignIns:
    """People who sign in by Cognito each month, by how they are paid for."""

    plus: int = 0
    """Those who need threat protection, in a pool of the Plus plan."""
    direct: int = 0
    """Those whom the pool itself knows, or a social provider."""
    federated: int = 0
    """Those whom a SAML or OIDC provider knows."""
    either: int = 0
    """Those who may come either way."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What services share: the cluster, load balancers, secrets, certificates, images, sign-ins."""

    regions: int
    """How many Regions each have a cluster, load balancers and a private authority of their own."""
    eks: bool
    extended_support: bool
    balanced: tuple[Balanced, ...]
    secrets: int
    """In Secrets Manager, copies in other Regions counted."""
    advanced_parameters: int
    issued: frozenset[Issuer]
    """By whom certificates of a private authority are asked for."""
    exported_names: int
    exported_wildcards: int
    images: Decimal
    """GiB, copies aside."""
    copies: Decimal
    """GiB of copies of images in other Regions."""
    sign_ins: SignIns


def plain(amount: Decimal) -> str:
    """An amount without zeros at its end."""
    return f"{amount.normalize():f}"

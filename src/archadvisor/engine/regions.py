"""Facts about the Regions of a workload: their partition, whether they exist, what they lack."""

from collections.abc import Mapping
from typing import Any

from archadvisor.engine.derivation import DerivedFact, Given, Rows, Samples
from archadvisor.model.fact import Known

Row = Mapping[str, Any]


def _partition_of(region: str, given: Given) -> str:
    """The partition with the longest prefix of a Region's name; that of the commercial one is empty."""
    rows: list[Row] = list(given.rows("partitions"))
    fitting = [(prefix, row["partition"]) for row in rows for prefix in row["prefixes"] if region.startswith(prefix)]
    return str(max(fitting, key=lambda found: len(found[0]))[1])


def _partition(given: Given) -> Known:
    regions = given.values["regions"]
    if not isinstance(regions, tuple):
        return None
    found = {_partition_of(region, given) for region in regions} or {"aws"}
    return found.pop() if len(found) == 1 else "mixed"


def _among(given: Given, cell: str, inside: bool) -> Known:
    """The Regions of a workload that a cell of some partition names, or those that none names."""
    regions = given.values["regions"]
    if not isinstance(regions, tuple):
        return None
    rows: list[Row] = list(given.rows("partitions"))
    named = {region for row in rows for region in row[cell]}
    return tuple(region for region in regions if (region in named) is inside)


def _unlisted(given: Given) -> Known:
    return _among(given, "regions", inside=False)


def _opt_in(given: Given) -> Known:
    return _among(given, "opt_in", inside=True)


def _not_there(given: Given) -> Known:
    regions = given.values["regions"]
    if not isinstance(regions, tuple):
        return None
    homes = [(region, _partition_of(region, given)) for region in regions]
    rows: list[Row] = list(given.rows("service_regions"))
    return tuple(str(row["service"]) for row in rows if any(_lacks(row, *home) for home in homes))


def _lacks(row: Row, region: str, partition: str) -> bool:
    return region in row["missing_regions"] or partition in row["missing_partitions"]


def _homes(rows: Rows) -> Samples:
    """No Region, one of each partition, one in no list, and some in several; and those that lack a service.

    The first of the commercial ones must be enabled first, the last need not.
    """
    table: list[Row] = list(rows("partitions"))
    homes = [(str(region),) for row in table for region in dict.fromkeys((row["regions"][0], row["regions"][-1]))]
    lacking: list[Row] = list(rows("service_regions"))
    poorer = [(str(region),) for row in lacking for region in row["missing_regions"]]
    unlisted = [(f"{row['prefixes'][0] or 'xx-'}x-1",) for row in table]
    several = (*homes[0], "xx-y-2"), (*homes[0], *homes[-1])
    return {"regions": tuple(dict.fromkeys([(), *homes, *unlisted, *poorer, *several]))}


_REGIONS = ("regions",)

REGIONS: tuple[DerivedFact, ...] = (
    DerivedFact(
        "partition",
        "workload",
        "word",
        "the AWS partition of its Regions; `mixed` where there are several",
        _REGIONS,
        _partition,
        ("partitions",),
        ("aws", "aws_cn", "aws_us_gov", "aws_eusc", "aws_iso", "mixed"),
        samples=_homes,
    ),
    DerivedFact(
        "unlisted_regions",
        "workload",
        "set",
        "those of its Regions that are in no partition's list",
        _REGIONS,
        _unlisted,
        ("partitions",),
        samples=_homes,
    ),
    DerivedFact(
        "opt_in_regions",
        "workload",
        "set",
        "those of its Regions that an account must enable first",
        _REGIONS,
        _opt_in,
        ("partitions",),
        samples=_homes,
    ),
    DerivedFact(
        "services_not_there",
        "workload",
        "set",
        "services that a Region of it lacks, by the list of endpoints",
        _REGIONS,
        _not_there,
        ("partitions", "service_regions"),
        ("codebuild", "cognito_identity_pools", "cognito_user_pools", "ecr_public", "vpc_lattice"),
        samples=_homes,
    ),
)

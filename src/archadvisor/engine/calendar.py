"""Facts that the calendar decides: support windows, lifetimes of certificates, ends of services."""

import datetime
from collections.abc import Mapping
from typing import Any

from archadvisor.engine.derivation import DerivedFact, Given, Rows, Samples
from archadvisor.model.fact import Known
from archadvisor.model.quantity import SECONDS_OF_A_DAY, quantity

Row = Mapping[str, Any]
NEVER = "none"
_LONG_AGO = "long ago"


def time_left(day: str, last: str) -> float:
    """The seconds from one ISO day to another, which is how durations are compared."""
    days = datetime.date.fromisoformat(last) - datetime.date.fromisoformat(day)
    return days.days * SECONDS_OF_A_DAY


def _minor(version: object) -> int:
    """The minor number of a Kubernetes version."""
    return int(str(version).partition(".")[2])


def _eks_row(given: Given) -> Row | None:
    version = given.values["existing.eks_version"]
    return next((row for row in given.rows("eks_versions") if row["version"] == version), None)


def _eks_support(given: Given) -> Known:
    version = given.values["existing.eks_version"]
    if version is None or version == NEVER:
        return version
    row = _eks_row(given)
    if row is None:
        listed = [_minor(row["version"]) for row in given.rows("eks_versions")]
        return "ended" if listed and _minor(version) < min(listed) else "unlisted"
    if given.day <= str(row["standard_until"]):
        return "standard"
    return "extended" if given.day <= str(row["extended_until"]) else "ended"


def _eks_support_until(given: Given) -> Known:
    support, row = _eks_support(given), _eks_row(given)
    if row is None:
        return _LONG_AGO if support == "ended" else None if support is None else NEVER
    return str(row["standard_until" if support == "standard" else "extended_until"])


def _eks_support_left(given: Given) -> Known:
    support = _eks_support(given)
    if support in ("standard", "extended"):
        return time_left(given.day, str(_eks_support_until(given)))
    return None if support is None else NEVER


def _certificate_valid(given: Given) -> Known:
    row = next((row for row in given.rows("certificate_validity") if row["authority"] == "public"), None)
    return NEVER if row is None else quantity(str(row["valid"]), "s")


def _next_change(given: Given) -> tuple[str, Row] | None:
    """The day on which the validity of public certificates changes next, and what it will be."""
    rows = given.frame.almanac.catalog["certificate_validity"].rows
    later = [
        (row.valid_from, row.values)
        for row in rows
        if row.valid_from is not None and row.valid_from > given.day and row.values["authority"] == "public"
    ]
    return min(later, key=lambda change: change[0], default=None)


def _certificate_change_on(given: Given) -> Known:
    change = _next_change(given)
    return change[0] if change else NEVER


def _certificate_change_left(given: Given) -> Known:
    change = _next_change(given)
    return time_left(given.day, change[0]) if change else NEVER


def _certificate_valid_next(given: Given) -> Known:
    change = _next_change(given)
    return quantity(str(change[1]["valid"]), "s") if change else NEVER


def _versions(rows: Rows) -> Samples:
    return {"existing.eks_version": ("none", "1.1", *(str(row["version"]) for row in rows("eks_versions")), "1.999")}


_VERSION = ("existing.eks_version",)
_DAY = ("-",)
_VALIDITY = ("certificate_validity",)

CALENDAR: tuple[DerivedFact, ...] = (
    DerivedFact(
        "existing.eks_support",
        "workload",
        "word",
        "support that the EKS version in use has on the day asked about",
        _VERSION,
        _eks_support,
        ("eks_versions",),
        ("none", "standard", "extended", "ended", "unlisted"),
        samples=_versions,
    ),
    DerivedFact(
        "existing.eks_support_until",
        "workload",
        "word",
        "the last day of the support that the EKS version in use has, or of what it had",
        _VERSION,
        _eks_support_until,
        ("eks_versions",),
        samples=_versions,
    ),
    DerivedFact(
        "existing.eks_support_left",
        "workload",
        "number",
        "time until that support of the EKS version in use ends; `none` where there is none",
        _VERSION,
        _eks_support_left,
        ("eks_versions",),
        unit="s",
        samples=_versions,
    ),
    DerivedFact(
        "public_certificates.valid",
        "workload",
        "number",
        "how long a public certificate issued on the day asked about may be valid",
        _DAY,
        _certificate_valid,
        _VALIDITY,
        unit="s",
    ),
    DerivedFact(
        "public_certificates.valid_next",
        "workload",
        "number",
        "how long it may be after the next change; `none` where none is planned",
        _DAY,
        _certificate_valid_next,
        _VALIDITY,
        unit="s",
    ),
    DerivedFact(
        "public_certificates.change_on",
        "workload",
        "word",
        "the day of that change, or `none`",
        _DAY,
        _certificate_change_on,
        _VALIDITY,
    ),
    DerivedFact(
        "public_certificates.change_left",
        "workload",
        "number",
        "time until that change; `none` where none is planned",
        _DAY,
        _certificate_change_left,
        _VALIDITY,
        unit="s",
    ),
)

"""Rebuilds the values of the catalog that come from botocore, and shows what is different.

`make refresh-catalog` runs it. Only rows marked `from: botocore` are written; whatever a person checked stays as it is,
and what botocore cannot answer any more is told and left.
"""

import datetime
import difflib
import io
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from botocore.loaders import Loader  # type: ignore[import-untyped]
from ruamel.yaml import YAML

CATALOG = Path(__file__).resolve().parent.parent / "catalog"
PARTITIONS = {
    "aws": "aws",
    "aws-cn": "aws_cn",
    "aws-us-gov": "aws_us_gov",
    "aws-eusc": "aws_eusc",
    "aws-iso": "aws_iso",
    "aws-iso-b": "aws_iso",
    "aws-iso-e": "aws_iso",
    "aws-iso-f": "aws_iso",
}
"""The partitions as they are called here; the isolated ones count as one."""
ENDPOINTS = {
    "codebuild": "codebuild",
    "vpc_lattice": "vpc-lattice",
    "cognito_user_pools": "cognito-idp",
    "cognito_identity_pools": "cognito-identity",
    "ecr_public": "api.ecr-public",
}
FROM_TWO_REGIONS = frozenset({"ecr_public"})
"""Services whose endpoints are in a few Regions and serve all of the partition."""
Values = Mapping[str, Any]
Reading = Callable[[Loader], dict[str, Values]]
"""What botocore says of the rows of a table: some of their cells, by the key of the row."""


class Unanswered(Exception):
    """botocore does not say any more what it said."""


def _model(loader: Loader, service: str) -> Values:
    model: Values = loader.load_service_model(service, "service-2")
    return model


def _partitions(loader: Loader) -> dict[str, list[str]]:
    """The Regions of each partition, but for pseudo-Regions."""
    regions: dict[str, list[str]] = {}
    for name, found in _known(loader):
        regions[name] = sorted([*regions.get(name, ()), *found["regions"]])
    return regions


def _known(loader: Loader) -> Iterator[tuple[str, Values]]:
    for found in loader.load_data("endpoints")["partitions"]:
        if found["partition"] in PARTITIONS:
            yield PARTITIONS[found["partition"]], found


def _regions(loader: Loader) -> dict[str, Values]:
    return {name: {"regions": regions} for name, regions in _partitions(loader).items()}


def _service_regions(loader: Loader) -> dict[str, Values]:
    regions, known = _partitions(loader), list(_known(loader))
    return {
        name: _missing(name, {part: _endpoints(part, known, endpoint) for part in regions}, regions)
        for name, endpoint in ENDPOINTS.items()
    }


def _endpoints(name: str, known: Sequence[tuple[str, Values]], service: str) -> set[str]:
    """The Regions of a partition in which a service has an endpoint."""
    return {
        region
        for part, found in known
        if part == name
        for region in found["services"].get(service, {}).get("endpoints", {})
    }


def _missing(name: str, there: Mapping[str, set[str]], regions: Mapping[str, list[str]]) -> Values:
    partitions = sorted(part for part in regions if not there[part])
    lacking = sorted(
        region for part, listed in regions.items() if there[part] for region in listed if region not in there[part]
    )
    return {"missing_partitions": partitions, "missing_regions": [] if name in FROM_TWO_REGIONS else lacking}


def _log_drivers(loader: Loader) -> dict[str, Values]:
    return {"ecs": {"drivers": sorted(_model(loader, "ecs")["shapes"]["LogDriver"]["enum"])}}


def _session_limits(loader: Loader) -> dict[str, Values]:
    model = _model(loader, "sts")
    flows = {
        "assume_role": "AssumeRole",
        "assume_role_with_saml": "AssumeRoleWithSAML",
        "assume_role_with_web_identity": "AssumeRoleWithWebIdentity",
    }
    return {flow: _duration(model, operation) for flow, operation in flows.items()}


def _duration(model: Values, operation: str) -> Values:
    request = model["shapes"][model["operations"][operation]["input"]["shape"]]
    limits = model["shapes"][request["members"]["DurationSeconds"]["shape"]]
    return {"shortest": f"{limits['min'] // 60} min", "longest": f"{limits['max'] // 3600} h"}


def _secret_stores(loader: Loader) -> dict[str, Values]:
    largest = _model(loader, "secretsmanager")["shapes"]["SecretStringType"]["max"]
    value = _documentation(loader, "ssm", "PutParameterRequest", "Value")
    return {
        "secrets_manager": {"largest": f"{largest // 1024} KiB"},
        "parameter_store_standard": {"largest": _told(r"[Ss]tandard parameters have a value limit of (\d+ K)B", value)},
        "parameter_store_advanced": {"largest": _told(r"[Aa]dvanced parameters have a value limit of (\d+ K)B", value)},
    }


def _platform_limits(loader: Loader) -> dict[str, Values]:
    scratch = _documentation(loader, "ecs", "EphemeralStorage", "sizeInGiB")
    stop = _documentation(loader, "ecs", "ContainerDefinition", "stopTimeout")
    most = _told(r"maximum supported value is (?:<code>)?(\d+)(?:</code>)? ?GiB?", scratch, unit=" GiB")
    seconds = _told(r"max(?:imum)? stop timeout value is (\d+) seconds", stop, unit=" s")
    return {"ecs_fargate scratch": {"most": most}, "ecs_fargate stop": {"most": seconds}}


def _documentation(loader: Loader, service: str, shape: str, member: str) -> str:
    return str(_model(loader, service)["shapes"][shape]["members"][member]["documentation"])


def _told(pattern: str, text: str, unit: str = "iB") -> str:
    found = re.search(pattern, text)
    if found is None:
        raise Unanswered(f"the documentation has no more `{pattern}`")
    return f"{found.group(1)}{unit}"


READINGS: dict[str, Reading] = {
    "partitions": _regions,
    "service_regions": _service_regions,
    "log_drivers": _log_drivers,
    "session_limits": _session_limits,
    "secret_stores": _secret_stores,
    "platform_limits": _platform_limits,
}


def refreshed(text: str, fresh: Mapping[str, Values], day: str) -> tuple[str, list[str]]:
    """A table's text with the rows from botocore as it has them now, and what could not be done."""
    yaml = YAML()
    yaml.width = 10_000
    yaml.preserve_quotes = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    table = yaml.load(text)
    problems = list(_renew(table, fresh, day))
    out = io.StringIO()
    yaml.dump(table, out)
    return out.getvalue(), problems


def _renew(table: Any, fresh: Mapping[str, Values], day: str) -> Iterator[str]:
    for row in table["rows"]:
        key = " ".join(str(row["values"][cell]) for cell in table["key"])
        said = fresh.get(key)
        differs = said is not None and any(row["values"].get(name) != value for name, value in said.items())
        if row.get("from") == "botocore":
            if said is None:
                yield f"{table['table']} {key}: botocore says nothing of it; it is left as it is"
            elif differs:
                _fill(row, said, day)
        elif differs:
            yield f"{table['table']} {key}: botocore says {dict(said or {})}; a person checked it, and it is left"


def _fill(row: Any, said: Values, day: str) -> None:
    """Puts in what is different; lists keep their place and their style."""
    for name, value in said.items():
        if isinstance(value, list):
            row["values"][name][:] = value
        else:
            row["values"][name] = value
    row["checked"] = datetime.date.fromisoformat(day)


def main() -> int:
    """Refreshes every table, shows a diff, and tells what is left; 1 where something could not be answered."""
    loader, problems = Loader(), []
    for name, reading in READINGS.items():
        file = CATALOG / f"{name}.yaml"
        before = file.read_text(encoding="utf-8")
        try:
            after, left = refreshed(before, reading(loader), datetime.date.today().isoformat())
        except (Unanswered, KeyError) as error:
            problems.append(f"{name}: {error}")
            continue
        problems += left
        sys.stdout.writelines(difflib.unified_diff(
            before.splitlines(keepends=True), after.splitlines(keepends=True), f"catalog/{name}.yaml", "botocore", n=1
        ))  # fmt: skip
        file.write_text(after, encoding="utf-8")
    sys.stderr.writelines(f"{problem}\n" for problem in problems)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

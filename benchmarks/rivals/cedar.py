"""The rules in Cedar, by cedarpy."""

import sys

from cedarpy import Entities, PolicySet, is_authorized  # type: ignore[import-not-found]

from benchmarks.rivals.services import rules, services


def main() -> None:
    """Prints how often rules hold."""
    policies = PolicySet.from_str("\n".join(_policy(*rule) for rule in rules()))
    entities, found = Entities.from_json_str("[]"), 0
    for file, name, facts in services(sys.argv[1]):
        request = {"principal": 'User::"a"', "action": 'Action::"check"', "resource": 'File::"f"', "context": facts}
        for rule in is_authorized(request, policies, entities).diagnostics.reasons:
            found += 1
            print(f"{file}: {name}: {rule}")
    print(found)


def _policy(kind: str, traffic: str, bound: int) -> str:
    tests = f'context.kind == "{kind}" && context.traffic == "{traffic}" && context.max > {bound}'
    return f"permit (principal, action, resource) when {{ {tests} }};"


if __name__ == "__main__":
    main()

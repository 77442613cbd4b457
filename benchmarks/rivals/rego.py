"""The rules in Rego, by regorus."""

import json
import sys

from regorus import Engine  # type: ignore[import-not-found]

from benchmarks.rivals.services import rules, services


def main() -> None:
    """Prints how often rules hold."""
    engine, found = Engine(), 0
    engine.add_policy("rules.rego", "\n".join(["package rules", "import rego.v1", *map(_rule, rules())]))
    for file, name, facts in services(sys.argv[1]):
        engine.set_input_json(json.dumps(facts))
        for rule in json.loads(engine.eval_rule_as_json("data.rules.found")):
            found += 1
            print(f"{file}: {name}: {rule}")
    print(found)


def _rule(rule: tuple[str, str, int]) -> str:
    kind, traffic, bound = rule
    tests = f'input.kind == "{kind}"; input.traffic == "{traffic}"; input.max > {bound}'
    return f'found contains "{kind}-{traffic}-{bound}" if {{ {tests} }}'


if __name__ == "__main__":
    main()

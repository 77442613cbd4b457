"""Files of other tools that are broken or hostile: they are imported or refused, in bounded time."""

import random
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archadvisor.errors import UnreadableInput
from archadvisor.loading.workload import read_workload
from archadvisor.rendering.intake import imported_file
from archadvisor.workflows.importing import imported
from archadvisor.workflows.intake import joined, survey_of
from tests.cli.command import ROOT

SAMPLES = [
    ROOT / "samples" / name
    for name in (
        "kubernetes/manifests.yaml",
        "ecs/task-definition.json",
        "cloudformation/template.yaml",
        "terraform/plan.json",
        "github-actions/deploy.yaml",
        "gitlab-ci/gitlab-ci.yml",
    )
]
ODD: list[object] = [
    None, True, -1, 0.5, 10**30, "", "a: b", "${X}", "{{ x }}", "[", [], {}, [[]], [None], {"": ""}, "x" * 5000,
    {"Ref": []}, {"Ref": {"Ref": "x"}}, {"Fn::Sub": ["${a}", {"a": {"Fn::Sub": "${a}"}}]},
]  # fmt: skip


def _tagged(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> object:
    """A function of CloudFormation by its long name."""
    name = suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}"
    match node:
        case yaml.ScalarNode():
            return {name: node.value}
        case yaml.SequenceNode():
            return {name: loader.construct_sequence(node, deep=True)}
        case _:
            return {name: {}}


class _Loader(yaml.SafeLoader):
    """A loader that knows the tags of CloudFormation."""


_Loader.add_multi_constructor("!", _tagged)


def changed(value: object, chance: random.Random) -> object:
    """A value in which some parts are others."""
    if chance.random() < 0.06:
        return chance.choice(ODD)
    if isinstance(value, dict):
        return {key: changed(inner, chance) for key, inner in value.items() if chance.random() > 0.03}
    if isinstance(value, list):
        return [changed(inner, chance) for inner in value for _ in range(chance.choice([0, 1, 1, 1, 1, 1, 2]))]
    return value


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.parent.name)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_a_changed_file_is_imported_or_refused(sample: Path, seed: int) -> None:
    chance = random.Random(seed)
    documents = list(yaml.load_all(sample.read_text(encoding="utf-8"), _Loader))
    text = yaml.safe_dump_all([changed(each, chance) for each in documents])
    try:
        found = survey_of("file.yaml", text.encode())
    except UnreadableInput:
        return
    made = joined([("file.yaml", found)])
    assert len(made.facts) < 500
    reading = read_workload(imported_file(made).encode(), "workload.yaml")
    assert reading.workload is not None, (reading.diagnostics, text)


def _many(start: str, item: Callable[[int], str], count: int) -> str:
    return start + "".join(item(number) for number in range(count))


POD = (
    "---\n{{apiVersion: v1, kind: Pod, metadata: {{name: p{0}, labels: {{a: b}}}}, "
    "spec: {{containers: [{{name: c}}]}}}}\n"
)
BALANCED = (
    "---\n{{apiVersion: v1, kind: Service, metadata: {{name: s{0}}}, "
    "spec: {{type: NodePort, selector: {{a: b}}, ports: [{{port: {0}}}]}}}}\n"
)
_SCRIPT = ".x: &x '" + "aws s3 ls $(aws x); " * 2000 + "'"
LARGE = {
    "every Service leads to every pod": _many("", POD.format, 300) + _many("", BALANCED.format, 300),
    "a text is made of a text over and over": _many(
        f"Parameters: {{P: {{Default: {'x' * 100_000}}}}}\nResources:\n",
        lambda number: f"  F{number}: {{Type: AWS::Lambda::Function, Properties: {{Role: !Sub '{'${P}' * 200}'}}}}\n",
        500,
    ),
    "functions within functions": "Resources: {F: {Type: AWS::Lambda::Function, Properties: {Role: "
    + "!Join ['', [" * 60 + "a, b" + "]]" * 60 + "}}}\n",
    "a script of many jobs": f"{_SCRIPT}\n" + _many("", "j{0}: {{script: *x}}\n".format, 2000),
    "a command of many words": "a:\n  script:\n    - |\n      " + "a=b " * 100_000 + "\n",
    "commands within commands": "a:\n  script:\n    - |\n      " + "$(" * 50_000 + "\n",
    "jobs that refer to others over and over": _many(
        "", lambda number: f".p{number}: {{s: [{', '.join([f'!reference [.p{number + 1}, s]'] * 100)}]}}\n", 12
    ) + ".p12: {s: [x]}\na: {script: !reference [.p0, s]}\n",
    "jobs that extend others over and over": _many(
        "", lambda at: f".p{at}: {{extends: [{', '.join(f'.p{each}' for each in range(at + 1, 60))}]}}\n", 60
    ) + "a: {extends: .p0, script: [make]}\n",
    "lists within lists": "apiVersion: v1\nkind: List\nitems: " + "[" * 40 + "]" * 40 + "\n",
}  # fmt: skip


@pytest.mark.parametrize("text", LARGE.values(), ids=LARGE)
def test_a_large_file_takes_a_bounded_time(tmp_path: Path, text: str) -> None:
    (tmp_path / "file.yaml").write_text(text, encoding="utf-8")
    start = time.process_time()
    with suppress(UnreadableInput):
        imported([str(tmp_path / "file.yaml")])
    assert time.process_time() - start < 20

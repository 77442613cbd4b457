"""The reader of a workload file and the shape it is published from accept and refuse the same documents."""

import copy
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from archadvisor.loading.shapes.workload import Workload as Shape
from archadvisor.loading.workload import read_workload

SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*/workload.yaml"))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.parent.name)
def test_every_sample_is_read_by_both_readers(sample: Path) -> None:
    assert_alike(yaml.safe_load(sample.read_text(encoding="utf-8")), True)


Path_ = tuple[str | int, ...]
Document = dict[str, Any]
ODD: list[Any] = [
    None, True, False, 0, 1, -1, 2, 0.5, 1.5, -0.5, 1e9, 10**10, 1e308, "", "unknown", "none", "never", "x", "1", "0.5",
    "true", "Web", "web", "512 MiB", "2 GHz", "20 min", "500m", "eu-west-1", "eu-west", "9x", "a b", "x" * 64,
    "NET_ADMIN", "/dev/kvm", "1.34", "ecs", "fargate\n", "512 MiB\n", "shop\n", "é", "１", "x" * 2001, [], {}, [None],
    "9" * 400 + " GiB",
    ["unknown"], ["x"], [1], [[]], {"x": 1}, {"x": {}}, {"9": {}}, {"unknown": "unknown"}, ["cost"],
    ["privileged", "privileged"],
]  # fmt: skip
KEYS = [
    *Shape.model_fields,
    "cpu",
    "memory",
    "kind",
    "tls",
    "x",
    "Services",
    "web",
    "9x",
    "a.b",
    "image",
    "size",
    "",
    "é",
]


@cache
def originals() -> list[Document]:
    return [yaml.safe_load(sample.read_text(encoding="utf-8")) for sample in SAMPLES]


def paths(node: Any, path: Path_ = ()) -> list[Path_]:
    """Where a document holds something, the document itself left out."""
    inner = list(node.items()) if isinstance(node, dict) else list(enumerate(node)) if isinstance(node, list) else []
    below = [found for key, value in inner for found in paths(value, (*path, key))]
    return ([path] if path else []) + below


@st.composite
def mutated(draw: st.DrawFn) -> Document:
    """A sample with a few values replaced, removed or added."""
    document: Document = copy.deepcopy(draw(st.sampled_from(originals())))
    for _ in range(draw(st.integers(1, 3))):
        places = paths(document)
        if not places:
            break
        *way, last = draw(st.sampled_from(places))
        holder: Any = document
        for step in way:
            holder = holder[step]
        draw(st.sampled_from([_replace, _remove, _add]))(holder, last, draw)
    return document


def _replace(holder: Any, key: Any, draw: st.DrawFn) -> None:
    holder[key] = copy.deepcopy(draw(st.sampled_from(ODD)))


def _remove(holder: Any, key: Any, draw: st.DrawFn) -> None:
    del holder[key]


def _add(holder: Any, key: Any, draw: st.DrawFn) -> None:
    value = copy.deepcopy(draw(st.sampled_from(ODD)))
    if isinstance(holder, dict):
        holder[draw(st.sampled_from(KEYS))] = value
    else:
        holder.append(value)


def accepted_by_the_shape(document: Document) -> bool:
    try:
        Shape.model_validate_json(json.dumps(document), strict=True)
    except ValidationError:
        return False
    return True


def assert_alike(document: Document, expected: bool | None = None) -> None:
    reading = read_workload(json.dumps(document).encode(), "x.yaml")
    by_shape = accepted_by_the_shape(document)
    assert (reading.workload is not None) == by_shape, (reading.diagnostics, document)
    assert (reading.workload is None) == bool(reading.diagnostics)
    assert expected in (None, by_shape)


@given(mutated())
def test_the_reader_and_the_shape_accept_the_same_documents(document: Document) -> None:
    assume(document.get("version") is not True)
    assert_alike(document)


MINIMAL: Document = {"version": 1, "name": "x"}
PLACES: list[Callable[[Any], Document]] = [
    lambda value: value if isinstance(value, dict) else MINIMAL,
    *(lambda value, key=key: MINIMAL | {key: value} for key in Shape.model_fields),
    *(
        lambda value, name=name, key=key: MINIMAL | {name: {"x": {key: value}}}
        for name in ("services", "secrets", "callers")
        for key in Shape.model_json_schema()["$defs"][name.capitalize()[:-1]]["properties"]
        if (name, key) != ("secrets", "value")
    ),
    *(
        lambda value, name=name, key=key: MINIMAL | {name: {key: value}}
        for name in ("accounts", "location", "team", "kubernetes", "existing", "delivery")
        for key in Shape.model_json_schema()["$defs"][name.capitalize()]["properties"]
    ),
]  # fmt: skip


@pytest.mark.parametrize("value", ODD, ids=repr)
def test_the_reader_and_the_shape_agree_on_an_odd_value_under_every_key(value: Any) -> None:
    for document in [place(value) for place in PLACES]:
        if document.get("version") is not True:
            assert_alike(document)


@pytest.mark.parametrize(
    "document",
    [
        {"version": True},
        {"secrets": {"x": {"value": 12345678}}},
        {"secrets": {"x": {"value": "x" * 2001}}},
        {"secrets": {"x": {"value": ["x"]}}},
        {"secrets": {"x": {"value": None}}},
        {"services": {"x": {"environment": {"DB_PASSWORD": 12345678}}}},
        {"services": {"x": {"environment": {"DB_PASSWORD": {"x": "12345678"}}}}},
    ],
)
def test_the_reader_and_the_shape_agree_on_masked_values_and_versions(document: Document) -> None:
    assert_alike(MINIMAL | document)

"""Workload files to workloads: facts, places, quantities, declarations; and both readers agree on what is one."""

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
from archadvisor.loading.workload import LARGEST, read_workload
from archadvisor.model.fact import Value
from archadvisor.model.place import Place
from archadvisor.model.workload import Declaration, Stated, Subject, Workload

SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*/workload.yaml"))
TEXT = """\
version: 1
name: shop
regions: [eu-west-1, eu-west-1, eu-central-1]
team: {hosts: avoid, kubernetes: unknown}
services:
  web:
    cpu: 500m
    memory: 512 MiB
    image: {size: 2Gi}
    endpoints:
      site: {visibility: public}
    calls:
      api: {tls: server}
  api: {}
secrets:
  db: {kind: database_credentials, rotate_every: 30 d}
callers:
  staff: {who: workforce}
decisions:
  orchestrator: ecs
  compute: {web: fargate, api: ec2}
"""


def read(text: str) -> Workload:
    reading = read_workload(text.encode(), "shop.yaml")
    assert reading.diagnostics == ()
    assert reading.workload is not None
    return reading.workload


def subject(workload: Workload, path: str) -> Subject:
    return next(subject for subject in workload.root.all() if subject.path == path)


@pytest.mark.parametrize(
    ("path", "fact", "stated"),
    [
        ("", "regions", Stated(("eu-west-1", "eu-central-1"), Place(3, 10, 3, 46))),
        ("", "team.hosts", Stated("avoid", Place(4, 15, 4, 20))),
        ("", "team.kubernetes", Stated(None, Place(4, 34, 4, 41))),
        ("services.web", "service.cpu", Stated(0.5, Place(7, 10, 7, 14))),
        ("services.web", "service.memory", Stated(0.5, Place(8, 13, 8, 20))),
        ("services.web.image", "image.size", Stated(2.0, Place(9, 19, 9, 22))),
        ("services.web.endpoints.site", "endpoint.visibility", Stated("public", Place(11, 26, 11, 32))),
        ("services.web.calls.api", "link.tls", Stated("server", Place(13, 18, 13, 24))),
        ("secrets.db", "secret.rotate_every", Stated(30 * 86400.0, Place(16, 50, 16, 54))),
        ("callers.staff", "caller.who", Stated("workforce", Place(18, 16, 18, 25))),
    ],
)
def test_a_fact_has_its_value_and_its_place(path: str, fact: str, stated: Stated) -> None:
    assert subject(read(TEXT), path).facts[fact] == stated


def test_the_subjects_of_a_workload_keep_the_order_of_the_file_and_their_names_are_their_places() -> None:
    found = {part.path: part.place and part.place[:2] for part in read(TEXT).root.all() if part.kind != "image"}
    assert found == {
        "": (2, 1),
        "services.web": (6, 3),
        "services.web.endpoints.site": (11, 7),
        "services.web.calls.api": (13, 7),
        "services.api": (14, 3),
        "secrets.db": (16, 3),
        "callers.staff": (18, 3),
    }
    assert list(found)[1:] == sorted(found, key=lambda path: found[path] or (0, 0))[1:]


def test_every_service_has_an_image_stated_or_not() -> None:
    images = [part for part in read(TEXT).root.all() if part.kind == "image"]
    assert [(image.path, bool(image.facts)) for image in images] == [
        ("services.web.image", True),
        ("services.api.image", False),
    ]


def test_what_is_not_stated_is_no_fact() -> None:
    assert subject(read(TEXT), "services.api").facts == {}


def test_declarations_hold_for_all_subjects_or_for_one() -> None:
    assert read(TEXT).declarations == (
        Declaration("orchestrator", None, "ecs", Place(20, 17, 20, 20)),
        Declaration("compute", "web", "fargate", Place(21, 18, 21, 25)),
        Declaration("compute", "api", "ec2", Place(21, 32, 21, 35)),
    )


GIB = {
    "512 MiB": 0.5, "512MiB": 0.5, "512Mi": 0.5, "512 MB": 0.5, "512 M": 0.5, "2Gi": 2.0, "2 GB": 2.0, "2G": 2.0,
    "0.5 GiB": 0.5, "1 TiB": 1024.0, "1048576 KiB": 1.0, "1073741824 B": 1.0, "unknown": None, "'2 GiB'": 2.0,
}  # fmt: skip
CPU = {"0.5": 0.5, "2": 2.0, "500m": 0.5, "250 m": 0.25, "2 vCPU": 2.0, "1 vCPUs": 1.0, "'0.5'": 0.5, "1e0": 1.0}
SECONDS = {"90 s": 90.0, "90 sec": 90.0, "20 min": 1200.0, "12 h": 43200.0, "30d": 2592000.0, "2 w": 1209600.0}
QUANTITIES = [
    *(("memory", written, value) for written, value in GIB.items()),
    *(("cpu", written, value) for written, value in CPU.items()),
    *(("duration", written, value) for written, value in SECONDS.items()),
]


@pytest.mark.parametrize(("fact", "written", "value"), QUANTITIES)
def test_a_quantity_is_read_in_the_unit_of_its_fact(fact: str, written: str, value: Value | None) -> None:
    workload = read(f"version: 1\nname: x\nservices: {{web: {{{fact}: {written}}}}}\n")
    assert subject(workload, "services.web").facts[f"service.{fact}"].value == value


NO_QUANTITIES = [
    ("memory", [
        "1", "1.5", "1 gib", "1  GiB", "GiB", "-1 GiB", "1e3 MiB", "1.5.2 GiB", ".5 GiB",
        "1 s", "'1 GiB '", "1 Gibi",
    ]),
    ("cpu", ["-1", "1 GiB", "half", "'1 cpu'", "1 VCPU", "500 M", "true", "[1]", "null", "''", ".nan"]),
    ("duration", ["20", "20 minutes", "1 y", "1h30m", "PT1H", "1:30", "20 m"]),
]  # fmt: skip


@pytest.mark.parametrize(("fact", "written"), [(fact, word) for fact, words in NO_QUANTITIES for word in words])
def test_what_is_no_quantity_is_refused(fact: str, written: str) -> None:
    reading = read_workload(f"version: 1\nname: x\nservices: {{web: {{{fact}: {written}}}}}\n".encode(), "x.yaml")
    assert reading.workload is None
    assert len(reading.diagnostics) == 1


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"version: 1\nname: \xff\n", "the file is not UTF-8 text"),
        ("version: 1\nname: x\n".encode("utf-16"), "the file is not UTF-8 text"),
        (b"#" * (LARGEST + 1), "the file is larger than 2 MiB"),
        (b"", "the file is empty"),
    ],
)
def test_bytes_that_are_no_text_of_a_workload_are_told(data: bytes, message: str) -> None:
    reading = read_workload(data, "x.yaml")
    assert (reading.workload, [found.message for found in reading.diagnostics]) == (None, [message])


def test_a_byte_order_mark_and_carriage_returns_change_nothing() -> None:
    assert read("\ufeff" + TEXT.replace("\n", "\r\n")) == read(TEXT)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.parent.name)
def test_every_sample_is_read_by_both_readers(sample: Path) -> None:
    assert_alike(yaml.safe_load(sample.read_text(encoding="utf-8")), True)


Path_ = tuple[str | int, ...]
Document = dict[str, Any]
ODD: list[Any] = [
    None, True, False, 0, 1, -1, 2, 0.5, 1.5, -0.5, 1e9, 10**10, "", "unknown", "none", "never", "x", "1", "0.5",
    "true", "Web", "web", "512 MiB", "2 GHz", "20 min", "500m", "eu-west-1", "eu-west", "9x", "a b", "x" * 64,
    "NET_ADMIN", "/dev/kvm", "1.34", "ecs", "fargate\n", "512 MiB\n", "shop\n", "é", "１", "x" * 2001, [], {}, [None],
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
        pytest.param({"version": True}, marks=pytest.mark.xfail(strict=True, reason="the shape takes `true` for 1")),
        pytest.param(
            {"secrets": {"x": {"value": 12345678}}},
            marks=pytest.mark.xfail(strict=True, reason="a number is masked as text before its type is looked at"),
        ),
        pytest.param(
            {"secrets": {"x": {"value": "x" * 2001}}},
            marks=pytest.mark.xfail(strict=True, reason="a text is masked before its length is looked at"),
        ),
        {"secrets": {"x": {"value": ["x"]}}},
        {"secrets": {"x": {"value": None}}},
        {"services": {"x": {"environment": {"DB_PASSWORD": 12345678}}}},
        {"services": {"x": {"environment": {"DB_PASSWORD": {"x": "12345678"}}}}},
    ],
)
def test_the_reader_and_the_shape_agree_on_masked_values_and_versions(document: Document) -> None:
    assert_alike(MINIMAL | document)

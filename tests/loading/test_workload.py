"""Workload files to workloads: facts, places, quantities, declarations."""

import pytest

from archadvisor.loading.workload import LARGEST, read_workload
from archadvisor.model.fact import Value
from archadvisor.model.place import Place
from archadvisor.model.workload import Declaration, Stated, Subject, Workload

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


def test_bytes_that_are_no_text_are_told_with_their_place() -> None:
    (found,) = read_workload("version: 1\nname: café ".encode() + b"\xe9 x\n", "x.yaml").diagnostics
    assert found.place == Place(2, 12, 2, 13)


def test_a_byte_order_mark_and_carriage_returns_change_nothing() -> None:
    assert read("\ufeff" + TEXT.replace("\n", "\r\n")) == read(TEXT)

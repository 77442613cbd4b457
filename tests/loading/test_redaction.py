"""Secrets in a workload file: found, masked at once, and never handed on; look-alikes are left alone."""

import base64
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archadvisor.loading.hiding import MASK
from archadvisor.loading.workload import Reading, read_workload
from archadvisor.model.place import Place
from tests.loading.secrets import FALSE_ALARMS, HEAD, IN_SERVICE, LEAKS, LOOK_ALIKES, positions

CANARIES = st.from_regex(r"[A-Z][a-z][0-9][A-Za-z0-9]{13,21}", fullmatch=True)
PIECE = 7


def planted(template: str, canary: str) -> Reading:
    return read_workload(template.format(*[canary] * 3).encode(), "shop.yaml")


def literals(reading: Reading) -> list[tuple[str, object, Place | None]]:
    assert reading.workload is not None
    found = [part for part in reading.workload.root.all() if part.kind == "literal"]
    return [(part.path, part.facts["literal.looks_like"].value, part.place) for part in found]


def leaked(shown: str, canary: str) -> set[str]:
    pieces = {canary[at : at + PIECE] for at in range(len(canary) - PIECE + 1)}
    encoded = base64.b64encode(canary.encode()).decode().rstrip("=")
    return {piece for piece in pieces | {encoded} if piece in shown}


@pytest.mark.parametrize("template", [pytest.param(template, id=name) for name, template in positions()])
@settings(max_examples=5)
@given(canary=CANARIES)
def test_nothing_that_is_read_from_a_file_holds_its_secret(template: str, canary: str) -> None:
    reading = planted(template, canary)
    workload = reading.workload
    assert leaked(repr(reading) + repr(workload and workload.lines), canary) == set()


@pytest.mark.parametrize("template", LEAKS.values(), ids=LEAKS)
def test_nothing_that_is_read_from_a_file_holds_a_secret_in_a_rarer_place(template: str) -> None:
    canary = "Qw7Zk2Wn8Rt5Xb1Vm9"
    assert leaked(repr(planted(template, canary)), canary) == set()


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_what_only_looks_like_a_secret_is_left_alone(text: str) -> None:
    reading = read_workload(f"{IN_SERVICE}      {text}\n".encode(), "shop.yaml")
    assert literals(reading) == []
    assert reading.lines[-1] == f"      {text}"


@pytest.mark.parametrize("text", FALSE_ALARMS)
def test_a_reference_to_a_variable_is_left_alone(text: str) -> None:
    assert literals(read_workload(f"{IN_SERVICE}      {text}\n".encode(), "shop.yaml")) == []


KINDS = [
    ("DB_PASSWORD: correct-horse", "password", (6, 20, 6, 33)),
    ("DB_PASSWORD: 12345678", "password", (6, 20, 6, 28)),
    ("DB_PASSWORD: 'x'", "password", (6, 20, 6, 23)),
    ("ID: AKIAIOSFODNN7EXAMPLE", "access_key", (6, 11, 6, 31)),
    ("URL: postgres://app:hunter22@db/shop", "url_credentials", (6, 12, 6, 43)),
    ("GH: ghp_0123456789012345678901234567890123456", "token", (6, 11, 6, 52)),
    (f"APP_KEY: base64:{'q7Zk' * 10}q7Z=", "token", (6, 16, 6, 67)),
    (f"APP_KEY: base64:{'q7Zk' * 5}q7==", "token", (6, 16, 6, 47)),
    ("PEM: |\n        -----BEGIN PRIVATE KEY-----\n        x\n", "private_key", (6, 12, 8, 10)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "place"), KINDS)
def test_a_secret_is_reported_with_its_kind_and_place(text: str, kind: str, place: tuple[int, int, int, int]) -> None:
    reading = read_workload(f"{IN_SERVICE}      {text}\n".encode(), "shop.yaml")
    assert [(looks_like, where) for _, looks_like, where in literals(reading)] == [(kind, Place(*place))]


def test_a_secret_by_alias_is_reported_once() -> None:
    text = f"{IN_SERVICE}      A: &x hunter22\n      DB_PASSWORD: *x\n      API_TOKEN: *x\n"
    assert [path for path, _, _ in literals(read_workload(text.encode(), "x.yaml"))] == [
        "services.web.environment.DB_PASSWORD"
    ]


def test_masking_keeps_the_columns_of_what_follows() -> None:
    text = HEAD + "services: {web: {environment: {DB_PASSWORD: correct-horse-9, LEVEL: info}}} # fine\n"
    (_, _, line) = read_workload(text.encode(), "x.yaml").lines
    assert line == text.splitlines()[2].replace("correct-horse-9", MASK.ljust(len("correct-horse-9")))


def test_findings_come_in_the_order_of_the_file() -> None:
    lines = [f"      P{number}_PASSWORD: hunter{number}{number}\n" for number in range(5)]
    found = literals(read_workload((IN_SERVICE + "".join(lines)).encode(), "x.yaml"))
    assert [re.sub(r".*\.", "", path) for path, _, _ in found] == [f"P{number}_PASSWORD" for number in range(5)]

"""Workload files that do not fit their shape, beside the diagnostics they must give."""

import pytest

from archadvisor.loading.workload import read_workload

HEAD = "version: 1\nname: shop\n"
NAME = "a name of letters, digits, `_` and `-` that starts with a letter"
MEMORY = "`512 MiB` or `2 GiB`"
DURATION = "`90 s`, `20 min`, `12 h` or `30 d`"
CPU = "`0.5`, `2 vCPU` or `500m`"
KINDS = "`web`, `worker`, `batch`, `scheduled`, `daemon`, `build`, `function` or `workflow`"
NEEDS = (
    "`privileged`, `host_network`, `host_pid`, `host_ipc`, `docker_socket`, `fuse`, `kernel_module`, `host_agent`, "
    "`ssh`, `custom_ami`, `dedicated_host` or 7 more"
)
Told = tuple[str, int, int, int, str | None]

# What follows the head -> message, line, column, end column, hint.
ONE: dict[str, tuple[str, Told]] = {
    "an unknown key": (
        "servics: {}",
        ("unknown key `servics`", 3, 1, 8, "did you mean `services`?"),
    ),
    "an unknown key within": (
        "accounts: {organisation: true}",
        ("unknown key `organisation`", 3, 12, 24, "did you mean `organization`?"),
    ),
    "an unknown key that is like none": (
        "team: {zzzz: 1}",
        ("unknown key `zzzz`", 3, 8, 12, "expected `kubernetes` or `hosts`"),
    ),
    "a quoted unknown key": (
        "team: {'😀 kubernetes': some}",
        ("unknown key `😀 kubernetes`", 3, 8, 22, "did you mean `kubernetes`?"),
    ),
    "an unknown word": (
        "services: {web: {kind: wob}}",
        (f"expected {KINDS}, found `wob`", 3, 24, 27, "did you mean `web`?"),
    ),
    "a word in capitals": (
        "services: {web: {traffic: Spiky}}",
        ("expected `steady`, `daily`, `spiky` or `idle`, found `Spiky`", 3, 27, 32, "did you mean `spiky`?"),
    ),
    "an unknown word in a list": (
        "services:\n  web:\n    needs:\n      - privilegd\n",
        (f"expected {NEEDS}, found `privilegd`", 6, 9, 18, "did you mean `privileged`?"),
    ),
    "a list where a word is expected": (
        "services: {web: {os: [linux]}}",
        ("expected `linux` or `windows`, found a list", 3, 22, 29, None),
    ),
    "a quantity that is none": (
        "services: {web: {cpu: lots}}",
        (f"expected a quantity such as {CPU}, found `lots`", 3, 23, 27, None),
    ),
    "a wrong unit": (
        "services: {web: {memory: 2 GHz}}",
        (f"expected a quantity such as {MEMORY}, found `2 GHz`", 3, 26, 31, None),
    ),
    "a unit of something else": (
        "services: {web: {cpu: 0.5 GiB}}",
        (f"expected a quantity such as {CPU}, found `0.5 GiB`", 3, 23, 30, None),
    ),
    "a quantity of more digits than any has": (
        f"services: {{web: {{memory: {'9' * 400} GiB}}}}",
        (f"expected a quantity such as {MEMORY}, found `{'9' * 57}…`", 3, 26, 430, None),
    ),
    "more than can be counted": (
        "services: {web: {cpu: 1e308}}",
        ("expected a number from 0 to 1000000000, found `1e308`", 3, 23, 28, None),
    ),
    "a quantity below nothing": (
        "services: {web: {memory: -1 GiB}}",
        (f"expected a quantity such as {MEMORY}, found `-1 GiB`", 3, 26, 32, None),
    ),
    "minutes written out": (
        "services: {web: {duration: 20 minutes}}",
        (f"expected a quantity such as {DURATION}, found `20 minutes`", 3, 28, 38, None),
    ),
    "a boolean for a quantity": (
        "services: {web: {cpu: true}}",
        (f"expected a quantity such as {CPU}, found `true`", 3, 23, 27, None),
    ),
    "a number below the range": (
        "services: {web: {gpus: -1}}",
        ("expected a number from 0 to 1000000, found `-1`", 3, 24, 26, None),
    ),
    "a number above the range": (
        "services: {web: {utilisation: 1.5}}",
        ("expected a number from 0 to 1, found `1.5`", 3, 31, 34, None),
    ),
    "a CPU below nothing": (
        "services: {web: {cpu: -1}}",
        ("expected a number from 0 to 1000000000, found `-1`", 3, 23, 25, None),
    ),
    "an endless number": (
        "services: {web: {gpus: .inf}}",
        ("expected a number from 0 to 1000000, found `.inf`", 3, 24, 28, None),
    ),
    "no number": (
        "services: {web: {gpus: .nan}}",
        ("expected a number from 0 to 1000000, found `.nan`", 3, 24, 28, None),
    ),
    "a per cent sign": (
        "services: {web: {utilisation: 80%}}",
        ("expected a number, found `80%`", 3, 31, 34, None),
    ),
    "half a replica": (
        "services: {web: {replicas: {min: 1.5}}}",
        ("expected a whole number, found `1.5`", 3, 34, 37, None),
    ),
    "a word where a number is expected": (
        "accounts: {count: many}",
        ("expected a whole number, found `many`", 3, 19, 23, None),
    ),
    "a number where a mapping is expected": (
        "services: {web: {replicas: 3}}",
        ("expected a mapping, found `3`", 3, 28, 29, None),
    ),
    "YAML 1.1's no": (
        "services: {web: {singleton: no}}",
        ("expected `true` or `false`, found `no`", 3, 29, 31, None),
    ),
    "a list where a mapping is expected": (
        "services: [web]",
        ("expected a mapping, found a list", 3, 11, 16, None),
    ),
    "nothing where a mapping is expected": (
        "services:\n  web:\n",
        ("expected a mapping, found nothing", 4, 7, 7, None),
    ),
    "a bad name of a service": (
        "services: {9web: {}}",
        ("`9web` is not a name", 3, 12, 16, f"expected {NAME}"),
    ),
    "a name with a dot": (
        "secrets:\n  db.main: {}",
        ("`db.main` is not a name", 4, 3, 10, f"expected {NAME}"),
    ),
    "a name that is too long": (
        f"callers: {{{'a' * 64}: {{}}}}",
        (f"`{'a' * 64}` is not a name", 3, 11, 75, f"expected {NAME}"),
    ),
    "a Region that is none": (
        "regions: [eu-west-1, eu-west]",
        ("expected an AWS Region such as `eu-west-1`, found `eu-west`", 3, 22, 29, None),
    ),
    "a Kubernetes version as a number": (
        "existing: {eks_version: 1.34}",
        ('expected a Kubernetes version in quotes, such as `"1.35"`, found `1.34`', 3, 25, 29, None),
    ),
    "empty text": (
        "description: ''",
        ("expected text of 1 to 2000 characters, found 0", 3, 14, 16, None),
    ),
    "text that is too long": (
        f"description: {'x' * 2001}",
        ("expected text of 1 to 2000 characters, found 2001", 3, 14, 2015, None),
    ),
    "a list where a value is expected": (
        "services: {web: {environment: {A: [1]}}}",
        ("expected text, a whole number, a number or `true` or `false`, found a list", 3, 35, 38, None),
    ),
    "a long value, which is cut": (
        f"services: {{web: {{traffic: {'x' * 70}}}}}",
        (f"expected `steady`, `daily`, `spiky` or `idle`, found `{'x' * 57}…`", 3, 27, 97, None),
    ),
    "a value by alias, told where it is written": (
        "services: {a: {cpu: &x lots}}",
        (f"expected a quantity such as {CPU}, found `lots`", 3, 24, 28, None),
    ),
}  # fmt: skip

HINTS: dict[str, tuple[str, Told]] = {
    "a bare number for a size": (
        "services: {web: {memory: 512}}",
        (f"expected a quantity such as {MEMORY}, found `512`", 3, 26, 29, f"a unit is needed: {MEMORY}"),
    ),
    "a bare number for a time": (
        "services: {web: {duration: 20}}",
        (f"expected a quantity such as {DURATION}, found `20`", 3, 28, 30, f"a unit is needed: {DURATION}"),
    ),
    "a word where a list is expected": (
        "regions: eu-west-1",
        ("expected a list, found `eu-west-1`", 3, 10, 19, "write it as `[…]`"),
    ),
}  # fmt: skip

ROOTS: list[tuple[str, Told]] = [
    ("version: 2\nname: x", ("expected `1`, found `2`", 1, 10, 11, None)),
    ("version: true\nname: x", ("expected `1`, found `true`", 1, 10, 14, None)),
    ("version: 1", ("the key `name` is missing", 1, 1, 2, None)),
    ("name: x", ("the key `version` is missing", 1, 1, 2, None)),
    ("version: 1\nname: my shop", (f"expected {NAME}, found `my shop`", 2, 7, 14, None)),
    ("version: 1\nname: 12", (f"expected {NAME}, found `12`", 2, 7, 9, None)),
    ("version: 1\nname: [x]", (f"expected {NAME}, found a list", 2, 7, 10, None)),
    ("[]", ("expected a mapping, found a list", 1, 1, 3, None)),
    ("hello", ("expected a mapping, found `hello`", 1, 1, 6, None)),
    ("---\n...", ("expected a mapping, found nothing", 2, 1, 1, None)),
]

MANY = """\
version: 1
name: my shop
servics: {}
regions: [eu-west-1, west]
services:
  9web: {}
  web:
    kind: wob
    memory: 2 GHz
    replicas: {min: -1, max: many}
    endpoints:
      shop: {visibility: Public, domian: x}
secrets: []
"""


def told(text: str) -> list[Told]:
    reading = read_workload(text.encode(), "shop.yaml")
    assert reading.workload is None
    assert {diagnostic.file for diagnostic in reading.diagnostics} == {"shop.yaml"}
    found: list[Told] = []
    for diagnostic in reading.diagnostics:
        assert diagnostic.place is not None
        line, column, end_line, end_column = diagnostic.place[:4]
        assert end_line == line
        found.append((diagnostic.message, line, column, end_column, diagnostic.hint))
    return found


@pytest.mark.parametrize(("text", "expected"), ONE.values(), ids=ONE)
def test_what_does_not_fit_is_told_with_its_place_and_what_was_expected(text: str, expected: Told) -> None:
    assert told(HEAD + text) == [expected]


@pytest.mark.parametrize(("text", "expected"), HINTS.values(), ids=HINTS)
def test_a_value_that_lacks_a_unit_or_brackets_comes_with_a_hint(text: str, expected: Told) -> None:
    assert told(HEAD + text) == [expected]


@pytest.mark.parametrize(("text", "expected"), ROOTS)
def test_a_file_that_is_no_workload_is_told(text: str, expected: Told) -> None:
    assert told(text) == [expected]


@pytest.mark.parametrize("text", ["version: '1'\nname: x", HEAD + "services: {web: {windows: {version: 2019}}}"])
def test_a_message_does_not_expect_what_it_says_it_found(text: str) -> None:
    ((message, *_),) = told(text)
    expected, _, found = message.partition(", found ")
    assert found not in expected


def test_all_problems_of_a_file_are_told_in_its_order() -> None:
    assert [(message.partition(",")[0], line, column) for message, line, column, _, _ in told(MANY)] == [
        (f"expected {NAME}".partition(",")[0], 2, 7),
        ("unknown key `servics`", 3, 1),
        ("expected an AWS Region such as `eu-west-1`", 4, 22),
        ("`9web` is not a name", 6, 3),
        ("expected `web`", 8, 11),
        ("expected a quantity such as `512 MiB` or `2 GiB`", 9, 13),
        ("expected a number from 0 to 1000000000", 10, 21),
        ("expected a whole number", 10, 30),
        ("expected `public` or `internal`", 12, 26),
        ("unknown key `domian`", 12, 34),
        ("expected a mapping", 13, 10),
    ]


def test_places_hold_with_carriage_returns_and_a_byte_order_mark() -> None:
    plain = told(MANY)
    assert told("\ufeff" + MANY.replace("\n", "\r\n")) == plain

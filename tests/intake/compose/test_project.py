"""Several Compose files as one: merged, extended, included, with variables of files."""

import pytest

from archadvisor.errors import UnreadableInput
from archadvisor.model.intake import Survey
from tests.intake.compose.files import facts, messages, surveyed

# The service in the first file and in the second, and a fact that comes of both.
MERGED = [
    ("build: ., cpus: 1", "cpus: 2", "cpu", "2"),
    ("build: ., cpus: 1", "mem_limit: 1g", "cpu", "1"),
    ("build: ., cpus: 1", "cpus: null", "cpu", "1"),
    ("build: ., cap_add: [SYS_TIME]", "cap_add: [NET_ADMIN, SYS_TIME]", "capabilities", "[SYS_TIME, NET_ADMIN]"),
    ("build: ., cap_add: [SYS_TIME]", "cap_add: !override [NET_ADMIN]", "capabilities", "[NET_ADMIN]"),
    ("build: ., cap_add: [SYS_TIME]", "cap_add: !reset []", "capabilities", None),
    ("build: ., privileged: true", "privileged: !reset null", "needs", None),
    ("build: ., sysctls: [a=1]", "sysctls: {b: 2}", "sysctls", "[a, b]"),
    ("build: ., volumes: ['./a:/x']", "volumes: ['data:/x']", "volumes", "unknown"),
    ("build: ., volumes: ['./a:/x']", "volumes: [{type: tmpfs, target: /y}]", "volumes", "[host_path, tmpfs]"),
    ("build: ., deploy: {replicas: 1}", "deploy: {resources: {limits: {cpus: '3'}}}", "replicas.max", "1"),
    ("image: a, command: [celery, worker]", "command: [flower]", "kind", None),
    ("image: a, logging: {driver: gelf}", "logging: {options: {a: b}}", "log_driver", "gelf"),
    ("image: a", "image: ghcr.io/a/a", "image.registry", "ghcr"),
]


@pytest.mark.parametrize(("first", "second", "fact", "expected"), MERGED)
def test_a_later_file_counts_by_the_rules_of_compose(first: str, second: str, fact: str, expected: str | None) -> None:
    found = surveyed(f"services: {{it: {{{first}}}}}", f"services: {{it: {{{second}}}}}")
    assert facts(found, "it").get(fact) == expected


PORTS = [
    ("['80:80']", "['443:443']", ["port-80", "port-443"]),
    ("['80:80']", "['127.0.0.1:80:80']", ["port-80"]),
    ("['80:80']", "[{target: 80, published: '80'}]", ["port-80"]),
    ("['80:80']", "!override ['443:443']", ["port-443"]),
    ("['80:80']", "!reset []", []),
]


@pytest.mark.parametrize(("first", "second", "expected"), PORTS)
def test_ports_add_up(first: str, second: str, expected: list[str]) -> None:
    found = surveyed(f"services: {{it: {{build: ., ports: {first}}}}}", f"services: {{it: {{ports: {second}}}}}")
    assert found.services == (("it", tuple(expected)),)


def test_a_fact_points_into_the_file_that_says_it() -> None:
    found = surveyed("services:\n  it: {build: ., cpus: 1, mem_limit: 1g}\n", "services:\n  it:\n    cpus: 2\n")
    where = {fact.path: (fact.file, fact.place.line) for fact in found.facts}
    assert where["services.it.cpu"] == ("1.yaml", 3)
    assert where["services.it.memory"] == ("0.yaml", 2)


CONTENTS = [
    ("'password=swordfish'", True),
    ('"database:\\n  password: swordfish\\n"', True),
    ("'token=${TOKEN:-swordfish}'", True),
    ("'password=${PASSWORD}'", False),
    ("'database: {user: shop}'", False),
]


@pytest.mark.parametrize(("content", "is_leak"), CONTENTS)
def test_a_secret_in_a_config_that_is_written_there_is_found(content: str, is_leak: bool) -> None:
    found = surveyed(f"services: {{it: {{build: .}}}}\nconfigs:\n  App:\n    content: {content}\n")
    leaks = [(leak.secret, leak.key, leak.file, leak.place.line) for leak in found.leaks]
    assert leaks == ([("app", "App", "0.yaml", 4)] if is_leak else [])
    assert ("app" in found.secrets) is is_leak
    assert "swordfish" not in repr(found)


def test_a_secret_that_a_later_file_replaces_still_stands_in_the_earlier_one() -> None:
    found = surveyed(
        "services: {it: {build: ., environment: {DB_PASSWORD: correct-horse}}}",
        "services: {it: {environment: ['DB_PASSWORD=${PASSWORD}']}}",
    )
    assert [(leak.key, leak.file) for leak in found.leaks] == [("DB_PASSWORD", "0.yaml")]


def test_a_service_extends_others_of_its_file_and_of_another_one() -> None:
    found = surveyed(
        "services: {web: {extends: middle, cpus: 4}, middle: {extends: {file: sub/base.yaml, service: base}}}",
        others={
            "sub/base.yaml": "services:\n  base: {extends: root, mem_limit: 1g, env_file: own.env, cpus: 1}\n"
            "  root: {image: ghcr.io/a/b, shm_size: 1g}\n",
            "sub/own.env": "API_TOKEN=correct-horse\n",
        },
    )
    said = facts(found)
    assert (said["cpu"], said["memory"], said["shared_memory"]) == ("4", "1 GiB", "1 GiB")
    assert {fact.file for fact in found.facts if fact.path == "services.web.memory"} == {"sub/base.yaml"}
    assert {(leak.key, leak.file, leak.place.line) for leak in found.leaks} == {("API_TOKEN", "sub/own.env", 1)}
    assert messages(found) == []


def test_a_tag_takes_away_what_is_extended() -> None:
    found = surveyed("services: {web: {extends: base, privileged: !reset null}, base: {image: a, privileged: true}}")
    assert "needs" not in facts(found)


NOT_FOUND = [
    ("extends: gone", "0.yaml:1:27: `web` extends `gone`, which is not there; what it says is left out"),
    ("extends: web", "0.yaml:1:17: `web` extends itself in the end, which stops here"),
    (
        "extends: {file: gone.yaml, service: a}",
        "0.yaml:1:34: `extends` names `gone.yaml`, which is not there; what it says is left out",
    ),
    ("env_file: gone.env", "0.yaml:1:28: `env_file` names `gone.env`, which is not there; what it says is left out"),
    (
        "env_file: ['${X}']",
        "0.yaml:1:29: which file `env_file` names hangs on a variable; what it says is left out",
    ),
]


@pytest.mark.parametrize(("said", "message"), NOT_FOUND)
def test_what_is_named_and_not_there_is_told_with_its_place(said: str, message: str) -> None:
    assert messages(surveyed(f"services: {{web: {{{said}, image: a}}}}")) == [message]


def test_a_file_of_variables_that_need_not_be_there_is_not_missed() -> None:
    found = surveyed("services: {web: {image: a, env_file: [{path: gone.env, required: false}]}}")
    assert messages(found) == []


def test_services_that_extend_each_other_in_a_circle_end() -> None:
    found = surveyed("services: {a: {extends: b, image: x}, b: {extends: c}, c: {extends: a, cpus: 2}}")
    assert facts(found, "a")["cpu"] == "2"
    assert "in the end" in messages(found)[0]


def test_a_long_chain_is_followed_to_its_end() -> None:
    services = "".join(f"  s{n}: {{extends: s{n + 1}}}\n" for n in range(300))
    found = surveyed(f"services:\n{services}  s300: {{image: a, cpus: 3}}\n")
    assert facts(found, "s0")["cpu"] == "3"


def large() -> Survey:
    base = ", ".join(f"K{n}: v" for n in range(5000))
    services = "".join(f"  s{n}: {{extends: base, environment: {{A: b}}}}\n" for n in range(300))
    return surveyed(f"services:\n  base: {{image: a, environment: {{{base}}}}}\n{services}")


def test_services_that_grow_beyond_bounds_are_refused() -> None:
    with pytest.raises(UnreadableInput, match="more than 200000 values"):
        large()


def test_variables_come_from_the_file_beside_the_first_one_and_the_place_of_a_secret_is_there() -> None:
    found = surveyed(
        "services: {web: {build: ., cpus: '${CPUS}', environment: {DB_PASSWORD: '${PW}', X: '${PW:-other-horse}'}}}",
        others={".env": "CPUS=2\nPW=correct-horse\n"},
    )
    assert facts(found)["cpu"] == "2"
    assert [(leak.file, leak.place.line, leak.key) for leak in found.leaks] == [(".env", 2, "DB_PASSWORD")]
    assert "correct-horse" not in repr(found)


def test_the_environment_of_this_process_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CPUS", "8")
    found = surveyed("services: {web: {build: ., cpus: '${CPUS}'}}")
    assert "cpu" not in facts(found)
    assert messages(found) == ["0.yaml:1:34: `CPUS` is set in no file that is read: what hangs on it stays unknown"]


def test_an_included_project_has_its_own_variables_and_the_including_one_counts_after_it() -> None:
    found = surveyed(
        "include: [{path: [sub/a.yaml, sub/b.yaml]}]\nservices: {web: {cpus: 4}}",
        others={
            "sub/a.yaml": "services: {web: {image: a, cpus: 1, mem_limit: '${SIZE}'}}",
            "sub/b.yaml": "services: {web: {shm_size: 1g}}",
            "sub/.env": "SIZE=2g",
        },
    )
    assert facts(found) == {"cpu": "4", "memory": "2 GiB", "shared_memory": "1 GiB", "image.registry": "docker_hub"}


def test_projects_that_include_each_other_end() -> None:
    others = {
        "a.yaml": "include: [b.yaml]\nservices: {a: {image: x}}",
        "b.yaml": "include: [a.yaml]\nservices: {b: {image: x}}",
    }
    found = surveyed("include: [a.yaml]", others=others)
    assert {name for name, _ in found.services} == {"a", "b"}


def test_the_documents_of_a_file_are_merged_in_their_order() -> None:
    assert facts(surveyed("services: {web: {build: ., cpus: 1}}\n---\nservices: {web: {cpus: 2}}"))["cpu"] == "2"


NAMES = [("name: a-shop", None, "a-shop"), ("", "COMPOSE_PROJECT_NAME=other", "other"), ("", None, None)]


@pytest.mark.parametrize(("own", "variables", "expected"), NAMES)
def test_a_project_is_named_by_its_file_or_its_variables(own: str, variables: str | None, expected: str | None) -> None:
    others = {".env": variables} if variables else {}
    assert surveyed(f"{own}\nservices: {{web: {{image: a}}}}", others=others).name == expected

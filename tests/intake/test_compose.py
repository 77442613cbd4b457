"""What a Compose file says of a service, and what it does not say."""

import pytest

from archadvisor.intake.compose import is_compose, survey
from archadvisor.loading.document import parse, parse_foreign
from archadvisor.loading.node import Mapping
from archadvisor.model.intake import Survey


def surveyed(service: str, rest: str = "") -> Survey:
    root = parse(f"services:\n  web: {service}\n{rest}", "compose.yaml")
    assert isinstance(root, Mapping)
    assert is_compose(root)
    return survey(root, "compose.yaml")


def facts(service: str) -> dict[str, str]:
    """What is said of the service, by the fact's name."""
    found = surveyed(service).facts
    return {fact.path.removeprefix("services.web."): fact.written for fact in found if fact.path != "delivery.images"}


RESERVED = "build: ., deploy: {{resources: {{reservations: {{devices: [{}]}}}}}}"
# A service in Compose -> the facts it states; it is built, so that the registry is not said.
SAID = [
    ("build: .", {}),
    ("build: ., cpus: 1.5", {"cpu": "1.5"}),
    ("build: ., mem_limit: 512m", {"memory": "512 MiB"}),
    ("build: ., mem_limit: 1073741824", {"memory": "1 GiB"}),
    ("build: ., mem_limit: 1.5gb", {"memory": "1536 MiB"}),
    ("build: ., mem_limit: lots", {}),
    ("build: ., mem_limit: '${LIMIT}'", {}),
    ("build: ., mem_limit: '${LIMIT:-256m}'", {"memory": "256 MiB"}),
    ("build: ., mem_limit: 1g, mem_reservation: 512m", {"memory": "512 MiB"}),
    ("build: ., deploy: {resources: {limits: {cpus: '2'}, reservations: {cpus: '0.5'}}}", {"cpu": "0.5"}),
    ("build: ., deploy: {replicas: 4}", {"replicas.min": "4", "replicas.max": "4"}),
    ("build: ., scale: 2", {"replicas.min": "2", "replicas.max": "2"}),
    ("build: ., deploy: {replicas: '${N}'}", {}),
    ("build: ., deploy: {mode: global}", {"kind": "daemon"}),
    ("build: ., deploy: {mode: replicated}", {}),
    ("build: ., deploy: {mode: replicated-job}", {"kind": "batch"}),
    ("build: ., gpus: 2", {"gpus": "2"}),
    ("build: ., gpus: all", {"gpus": "unknown"}),
    ("build: ., deploy: {resources: {reservations: {devices: [{count: 2, capabilities: [gpu]}]}}}", {"gpus": "2"}),
    (
        "build: ., deploy: {resources: {reservations: {devices: [{device_ids: [a], capabilities: [gpu]}]}}}",
        {"gpus": "1"},
    ),
    ("build: ., deploy: {resources: {reservations: {devices: [{count: 2, capabilities: [tpu]}]}}}", {}),
    ("build: ., privileged: true", {"needs": "[privileged]"}),
    ("build: ., privileged: false", {}),
    ("build: ., network_mode: host, pid: host", {"needs": "[host_network, host_pid]"}),
    ("build: ., network_mode: bridge", {}),
    ("build: ., volumes: ['/var/run/docker.sock:/x']", {"needs": "[docker_socket]"}),
    ("build: ., volumes: ['/run/docker.sock:/x']", {"needs": "[docker_socket]"}),
    ("build: ., volumes: [{type: bind, source: /run/docker.sock, target: /x}]", {"needs": "[docker_socket]"}),
    ("build: ., volumes: ['./here:/x', 'named:/y']", {"volumes": "[host_path]"}),
    ("build: ., volumes: ['${HOME}/here:/x']", {"volumes": "[host_path]"}),
    ("build: ., volumes: ['named:/y', '/anonymous']", {}),
    ("build: ., cap_add: [CAP_NET_ADMIN, SYS_TIME]", {"capabilities": "[NET_ADMIN, SYS_TIME]"}),
    ("build: ., devices: ['/dev/kvm:/dev/kvm']", {"devices": "[/dev/kvm]"}),
    ("build: ., sysctls: {net.core.somaxconn: 1024}", {"sysctls": "[net.core.somaxconn]"}),
    ("build: ., sysctls: ['net.core.somaxconn=1024']", {"sysctls": "[net.core.somaxconn]"}),
    ("build: ., shm_size: 1gb", {"shared_memory": "1 GiB"}),
    ("build: ., logging: {driver: fluentd}", {"log_driver": "fluentd"}),
    ("build: ., logging: {driver: local}", {}),
    ("build: ., stop_grace_period: 1m30s", {"drain": "90 s"}),
    ("build: ., platform: linux/arm64", {"arch": "arm64"}),
    ("build: ., platform: windows/amd64", {"os": "windows"}),
    ("image: nginx", {"image.registry": "docker_hub"}),
    ("image: 'docker.io/library/nginx:1'", {"image.registry": "docker_hub"}),
    ("image: ghcr.io/a/b", {"image.registry": "ghcr"}),
    ("image: 111122223333.dkr.ecr.eu-west-1.amazonaws.com/a", {"image.registry": "ecr"}),
    ("image: 'registry.example.com:5000/a'", {"image.registry": "other"}),
    ("image: '${IMAGE}'", {}),
]


@pytest.mark.parametrize(("service", "expected"), SAID)
def test_a_service_says_what_is_written_and_nothing_else(service: str, expected: dict[str, str]) -> None:
    assert facts(f"{{{service}}}") == expected


# Ports -> the endpoints that others can reach.
PORTS = [
    ("[80]", ["port-80"]),
    ("['8080:80']", ["port-80"]),
    ("['0.0.0.0:8080:80/tcp']", ["port-80"]),
    ("['127.0.0.1:8080:80']", []),
    ("['[::1]:8080:80']", []),
    ("['3000-3005']", ["port-3000"]),
    ("['${PORT:-8080}:80']", ["port-80"]),
    ("['${PORT}:80']", []),
    ("[{target: 80, published: 8080}, {target: 81, host_ip: 127.0.0.1}]", ["port-80"]),
    ("['80:80', '443:80']", ["port-80"]),
]


@pytest.mark.parametrize(("ports", "expected"), PORTS)
def test_a_port_that_is_published_is_an_endpoint(ports: str, expected: list[str]) -> None:
    assert surveyed(f"{{build: ., ports: {ports}}}").services == (("web", tuple(expected)),)


# An environment -> the variables that hold a secret.
SECRETS = [
    ("{DB_PASSWORD: correct-horse}", ["DB_PASSWORD"]),
    ("['DB_PASSWORD=correct-horse', 'X=1']", ["DB_PASSWORD"]),
    ("{DB_PASSWORD: '${DB_PASSWORD}'}", []),
    ("{DB_PASSWORD: '${DB_PASSWORD:-correct-horse}'}", ["DB_PASSWORD"]),
    ("{DB_PASSWORD: ''}", []),
    ("{DB_PASSWORD: null}", []),
    ("['DB_PASSWORD']", []),
    ("{DB_PASSWORD_FILE: /run/secrets/db}", []),
    ("{CLUSTER_ID: abc, SECRET_NAME: x, TOKEN_TTL: 30}", []),
    ("{PASSWORD_LOGIN: 'true'}", []),
    ("{API_KEY: AKIAIOSFODNN7EXAMPLE}", ["API_KEY"]),
    ("{ANYTHING: AKIAIOSFODNN7EXAMPLE}", ["ANYTHING"]),
]


@pytest.mark.parametrize(("environment", "expected"), SECRETS)
def test_a_secret_in_plain_text_is_found_by_name_and_place(environment: str, expected: list[str]) -> None:
    found = surveyed(f"{{build: ., environment: {environment}}}")
    assert [leak.key for leak in found.leaks] == expected
    assert "correct-horse" not in repr(found)
    assert "AKIA" not in repr(found)


# A document -> whether it is a Compose file.
KINDS = [
    ("services: {a: {image: x}}", True),
    ("version: '3'\nservices: {a: {build: .}}", True),
    ("version: 1\nname: x\nservices: {a: {kind: web}}", False),
    ("apiVersion: v1\nkind: Pod\nservices: {a: {image: x}}", False),
    ("services: []", False),
    ("x: 1", False),
]


@pytest.mark.parametrize(("text", "expected"), KINDS)
def test_a_compose_file_is_known_by_what_is_in_it(text: str, expected: bool) -> None:
    root = parse(text, "file")
    assert isinstance(root, Mapping)
    assert is_compose(root) is expected


def test_a_name_that_no_workload_file_takes_is_made_one_and_what_is_not_followed_is_said() -> None:
    root = parse("services: {my.app_1: {extends: {file: x}, image: a}, 9lives: {image: b}}", "f")
    assert isinstance(root, Mapping)
    found = survey(root, "f")
    assert [name for name, _ in found.services] == ["my-app_1", "n9lives"]
    assert ["extends" in remark.message for remark in found.remarks] == [True]


def test_merge_keys_are_merged_and_tags_passed_over() -> None:
    text = """\
x-base: &base {mem_limit: 1g, cpus: 1, build: .}
x-more: &more {cpus: 2, scale: 3}
services:
  one: {<<: *base, cpus: 4}
  two:
    <<: [*more, *base]
    ports: !reset []
"""
    (root,) = parse_foreign(text, "f")
    assert isinstance(root, Mapping)
    found = {fact.path: fact.written for fact in survey(root, "f").facts}
    assert (found["services.one.cpu"], found["services.one.memory"]) == ("4", "1 GiB")
    assert (found["services.two.cpu"], found["services.two.replicas.max"]) == ("2", "3")

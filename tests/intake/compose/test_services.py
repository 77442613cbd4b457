"""What a Compose file says of a service, and what it does not say."""

import pytest

from archadvisor.intake.compose.survey import is_compose
from archadvisor.loading.document import parse_foreign
from archadvisor.model.intake import Survey
from tests.intake.compose.files import facts, messages, surveyed


def one(service: str, rest: str = "") -> Survey:
    """What a file says that has one service."""
    return surveyed(f"services:\n  web_1: {service}\n{rest}")


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
    ("build: ., volumes: ['${DATA_DIR}:/x']", {"volumes": "[host_path]"}),
    ("build: ., volumes: ['${DATA}:/x']", {"volumes": "unknown"}),
    ("build: ., volumes: ['named:/y', '/anonymous']", {"volumes": "unknown"}),
    ("build: ., volumes: ['/anonymous']", {}),
    ("build: ., tmpfs: /tmp", {"volumes": "[tmpfs]"}),
    ("build: ., volumes: ['${SOCK:-/var/run/docker.sock}:/x']", {"needs": "[docker_socket]"}),
    ("build: ., volumes: ['$SOCK:/var/run/docker.sock']", {"needs": "[docker_socket]"}),
    ("build: ., volumes: ['/run/user/1000/podman/podman.sock:/var/run/docker.sock']", {"needs": "[docker_socket]"}),
    ("build: ., volumes: ['/var/run:/var/run']", {"needs": "[docker_socket]", "volumes": "[host_path]"}),
    (r"build: ., volumes: ['\\.\pipe\docker_engine:\\.\pipe\docker_engine']", {"needs": "[docker_socket]"}),
    ("build: ., cpus: 0", {}),
    (f"build: ., cpus: {'9' * 400}, mem_limit: {'9' * 400}, stop_grace_period: {'9' * 5000}s", {}),
    (
        "build: ., deploy: {resources: {reservations: {devices: [{capabilities: [gpu], count: " + "9" * 400 + "}]}}}",
        {"gpus": "unknown"},
    ),
    ("build: ., use_api_socket: true", {"needs": "[docker_socket]"}),
    ("build: ., devices: ['/dev/fuse']", {"needs": "[fuse]", "devices": "[/dev/fuse]"}),
    ("build: ., runtime: nvidia", {"gpus": "unknown"}),
    ("build: ., gpus: [{count: 2}, {device_ids: [a]}]", {"gpus": "3"}),
    (
        "build: ., deploy: {resources: {reservations: {generic_resources: "
        "[{discrete_resource_spec: {kind: NVIDIA-GPU, value: 2}}]}}}",
        {"gpus": "2"},
    ),
    ("build: ., storage_opt: {size: 40G}", {"disk": "40 GiB"}),
    ("build: ., credential_spec: {file: x.json}", {"windows.gmsa": "true"}),
    (
        "image: 'mcr.microsoft.com/windows/servercore:ltsc2022'",
        {"os": "windows", "windows.version": '"2022"', "image.registry": "other"},
    ),
    ("build: ., deploy: {placement: {constraints: [node.platform.arch == aarch64]}}", {"arch": "arm64"}),
    ("build: ., image: 'web:dev'", {}),
    ("build: ., image: 'ghcr.io/a/web:dev'", {"image.registry": "ghcr"}),
    ("image: 'ghcr.io/a/b:${TAG}'", {"image.registry": "ghcr"}),
    ("image: '${REGISTRY}/b'", {"image.registry": "unknown"}),
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
    ("image: '${IMAGE}'", {"image.registry": "unknown"}),
    ("image: '${REGISTRY}/a'", {"image.registry": "unknown"}),
    ("image: 'postgres:${VERSION}'", {"image.registry": "docker_hub"}),
    ("image: 'registry:${PORT}/a'", {"image.registry": "unknown"}),
    ("build: ., image: 'web:${VERSION}'", {}),
    ("build: ., shm_size: '${SHARED}'", {"shared_memory": "unknown"}),
    ("build: ., platform: '${PLATFORM}'", {"arch": "unknown"}),
    ("build: ., network_mode: '${MODE}'", {"needs": "unknown"}),
    ("build: ., network_mode: '${MODE}', privileged: true", {"needs": "[privileged]"}),
    ("build: ., cap_add: ['${CAPABILITY}']", {"capabilities": "unknown"}),
]


@pytest.mark.parametrize(("service", "expected"), SAID)
def test_a_service_says_what_is_written_and_nothing_else(service: str, expected: dict[str, str]) -> None:
    assert facts(one(f"{{{service}}}"), "web_1") == expected


# Ports -> the endpoints that others can reach.
PORTS = [
    ("[80]", ["port-80"]),
    ("['8080:80']", ["port-80"]),
    ("['0.0.0.0:8080:80/tcp']", ["port-80"]),
    ("['127.0.0.1:8080:80']", []),
    ("['[::1]:8080:80']", []),
    ("['3000-3005']", ["port-3000"]),
    ("['${PORT:-8080}:80']", ["port-80"]),
    ("['${PORT}:80']", ["port-80"]),
    ("['${HOST}:80:80']", []),
    ("['80:${PORT}']", []),
    ("[{target: 80, published: 8080}, {target: 81, host_ip: 127.0.0.1}]", ["port-80"]),
    ("['80:80', '443:80']", ["port-80"]),
]


@pytest.mark.parametrize(("ports", "expected"), PORTS)
def test_a_port_that_is_published_is_an_endpoint(ports: str, expected: list[str]) -> None:
    assert one(f"{{build: ., ports: {ports}}}").services == (("web_1", tuple(expected)),)


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
    ("{CLUSTER_ID: 'a-b-c', DB_SECRET_NAME: x, TOKEN_PATH: /run/x}", []),
    ("{DB_PASSWORD: '${A:-${B:-correct-horse}}'}", ["DB_PASSWORD"]),
    ("{DB_PASSWORD: 'correct-horse$$1'}", ["DB_PASSWORD"]),
    ("{API_KEY: AKIAIOSFODNN7EXAMPLE}", ["API_KEY"]),
    ("{ANYTHING: AKIAIOSFODNN7EXAMPLE}", ["ANYTHING"]),
]


@pytest.mark.parametrize(("environment", "expected"), SECRETS)
def test_a_secret_in_plain_text_is_found_by_name_and_place(environment: str, expected: list[str]) -> None:
    found = one(f"{{build: ., environment: {environment}}}")
    assert [leak.key for leak in found.leaks] == expected
    assert "correct-horse" not in repr(found)
    assert "AKIA" not in repr(found)


# A document -> whether it is a Compose file.
KINDS = [
    ("services: {a: {image: x}}", True),
    ("version: '3'\nservices: {a: {build: .}}", True),
    ("version: 1\nname: x\nservices: {a: {kind: web}}", False),
    ("apiVersion: v1\nkind: Pod\nservices: {a: {image: x}}", False),
    ("services: {a: {privileged: true}}", True),
    ("jobs: {a: {image: x, triggers: {manual: true}}}", True),
    ("on: push\njobs: {a: {runs-on: x, environment: production, steps: []}}", False),
    ("services: []", False),
    ("include: [a.yaml]", True),
    ("include: [{local: a.yml}]\nstages: [test]", False),
    ("x: 1", False),
]


@pytest.mark.parametrize(("text", "expected"), KINDS)
def test_a_compose_file_is_known_by_what_is_in_it(text: str, expected: bool) -> None:
    (root,) = parse_foreign(text, "file")
    assert is_compose(root) is expected


def test_a_name_that_no_workload_file_takes_is_made_one() -> None:
    found = surveyed("services: {my.app_1: {image: a}, 9lives: {image: b}}")
    assert [name for name, _ in found.services] == ["my-app_1", "n9lives"]


def test_what_is_reserved_counts_and_the_limit_is_kept_beside_it() -> None:
    found = one("{build: ., mem_limit: 1g, mem_reservation: 512m, cpus: 2}")
    assert [(fact.written, fact.limit) for fact in found.facts[1:]] == [("2", ""), ("512 MiB", "1 GiB")]
    assert found.facts[2].evidence == "0.yaml:2: services.web_1.mem_reservation; at most 1 GiB"


def test_a_service_of_a_profile_is_taken_and_said_to_be() -> None:
    found = one("{build: ., profiles: [debug, test]}")
    assert messages(found) == [
        "0.yaml:2:21: `web_1` runs only in the profile `debug` or `test`; it is taken as part of the workload"
    ]


def test_merge_keys_are_merged() -> None:
    text = """\
x-base: &base {mem_limit: 1g, cpus: 1, build: .}
x-more: &more {cpus: 2, scale: 3}
services:
  one: {<<: *base, cpus: 4}
  two: {<<: [*more, *base]}
"""
    found = surveyed(text)
    assert (facts(found, "one")["cpu"], facts(found, "one")["memory"]) == ("4", "1 GiB")
    assert (facts(found, "two")["cpu"], facts(found, "two")["replicas.max"]) == ("2", "3")


VOLUMES = [
    ("{}", "unknown"),
    ("{driver: rexray/ebs}", "[ebs]"),
    ("{driver: 'cloudstor:aws', driver_opts: {backing: shared}}", "[efs]"),
    ("{driver_opts: {type: nfs, o: 'addr=fs-1.efs.eu-west-1.amazonaws.com,rw', device: ':/'}}", "[efs]"),
    ("{driver_opts: {type: nfs, o: 'addr=10.0.0.1', device: ':/'}}", "unknown"),
    ("{driver_opts: {type: none, o: bind, device: /srv}}", "[host_path]"),
    ("{driver_opts: {type: tmpfs, device: tmpfs}}", "[tmpfs]"),
]


@pytest.mark.parametrize(("declared", "expected"), VOLUMES)
def test_a_volume_is_of_the_kind_that_it_is_declared_to_be(declared: str, expected: str) -> None:
    found = one("{build: ., volumes: ['data:/x']}", f"volumes: {{data: {declared}}}\n")
    assert facts(found, "web_1") == {"volumes": expected}


def test_a_volume_that_services_share_is_an_open_question() -> None:
    found = surveyed("services: {a: {image: x, volumes: ['d:/x']}, b: {image: x, volumes: ['d:/y']}}")
    assert messages(found) == [
        "0.yaml:1:36: the volume `d` is shared by `a` and `b`: what storage it becomes is open, such as `efs`"
    ]

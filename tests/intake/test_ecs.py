"""What a task definition says of its service, and what it does not say."""

import pytest

from archadvisor.intake.ecs import survey, task_definition
from archadvisor.loading.document import parse_foreign
from archadvisor.model.intake import Survey


def surveyed(text: str) -> Survey:
    (root,) = parse_foreign(text, "task.json")
    definition = task_definition(root)
    assert definition is not None
    return survey(definition, "task.json")


def facts(task: str, container: str = "") -> dict[str, str]:
    """What is said of the service, but for its registry."""
    containers = f"containerDefinitions: [{{name: a, image: nginx, {container or 'essential: true'}}}]"
    found = surveyed(f"{{family: web, {containers}, {task or 'tags: []'}}}").facts
    own = "services.web."
    return {
        fact.path.removeprefix(own): fact.written
        for fact in found
        if "registry" not in fact.path and fact.path.startswith(own)
    }


# A part of the task, a part of its container -> the facts they state.
SAID = [
    ("", "", {}),
    ("cpu: '512', memory: '1024'", "", {"cpu": "0.5", "memory": "1024 MiB"}),
    ("cpu: 1 vCPU, memory: 2 GB", "", {"cpu": "1", "memory": "2048 MiB"}),
    ("cpu: '.25 vCPU', memory: .5 GB", "", {"cpu": "0.25", "memory": "512 MiB"}),
    ("cpu: '0'", "", {}),
    ("cpu: .", "", {}),
    ("", "cpu: 256, memory: 512", {"cpu": "0.25", "memory": "512 MiB"}),
    ("cpu: '${CPU}'", "", {}),
    ("networkMode: host, pidMode: host", "", {"needs": "[host_network, host_pid]"}),
    ("networkMode: awsvpc", "", {}),
    ("", "privileged: true", {"needs": "[privileged]"}),
    ("", "linuxParameters: {capabilities: {add: [NET_ADMIN]}}", {"capabilities": "[NET_ADMIN]"}),
    ("", "linuxParameters: {devices: [{hostPath: /dev/kvm}]}", {"devices": "[/dev/kvm]"}),
    ("", "linuxParameters: {sharedMemorySize: 256}", {"shared_memory": "256 MiB"}),
    ("volumes: [{name: x, host: {sourcePath: /var/run/docker.sock}}]", "", {"needs": "[docker_socket]"}),
    ("volumes: [{name: x, host: {sourcePath: /data}}]", "", {"volumes": "[host_path]"}),
    ("volumes: [{name: x, efsVolumeConfiguration: {fileSystemId: f}}]", "", {"volumes": "[efs]"}),
    ("volumes: [{name: x, host: {}}]", "", {}),
    ("ephemeralStorage: {sizeInGiB: 100}", "", {"disk": "100 GiB"}),
    ("runtimePlatform: {cpuArchitecture: ARM64}", "", {"arch": "arm64"}),
    (
        "runtimePlatform: {operatingSystemFamily: WINDOWS_SERVER_2022_CORE}",
        "",
        {"os": "windows", "windows.version": '"2022"'},
    ),
    ("runtimePlatform: {operatingSystemFamily: WINDOWS_SERVER_20H2_CORE}", "", {"os": "windows"}),
    ("runtimePlatform: {operatingSystemFamily: LINUX}", "", {"os": "linux"}),
    ("runtimePlatform: {operatingSystemFamily: '<OS>'}", "", {}),
    ("", "resourceRequirements: [{type: GPU, value: '2'}]", {"gpus": "2"}),
    ("", "logConfiguration: {logDriver: awslogs}", {"log_driver": "awslogs"}),
    ("", "stopTimeout: 60", {"drain": "60 s"}),
    ("", "secrets: [{name: DB, valueFrom: arn}]", {"uses.secrets": "[db]"}),
]


@pytest.mark.parametrize(("task", "container", "expected"), SAID)
def test_a_task_says_what_is_written_and_nothing_else(task: str, container: str, expected: dict[str, str]) -> None:
    assert facts(task, container) == expected


def test_a_task_without_a_size_has_that_of_its_containers_if_each_says_its_own() -> None:
    pair = "family: web, containerDefinitions: [{{name: a, image: x, cpu: 256}}, {{name: b, image: y{}}}]"
    sizes = {fact.path: fact.written for fact in surveyed(f"{{{pair.format(', cpu: 512')}}}").facts}
    assert sizes["services.web.cpu"] == "0.75"
    assert "services.web.cpu" not in {fact.path for fact in surveyed(f"{{{pair.format('')}}}").facts}


@pytest.mark.parametrize(
    ("task", "container", "size"),
    [
        ("", "memory: 8192, memoryReservation: 1024", ("1024 MiB", "8192 MiB")),
        ("", "memory: 1024, memoryReservation: 1024", ("1024 MiB", "")),
        ("", "memory: 1024", ("1024 MiB", "")),
        ("memory: '8192',", "memory: 8192, memoryReservation: 1024", ("8192 MiB", "")),
    ],
)
def test_a_limit_is_kept_apart_from_what_is_reserved(task: str, container: str, size: tuple[str, str]) -> None:
    found = surveyed(f"{{family: web, {task} containerDefinitions: [{{image: x, {container}}}]}}")
    assert [(fact.written, fact.limit) for fact in found.facts if fact.path == "services.web.memory"] == [size]


def test_facts_say_under_which_key_they_are_written() -> None:
    keys = {
        fact.path: fact.key for fact in surveyed("{family: web, containerDefinitions: [{image: x, cpu: 256}]}").facts
    }
    assert keys["services.web.cpu"] == "containerDefinitions[0].cpu"


@pytest.mark.parametrize("wrapper", ["{}", "{{taskDefinition: {}}}", "{{TaskDefinition: {}, tags: []}}"])
def test_a_task_definition_is_found_bare_and_wrapped(wrapper: str) -> None:
    task = "{family: my.web, containerDefinitions: [{name: a, image: x, portMappings: [{containerPort: 80}]}]}"
    assert surveyed(wrapper.format(task)).services == (("my-web", ("port-80",)),)


def test_a_secret_in_plain_text_is_found_by_name_and_place() -> None:
    env = "environment: [{name: DB_PASSWORD, value: correct-horse}, {name: SECRET_NAME, value: x}]"
    found = surveyed(f"{{family: web, containerDefinitions: [{{name: a, image: x, {env}}}]}}")
    assert [leak.key for leak in found.leaks] == ["DB_PASSWORD"]
    assert "correct-horse" not in repr(found)


LEAKS = [
    (
        "logConfiguration: {logDriver: splunk, options: {splunk-token: swordfish, splunk-url: 'https://a'}}",
        "splunk-token",
    ),
    ("logConfiguration: {logDriver: splunk, secretOptions: [{name: splunk-token, valueFrom: arn}]}", None),
    ("dockerLabels: {api_token: swordfish, team: shop}", "api_token"),
    ("healthCheck: {command: [CMD-SHELL, mysqladmin ping --password=swordfish]}", "password"),
    ("healthCheck: {command: [CMD-SHELL, mysqladmin ping --password=$PASSWORD]}", None),
]


@pytest.mark.parametrize(("container", "key"), LEAKS)
def test_a_secret_in_plain_text_is_found_where_a_container_has_names_and_commands(
    container: str, key: str | None
) -> None:
    found = surveyed(f"{{family: web, containerDefinitions: [{{name: a, image: x, {container}}}]}}")
    assert [leak.key for leak in found.leaks] == ([key] if key else [])
    assert "swordfish" not in repr(found)


@pytest.mark.parametrize(
    ("types", "chosen"),
    [("[FARGATE]", "fargate"), ("[EC2]", "ec2"), ("[EC2, FARGATE]", None), ("[EXTERNAL]", "external")],
)
def test_the_launch_type_is_a_decision_where_there_is_one(types: str, chosen: str | None) -> None:
    found = surveyed(f"{{family: web, requiresCompatibilities: {types}, containerDefinitions: [{{name: a}}]}}").facts
    made = {fact.path: fact.written for fact in found if fact.path.startswith("decisions.")}
    made.pop("decisions.hosts.web", None)
    assert made == {"decisions.orchestrator": "ecs", **({"decisions.compute.web": chosen} if chosen else {})}

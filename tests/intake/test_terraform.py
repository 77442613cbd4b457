"""What a Terraform plan says of its services, and what it does not say."""

import json
from typing import Any

import pytest

from archadvisor.intake.terraform import is_plan, survey
from archadvisor.loading.document import parse_foreign
from archadvisor.loading.node import Mapping
from archadvisor.model.intake import Survey

CONTAINERS = [{"name": "a", "image": "nginx", "environment": [{"name": "DB_PASSWORD", "value": "hunter2hunter2"}]}]


def resource(kind: str, name: str, **values: Any) -> dict[str, Any]:
    return {"type": kind, "name": name, "mode": "managed", "values": values}


def task(name: str = "web", **values: Any) -> dict[str, Any]:
    written = {"family": name, "container_definitions": json.dumps(CONTAINERS), **values}
    return resource("aws_ecs_task_definition", name, **written)


def surveyed(*resources: dict[str, Any], depth: int = 0) -> Survey:
    module: dict[str, Any] = {"resources": list(resources)}
    for _ in range(depth):
        module = {"child_modules": [module]}
    text = json.dumps({"format_version": "1.2", "planned_values": {"root_module": module}}, indent=1)
    (root,) = parse_foreign(text, "plan.json")
    assert isinstance(root, Mapping)
    assert is_plan(root)
    return survey(root, "plan.json")


def facts(*resources: dict[str, Any], depth: int = 0) -> dict[str, str]:
    """What is said of the service and decided about it, but for its registry, secrets and orchestrator."""
    found = surveyed(*resources, depth=depth).facts
    own = {fact.path.removeprefix("services.web."): fact.written for fact in found}
    left = ("image.registry", "uses.secrets", "decisions.orchestrator")
    return {path: said for path, said in own.items() if path not in left}


# Values of a task definition -> the facts they state.
SAID: list[tuple[dict[str, Any], dict[str, str]]] = [
    ({}, {}),
    ({"cpu": "512", "memory": "1024"}, {"cpu": "0.5", "memory": "1024 MiB"}),
    ({"cpu": None, "network_mode": None}, {}),
    ({"network_mode": "host", "pid_mode": "host"}, {"needs": "[host_network, host_pid]"}),
    ({"requires_compatibilities": ["FARGATE"]}, {"decisions.compute.web": "fargate"}),
    ({"runtime_platform": [{"cpu_architecture": "ARM64"}]}, {"arch": "arm64"}),
    ({"runtime_platform": []}, {}),
    ({"ephemeral_storage": [{"size_in_gib": 40}]}, {"disk": "40 GiB"}),
    ({"volume": [{"name": "v", "efs_volume_configuration": [{}]}]}, {"volumes": "[efs]"}),
]


@pytest.mark.parametrize(("values", "stated"), SAID)
@pytest.mark.parametrize("depth", [0, 2])
def test_a_task_says_wherever_its_module_is(values: dict[str, Any], stated: dict[str, str], depth: int) -> None:
    assert facts(task(**values), depth=depth) == stated


# Services beside one or two tasks -> the facts about the first.
RUN: list[tuple[list[dict[str, Any]], dict[str, Any], dict[str, str]]] = [
    ([task()], {"desired_count": 3}, {"replicas.min": "3"}),
    ([task()], {"launch_type": "EC2"}, {"decisions.compute.web": "ec2"}),
    ([task()], {"scheduling_strategy": "DAEMON"}, {"kind": "daemon"}),
    ([task()], {"load_balancer": [{"container_name": "a"}]}, {"kind": "web"}),
    ([task()], {"load_balancer": []}, {}),
    ([task(), task("other")], {"desired_count": 3}, {}),
    ([task(), task("other")], {"desired_count": 3, "task_definition": "arn:aws:ecs:x:1:task-definition/web:7"},
     {"replicas.min": "3"}),
]  # fmt: skip


@pytest.mark.parametrize(("tasks", "values", "stated"), RUN)
def test_a_service_says_how_its_task_runs(
    tasks: list[dict[str, Any]], values: dict[str, Any], stated: dict[str, str]
) -> None:
    found = facts(*tasks, resource("aws_ecs_service", "run", **values))
    assert {path: said for path, said in found.items() if not path.startswith("services.other")} == stated


@pytest.mark.parametrize("written", [None, "not: [json", 7])
def test_containers_that_are_not_known_are_told(written: object) -> None:
    found = surveyed(task(container_definitions=written, cpu="512"))
    assert "services.web.cpu" in [fact.path for fact in found.facts]
    assert [remark.message for remark in found.remarks] == ["the containers of `web` are known after apply"]


# What is referred to by what is known after apply -> the registry of the image.
ORIGINS = [
    (["aws_ecr_repository.app.repository_url", "aws_ecr_repository.app"], "ecr"),
    (["var.image"], "unknown"),
    (["aws_ecr_repository.elsewhere.repository_url"], "unknown"),
]


@pytest.mark.parametrize(("references", "registry"), ORIGINS)
@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("aws_ecs_task_definition", "container_definitions"),
        ("aws_batch_job_definition", "container_properties"),
        ("aws_lambda_function", "image_uri"),
    ],
)
def test_an_image_that_is_made_of_a_repository_lies_there(
    references: list[str], registry: str, kind: str, key: str
) -> None:
    made = [resource(kind, "web"), resource("aws_ecr_repository", "app")]
    plan = {
        "format_version": "1.2",
        "planned_values": {"root_module": {"resources": made}},
        "configuration": {"root_module": {"resources": [
            {"address": f"{kind}.web", "expressions": {key: {"references": references}}}
        ]}},
    }  # fmt: skip
    (root,) = parse_foreign(json.dumps(plan), "plan.json")
    assert isinstance(root, Mapping)
    found = {fact.path: fact.written for fact in survey(root, "plan.json").facts}
    assert found["services.web.image.registry"] == registry


def test_secrets_are_found_in_the_text_of_containers_and_shown_nowhere() -> None:
    found = surveyed(task(), resource("aws_lambda_function", "count", memory_size=128, environment=[
        {"variables": {"API_KEY": "swordfish-swordfish", "API_KEY_NAME": "shop"}}
    ]))  # fmt: skip
    assert [(leak.service, leak.key) for leak in found.leaks] == [("web", "DB_PASSWORD"), ("count", "API_KEY")]
    assert "hunter2" not in repr(found)
    assert "swordfish" not in repr(found)
    assert all(leak.place.line > 1 for leak in found.leaks)


def test_the_text_of_containers_is_read_as_the_api_spells_it_and_with_tabs() -> None:
    container = {
        "name": "a",
        "image": "<ACCOUNT>.dkr.ecr.<REGION>.amazonaws.com/a",
        "portMappings": [{"containerPort": 80}],
        "memoryReservation": 256,
        "secrets": [{"name": "TOKEN", "valueFrom": "shop/token"}],
        "logConfiguration": {"logDriver": "splunk"},
    }
    found = surveyed(task(container_definitions="\t" + json.dumps([container], indent="\t")))
    assert found.services == (("web", ("port-80",)),)
    assert {fact.path: fact.written for fact in found.facts} == {
        "decisions.orchestrator": "ecs",
        "services.web.memory": "256 MiB",
        "services.web.log_driver": "splunk",
        "services.web.image.registry": "ecr",
        "decisions.secret_store.token": "parameter_store",
        "services.web.uses.secrets": "[token]",
    }


@pytest.mark.parametrize("text", ['{"format_version": "1.2"}', '{"planned_values": {}}', "[]", "{}"])
def test_what_is_no_plan_is_not_taken_for_one(text: str) -> None:
    (root,) = parse_foreign(text, "file.json")
    assert not is_plan(root)

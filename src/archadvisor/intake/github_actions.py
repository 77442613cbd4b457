"""GitHub Actions workflows to what they say of a workload."""

import os
import re

from archadvisor.intake.pipelines import Pipeline
from archadvisor.intake.registries import registry_of
from archadvisor.intake.tree import at, items, pairs
from archadvisor.intake.values import as_name, text_of
from archadvisor.loading.node import Mapping, Node, Scalar
from archadvisor.model.intake import Survey

_REGION = re.compile(r"[a-z]{2,4}(?:-[a-z]+)+-[0-9]")
KIND = "GitHub Actions workflow"


def is_workflow(root: Node) -> bool:
    """Whether a document is a workflow: events, and jobs of steps or of other workflows."""
    jobs = [job for _, job in pairs(at(root, "jobs"))]
    return at(root, "on") is not None and any(
        at(job, "steps") is not None or at(job, "uses") is not None for job in jobs
    )


def survey(root: Mapping, file: str) -> Survey:
    """What a workflow says: what builds images, where they go, and how it reaches AWS."""
    name = text_of(at(root, "name")) or os.path.splitext(os.path.basename(file))[0]
    found = Pipeline(as_name(name), file, "github_actions")
    found.variables(at(root, "env"))
    for _, job in pairs(at(root, "jobs")):
        found.variables(at(job, "env"))
        _containers(job, found)
        for step in items(at(job, "steps")):
            _step(step, found)
    return found.survey(KIND)


def _containers(job: Node, found: Pipeline) -> None:
    """The containers that a job runs in and beside."""
    container = at(job, "container")
    for image in (container, at(container, "image")):
        found.runs_in(image, "container")
    for _, service in pairs(at(job, "services")):
        found.runs_in(at(service, "image"), "services")
    for holder in (container, *(service for _, service in pairs(at(job, "services")))):
        options = at(holder, "options")
        if isinstance(options, Scalar) and "--privileged" in options.written.split():
            found.builds(True, options.place, "options")


def _step(step: Node, found: Pipeline) -> None:
    found.variables(at(step, "env"))
    found.script(at(step, "run"), "run")
    used = at(step, "uses")
    action = used.written.partition("@")[0] if isinstance(used, Scalar) else ""
    given = at(step, "with")
    match action:
        case "aws-actions/configure-aws-credentials":
            _credentials(given, found)
        case "aws-actions/amazon-ecr-login" if isinstance(used, Scalar):
            public = text_of(at(given, "registry-type")) == "public"
            found.pushes_to("ecr_public" if public else "ecr", used.place, "uses")
        case "docker/build-push-action" | "docker/bake-action" if isinstance(used, Scalar):
            found.says("delivery.builder", "buildkit", used.place, "uses")
            _tags(at(given, "tags"), found)
        case "docker/login-action" if isinstance(used, Scalar):
            _login(at(given, "registry"), used, found)


def _credentials(given: Node | None, found: Pipeline) -> None:
    """How credentials of AWS come about: by an access key, or by a role that trusts the workflow's token."""
    region = text_of(at(given, "aws-region"))
    if region is not None and given is not None and _REGION.fullmatch(region):
        found.says("regions", f"[{region}]", given.place, "aws-region")
    key, role = at(given, "aws-access-key-id"), at(given, "role-to-assume")
    if key is not None:
        found.by_key(key.place, "aws-access-key-id")
        found.variables(given)
    elif role is not None:
        found.by_token(role.place, "role-to-assume")


def _tags(tags: Node | None, found: Pipeline) -> None:
    """Where an image goes, by the names that it is given."""
    for tag in tags.written.replace(",", "\n").split("\n") if isinstance(tags, Scalar) else ():
        if tags is not None:
            found.names_image(tag.strip(), tags.place, "tags")


def _login(registry: Node | None, used: Scalar, found: Pipeline) -> None:
    """Where images go: Docker Hub unless a registry is named; one that is a variable says nothing."""
    if registry is None:
        found.pushes_to("docker_hub", used.place, "uses")
    elif isinstance(registry, Scalar) and "${{" not in registry.written:
        found.pushes_to(registry_of(f"{registry.written}/image"), registry.place, "registry")

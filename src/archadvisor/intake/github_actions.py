"""GitHub Actions workflows to what they say of a workload."""

import os
import re
from collections.abc import Iterator

from archadvisor.intake.pipelines.access import Variable, Variables, filled
from archadvisor.intake.pipelines.commands import ECR
from archadvisor.intake.pipelines.job import Job
from archadvisor.intake.pipelines.notes import Pipeline
from archadvisor.intake.tree import at, items, pairs
from archadvisor.intake.values import as_name, text_of
from archadvisor.loading.node import Mapping, Node, Scalar
from archadvisor.model.intake import Survey
from archadvisor.model.place import Place

_REGION = re.compile(r"[a-z]{2,4}(?:-[a-z]+)+-[0-9]")
_REGISTRY_OUTPUT = re.compile(r"type=registry|push=true")
_EXPRESSION = re.compile(r"\$\{\{[^\n]{0,500}?\}\}")
_NAMED = re.compile(r"\bname=([^,\s\"]+)")
_NAMES_OF_SECRETS = frozenset({"secret", "secrets"})
"""Inputs of actions that list what secrets are called."""
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
    common = Job(found).sets(_variables(at(root, "env")))
    for _, node in pairs(at(root, "jobs")):
        job = Job(found, variables=common)
        job.variables = job.sets(_variables(at(node, "env")))
        _containers(node, found)
        for step in items(at(node, "steps")):
            _step(step, job)
        job.ends()
    return found.survey(KIND)


def _variables(node: Node | None) -> Iterator[tuple[str, Variable, Place]]:
    for key, value in pairs(node):
        if isinstance(value, Scalar):
            yield key.written, Variable(value.written, key.written, key.place), value.place


def _inputs(given: Node | None) -> Iterator[tuple[str, Variable, Place]]:
    """The inputs of an action; those that are called like variables of AWS count as these."""
    for name, variable, place in _variables(given):
        if name not in _NAMES_OF_SECRETS:
            yield name.upper().replace("-", "_") if name.startswith("aws-") else name, variable, place


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


def _step(step: Node, job: Job) -> None:
    scope = job.sets(_variables(at(step, "env")))
    run = at(step, "run")
    job.runs([("run", run)] if isinstance(run, Scalar) else [], scope)
    used = at(step, "uses")
    if isinstance(used, Scalar):
        job.sets(_inputs(at(step, "with")))
        _action(used, step, job, scope)


def _action(used: Scalar, step: Node, job: Job, scope: Variables) -> None:
    given = at(step, "with")
    match used.written.partition("@")[0]:
        case "aws-actions/configure-aws-credentials":
            _credentials(given, job)
        case "aws-actions/amazon-ecr-login":
            host = "public.ecr.aws" if text_of(at(given, "registry-type")) == "public" else ECR
            job.found.reaches_aws(used.place, "uses")
            job.signs_in(host, used.place, "uses")
            _outputs(step, "registry", host, job)
        case "docker/metadata-action":
            _outputs(step, "tags", _lines(at(given, "images"), scope), job)
        case "docker/build-push-action" | "docker/bake-action":
            job.found.says("delivery.builder", "buildkit", used.place, "uses")
            _images(given, used, job, scope)
        case "docker/login-action":
            registry = at(given, "registry")
            written = filled(registry.written, scope) if isinstance(registry, Scalar) else ""
            job.signs_in(written, (registry or used).place, "registry" if registry else "uses")


def _credentials(given: Node | None, job: Job) -> None:
    """How credentials of AWS come about: by an access key, or by a role that trusts the workflow's token."""
    region = text_of(at(given, "aws-region"))
    if region is not None and given is not None and _REGION.fullmatch(region):
        job.found.says("regions", f"[{region}]", given.place, "aws-region")
    role = at(given, "role-to-assume")
    if at(given, "aws-access-key-id") is not None:
        # Where it is a variable of the file, what stands there counts.
        job.reaches(job.sets(_inputs(given)))
    elif role is not None:
        job.found.by_token(role.place, "role-to-assume")


def _images(given: Node | None, used: Scalar, job: Job, scope: Variables) -> None:
    """Where images go that an action builds, by the names that they are given; nowhere if they are not pushed."""
    push, outputs = at(given, "push"), at(given, "outputs")
    asked = filled(push.written, scope).strip().lower() if isinstance(push, Scalar) else ""
    exported = _lines(outputs, scope)
    if asked in ("", "false") and not _REGISTRY_OUTPUT.search(exported):
        return
    tags = at(given, "tags")
    listed = _EXPRESSION.sub("${{}}", _lines(tags, scope)).replace(",", "\n").split("\n")
    names = [*(name.strip() for name in listed), *_NAMED.findall(exported)]
    for name in list(filter(None, names)) or [""]:
        job.pushes(name, (tags or outputs or used).place, "tags" if tags else "outputs" if outputs else "uses")


def _lines(node: Node | None, scope: Variables) -> str:
    return filled(node.written, scope) if isinstance(node, Scalar) else ""


def _outputs(step: Node, output: str, value: str, job: Job) -> None:
    """Notes what a step hands on to later ones."""
    name = at(step, "id")
    if isinstance(name, Scalar) and value:
        images = [line.partition(",")[0].strip().removeprefix("name=") for line in value.split("\n")]
        handed = Variable("\n".join(images), output, name.place)
        job.variables[f"steps.{name.written}.outputs.{output}"] = handed

"""GitLab CI files to what they say of a workload."""

import os
from collections.abc import Iterator

from archadvisor.intake.pipelines import Pipeline
from archadvisor.intake.tree import at, items, pairs
from archadvisor.intake.values import as_name
from archadvisor.loading.node import Mapping, Node, Scalar
from archadvisor.model.intake import Survey

KIND = "GitLab CI file"
_SCRIPTS = ("before_script", "script", "after_script")
_NOT_JOBS = frozenset({"default", "include", "stages", "variables", "workflow", "spec"})


def is_gitlab_ci(root: Node) -> bool:
    """Whether a document is a pipeline of GitLab: jobs with scripts, and nothing that another tool has at its top."""
    return any(at(job, "script") is not None or at(job, "trigger") is not None for job in _jobs(root)) and not any(
        at(root, key) is not None for key in ("jobs", "apiVersion", "Resources")
    )


def survey(root: Mapping, file: str) -> Survey:
    """What a pipeline says: what builds images, where they go, and how it reaches AWS."""
    folder = os.path.basename(os.path.dirname(os.path.abspath(file)))
    found = Pipeline(as_name(f"{folder}-pipeline"), file, "gitlab")
    found.variables(at(root, "variables"))
    _images(root, found)
    for job in (at(root, "default"), *_jobs(root)):
        found.variables(at(job, "variables"))
        for key in _SCRIPTS:
            found.script(at(job, key), key)
        _images(job, found)
        tokens = at(job, "id_tokens")
        if tokens is not None and any("aws" in audience for audience in _audiences(tokens)):
            found.by_token(tokens.place, "id_tokens")
    return found.survey(KIND)


def _jobs(root: Node) -> list[Node]:
    return [node for key, node in pairs(root) if isinstance(node, Mapping) and key.written not in _NOT_JOBS]


def _audiences(tokens: Node) -> Iterator[str]:
    """Whom tokens are for; what they are called counts as well, as an audience may be any word."""
    for key, token in pairs(tokens):
        audience = at(token, "aud")
        yield f"{key.written} {audience.written if isinstance(audience, Scalar) else ''}".lower()


def _images(job: Node | None, found: Pipeline) -> None:
    """What images a job runs in and beside tell of its builder."""
    for image in (at(job, "image"), at(job, "image", "name")):
        found.runs_in(image, "image")
    for service in items(at(job, "services")):
        found.runs_in(at(service, "name") or service, "services")

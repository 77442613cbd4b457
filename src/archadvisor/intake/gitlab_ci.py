"""GitLab CI files to what they say of a workload."""

import os
from collections.abc import Iterator

from archadvisor.intake.pipelines.access import Variable
from archadvisor.intake.pipelines.job import Job
from archadvisor.intake.pipelines.notes import Pipeline
from archadvisor.intake.tree import at, items, pairs
from archadvisor.intake.values import as_name
from archadvisor.loading.document import REFERENCE
from archadvisor.loading.node import Mapping, Node, Scalar
from archadvisor.model.intake import Survey
from archadvisor.model.place import Place

KIND = "GitLab CI file"
_SCRIPTS = ("before_script", "script", "after_script")
_NOT_JOBS = frozenset({"default", "include", "stages", "variables", "workflow", "spec"})
_GLOBAL = _NOT_JOBS | {"image", "services", "cache", *_SCRIPTS}
_SOURCES = ("local", "project", "remote", "template", "component")
"""Where a pipeline takes other files from."""
_DEEPEST = 10
"""References to references, as far as GitLab follows them."""
_MOST_EXTENDED = 100
"""Jobs that one job extends, with those that they extend."""


def is_gitlab_ci(root: Node) -> bool:
    """Whether a document is a pipeline of GitLab: jobs with scripts, and nothing that another tool has at its top."""
    is_pipeline = any(at(job, "script") is not None or at(job, "trigger") is not None for job in _jobs(root))
    return (is_pipeline or is_including(root)) and not any(
        at(root, key) is not None for key in ("jobs", "apiVersion", "Resources")
    )


def is_called_so(file: str) -> bool:
    """Whether a file has the name that GitLab looks for."""
    return os.path.basename(file) in (".gitlab-ci.yml", ".gitlab-ci.yaml")


def is_including(root: Node) -> bool:
    """Whether a document takes in other files as GitLab does, and has no jobs of its own."""
    include = at(root, "include")
    is_own = any(at(item, source) is not None for item in _listed(include) for source in _SOURCES)
    # A list of names alone is what Compose has as well.
    is_own = is_own or isinstance(include, Scalar) or any(at(root, key) is not None for key in _NOT_JOBS - {"include"})
    is_whole = all(key.written in _GLOBAL or key.written.startswith(".") for key, _ in pairs(root))
    return include is not None and is_own and is_whole


def survey(root: Mapping, file: str) -> Survey:
    """What a pipeline says: what builds images, where they go, and how it reaches AWS."""
    folder = os.path.basename(os.path.dirname(os.path.abspath(file)))
    found = Pipeline(as_name(f"{folder}-pipeline"), file, "gitlab")
    _includes(root, found)
    for holder in (root, at(root, "default")):
        _images(holder, found)
    common = Job(found).sets(_variables(at(root, "variables"), root))
    for node in (*_tops(root), *_jobs(root)):
        _job(node, root, Job(found, has_settings=True, variables=common))
    return found.survey(KIND)


def _jobs(root: Node) -> list[Node]:
    return [node for key, node in pairs(root) if isinstance(node, Mapping) and key.written not in _NOT_JOBS]


def _tops(root: Mapping) -> Iterator[Node]:
    """What is said for all jobs, as far as it is a script, or all that there is."""
    for node in (root, at(root, "default")):
        if node is not None and (any(at(node, key) is not None for key in _SCRIPTS) or not _jobs(root)):
            yield node


def _job(node: Node, root: Mapping, job: Job) -> None:
    """What a job says, or what stands at the top and is true of all."""
    extended = _extended(node, root)
    for each in (given for parent in extended if (given := at(parent, "variables")) is not None):
        if job.found.may_read(each, len(pairs(each))):
            job.variables = job.sets(_variables(each, root))
    for tokens in (at(each, "id_tokens") for each in (*extended, at(root, "default"))):
        job.has_token = job.has_token or tokens is not None
        if tokens is not None and any("aws" in audience for audience in _audiences(tokens)):
            job.found.by_token(tokens.place, "id_tokens")
    lines = [(key, line) for key in _SCRIPTS for line in _lines(at(node, key), root, job.found, set())]
    job.runs(lines, job.variables)
    _images(node, job.found)
    job.ends()


def _extended(node: Node, root: Mapping) -> list[Node]:
    """The jobs of the file that a job extends, each once, and itself last: what comes later counts."""
    found = {id(node): node}
    pending = [node]
    while pending:
        for name in reversed(_listed(at(pending.pop(0), "extends"))):
            parent = at(root, name.written) if isinstance(name, Scalar) else None
            if parent is not None and id(parent) not in found and len(found) <= _MOST_EXTENDED:
                found[id(parent)] = parent
                pending.append(parent)
    return list(found.values())[::-1]


def _variables(node: Node | None, root: Mapping) -> Iterator[tuple[str, Variable, Place]]:
    for key, written in pairs(_resolved(node, root)):
        value = at(written, "value") or _resolved(written, root)
        if isinstance(value, Scalar):
            yield key.written, Variable(value.written, key.written, key.place), value.place


def _lines(node: Node | None, root: Mapping, found: Pipeline, seen: set[int]) -> Iterator[Scalar]:
    """The lines of a script, each once; lists in it are parts of it, and so is what it refers to."""
    node = _resolved(node, root)
    if node is None or id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, Scalar):
        yield node
    elif found.may_read(node, len(items(node))):
        for item in items(node):
            yield from _lines(item, root, found, seen)


def _resolved(node: Node | None, root: Mapping) -> Node | None:
    """What a node refers to with `!reference`; one that refers to nothing of this file is nothing."""
    for _ in range(_DEEPEST):
        path = at(node, REFERENCE)
        if path is None:
            break
        node = at(root, *(key.written for key in items(path) if isinstance(key, Scalar))) if items(path) else None
    return node


def _includes(root: Mapping, found: Pipeline) -> None:
    """Notes the files that a pipeline takes in: they are not read."""
    for holder in (root, *(at(job, "trigger") for job in _jobs(root))):
        for item in _listed(at(holder, "include")):
            if (named := _included(item)) is not None:
                found.remark(item.place, f"{named} is included, and not read with this file")


def _included(item: Node) -> str | None:
    if isinstance(item, Scalar):
        return f"`{item.written}`"
    source = next((source for source in _SOURCES if at(item, source) is not None), None)
    name = at(item, "file") if source == "project" else at(item, source) if source else None
    names = ", ".join(f"`{each.written}`" for each in _listed(name) if isinstance(each, Scalar))
    project = at(item, "project")
    return f"{names} of `{project.written}`" if names and isinstance(project, Scalar) else names or None


def _listed(node: Node | None) -> list[Node]:
    """The items of a list, or the one thing that stands in the place of it."""
    return items(node) or [node] if node is not None else []


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

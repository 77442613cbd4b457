"""Files of other tools to a workload file, in which each fact says where it comes from."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace

from archadvisor.errors import SaysNothing, UnknownKind, UnreadableInput
from archadvisor.intake import cloudformation, ecs, github_actions, gitlab_ci, kubernetes, terraform
from archadvisor.intake.compose import survey as compose
from archadvisor.intake.values import as_name
from archadvisor.loading.discovery import read_bytes
from archadvisor.loading.document import parse_foreign
from archadvisor.loading.node import Mapping, Node
from archadvisor.loading.workload import is_workload_tree
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.intake import Imported, Inferred, Remark, Survey
from archadvisor.model.interview import Sheet
from archadvisor.model.place import START, Place
from archadvisor.rendering.intake import imported_file
from archadvisor.rendering.sheet import bare_file
from archadvisor.workflows.decoding import decoded
from archadvisor.workflows.fitting import misfits
from archadvisor.workflows.saving import save
from archadvisor.workflows.together import Glance

_LARGEST = 2 * 1024 * 1024
_UNKNOWN = (
    "this is no Compose file, Kubernetes manifest, ECS task definition, CloudFormation template, Terraform plan and no "
    "pipeline of GitHub Actions or GitLab CI"
)
_REGIONS = "regions"
_WORKFLOWS = os.path.join(os.sep, ".github", "workflows")


def glanced(files: Sequence[str]) -> tuple[list[Glance], list[Diagnostic]]:
    """A first look at each file, and what is wrong with those that cannot be read or are of no known kind."""
    found: list[Glance] = []
    problems: list[Diagnostic] = []
    for file in files:
        try:
            content = file, _read(file)
            found.append((content, survey_of(*content)))
        except UnreadableInput as error:
            problems += error.diagnostics
    return found, problems


def joined(surveys: Sequence[tuple[str, Survey]]) -> Imported:
    """The workload that surveys describe together, each given with its first file."""
    return _fitting(_joined([found for _, found in surveys], [file for file, _ in surveys]))


def write(found: Imported, file: str, force: bool) -> None:
    """Writes the workload file.

    Raises:
        UnreadableInput: it is there already and not to be replaced, or it cannot be written.
    """
    if os.path.lexists(file) and not force:
        raise UnreadableInput([Diagnostic(file, "it is there already", None, "`--force` replaces it")])
    save(file, imported_file(found))


def _read(file: str) -> bytes:
    data = read_bytes(file)
    if isinstance(data, Diagnostic):
        raise UnreadableInput([data])
    return data


def survey_of(file: str, data: bytes) -> Survey:
    """What was found in the content of a file; of a Compose file only a first look, as others may belong to it.

    Raises:
        UnknownKind: it is of no kind that can be imported.
        SaysNothing: there is nothing of a workload in it.
        UnreadableInput: it cannot be read.
    """
    if len(data) > _LARGEST:
        raise UnreadableInput([Diagnostic(file, f"the file is larger than {_LARGEST // 1024**2} MiB", START)])
    roots = parse_foreign(decoded(data, file), file)
    if is_workload_tree(roots[0]):
        raise UnknownKind([Diagnostic(file, "this is a workload file already", START)])
    found = next(filter(None, (surveyed(roots, file) for surveyed in _FORMATS)), None)
    if found is None:
        raise UnknownKind([Diagnostic(file, _UNKNOWN, START)])
    return found


def _compose(roots: Sequence[Node], file: str) -> Survey | None:
    is_compose = any(map(compose.is_compose, roots)) and not gitlab_ci.is_called_so(file)
    return compose.glance(roots) if is_compose else None


def _kubernetes(roots: Sequence[Node], file: str) -> Survey | None:
    return kubernetes.survey(list(roots), file) if any(map(kubernetes.is_kubernetes, roots)) else None


def _task_definition(roots: Sequence[Node], file: str) -> Survey | None:
    definition = ecs.task_definition(roots[0])
    return None if definition is None else ecs.survey(definition, file)


def _template(roots: Sequence[Node], file: str) -> Survey | None:
    first = roots[0]
    if not isinstance(first, Mapping) or not cloudformation.is_cloudformation(first):
        return None
    return _with_facts(cloudformation.survey(first, file), file)


def _plan(roots: Sequence[Node], file: str) -> Survey | None:
    first = roots[0]
    if not isinstance(first, Mapping) or not terraform.is_plan(first):
        return None
    return _with_facts(terraform.survey(first, file), file)


def _workflow(roots: Sequence[Node], file: str) -> Survey | None:
    first = roots[0]
    if not isinstance(first, Mapping) or not github_actions.is_workflow(first):
        return None
    return _with_facts(github_actions.survey(first, file), file)


def _gitlab(roots: Sequence[Node], file: str) -> Survey | None:
    first = roots[-1]
    if not isinstance(first, Mapping) or not (gitlab_ci.is_gitlab_ci(first) or gitlab_ci.is_called_so(file)):
        return None
    return _with_facts(gitlab_ci.survey(first, file), file)


_LACKS = {
    cloudformation.KIND: "it has no task, no function, no job and no cluster",
    terraform.KIND: "it has no task, no function, no job and no cluster",
    github_actions.KIND: "it builds no image and does not reach AWS",
    gitlab_ci.KIND: "it builds no image and does not reach AWS",
}
"""What a file of a kind has not that says nothing of a workload."""
_FORMATS = (_compose, _kubernetes, _task_definition, _template, _plan, _workflow, _gitlab)


def _with_facts(found: Survey, file: str) -> Survey:
    """A survey that says something of a workload.

    Raises:
        SaysNothing: there is nothing to advise on.
    """
    if not found.services and not found.facts and not found.leaks:
        reasons = "; ".join([_LACKS[found.kind], *(remark.message for remark in found.remarks)])
        raise SaysNothing([Diagnostic(file, f"this {found.kind} says nothing of a workload: {reasons}", START)])
    return found


def _joined(surveys: Sequence[Survey], files: Sequence[str]) -> Imported:
    services: dict[str, tuple[str, ...]] = {}
    for found in surveys:
        for name, endpoints in found.services:
            services[name] = tuple(dict.fromkeys([*services.get(name, ()), *endpoints]))
    facts = _united(fact for found in surveys for fact in found.facts)
    named = next((found.name for found in reversed(surveys) if found.name), None)
    sheet = Sheet(
        named or as_name(_folder(files[0])),
        services=tuple(services.items()),
        secrets=tuple(dict.fromkeys(secret for found in surveys for secret in found.secrets)),
        callers=tuple(dict.fromkeys(caller for found in surveys for caller in found.callers)),
        regions=_regions(facts),
        stated=tuple((path, fact.written) for path, fact in facts.items() if path != _REGIONS),
    )
    leaks = tuple(sorted((leak for found in surveys for leak in found.leaks), key=lambda leak: (leak.file, leak.place)))
    remarks = tuple(each for found in surveys for each in found.remarks)
    return Imported(sheet, tuple(facts.values()), leaks, remarks, _places(surveys, files))


def _folder(file: str) -> str:
    """The name of the folder that a file is of; that of a workflow is the repository."""
    folder = os.path.dirname(os.path.abspath(file))
    return os.path.basename(folder.removesuffix(_WORKFLOWS))


def _united(facts: Iterable[Inferred]) -> dict[str, Inferred]:
    """Facts by path: of what several files say the last counts, and lists hold what all of them say."""
    found: dict[str, Inferred] = {}
    for fact in facts:
        before = found.get(fact.path)
        found[fact.path] = fact if before is None else before.joined(fact)
    return found


def _regions(facts: dict[str, Inferred]) -> tuple[str, ...]:
    """The Regions of a workload, which stand among its first lines."""
    found = facts.get(_REGIONS)
    return tuple(found.written.strip("[]").split(", ")) if found is not None else ()


def _places(surveys: Sequence[Survey], files: Sequence[str]) -> tuple[tuple[str, Place], ...]:
    """Where things are named first."""
    found: dict[str, Place] = {}
    for survey, file in zip(surveys, files, strict=True):
        for path, place in survey.places:
            found.setdefault(path, place if place.file else place._replace(file=file))
    return tuple(found.items())


def _fitting(found: Imported) -> Imported:
    """The same without facts that a workload file does not take; each is told as a remark."""
    stated = [fact for fact in found.facts if fact.path != _REGIONS]
    left_out = misfits(bare_file(found.sheet), stated)
    if not left_out:
        return found
    told = [
        Remark(fact.file, fact.place, f"`{fact.key}` says something that no workload file can: {left_out[fact.path]}")
        for fact in stated
        if fact.path in left_out
    ]
    kept = tuple(fact for fact in found.facts if fact.path not in left_out)
    written = tuple((path, value) for path, value in found.sheet.stated if path not in left_out)
    return replace(found, sheet=replace(found.sheet, stated=written), facts=kept, remarks=(*found.remarks, *told))

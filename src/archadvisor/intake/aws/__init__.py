"""What templates and plans have in common: resources of AWS, and what they say of a workload."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from archadvisor.intake.aws.balancing import Balancing
from archadvisor.intake.aws.batch import JOB, note_job
from archadvisor.intake.aws.clusters import note_clusters
from archadvisor.intake.aws.delivery import note_delivery
from archadvisor.intake.aws.functions import FUNCTIONS, MACHINES, note_function, note_machine, note_triggers
from archadvisor.intake.aws.resources import Stack
from archadvisor.intake.aws.schedules import note_schedules
from archadvisor.intake.aws.secrets import note_kept, note_plain
from archadvisor.intake.aws.services import SERVICE, TASK, note_running, running
from archadvisor.intake.aws.tasks import Task, note_task
from archadvisor.intake.notes import Notes
from archadvisor.intake.part import Part

_CODEBUILD = "AWS::CodeBuild::Project"
_SEEN = {TASK, JOB, SERVICE, *FUNCTIONS, _CODEBUILD}


@dataclass(frozen=True, slots=True)
class Description:
    """A stack with what the format it is written in adds to it."""

    stack: Stack
    containers: Mapping[tuple[str, str], Sequence[Part]]
    """The containers of each task definition, by its key."""
    by_family: bool = False
    """Whether services may name tasks by their family, as what is there already does."""


def note_stack(described: Description, notes: Notes) -> None:
    """Everything that resources say of a workload."""
    stack = described.stack
    services = _services(stack, notes)
    _note_tasks(described, services, notes)
    for resource in stack.of(*FUNCTIONS):
        note_function(resource, services[resource.key], stack, notes)
    for resource in stack.of(*MACHINES):
        note_machine(resource, notes)
    for resource in stack.of(JOB):
        note_job(resource, services[resource.key], stack, notes)
    note_triggers(stack, services, notes)
    note_clusters(stack, bool(stack.of(TASK)), notes)
    note_delivery(stack, notes)
    note_kept(stack, notes)
    note_plain(stack, _SEEN, notes)


def _services(stack: Stack, notes: Notes) -> dict[tuple[str, str], str]:
    """A service for each task definition, function and job definition, by its key."""
    found: dict[tuple[str, str], str] = {}
    for resource in stack.of(TASK, *FUNCTIONS, JOB):
        named = resource.said.at("family").text or resource.said.at("jobDefinitionName").text
        found[resource.key] = notes.service(resource.place, *filter(None, (named, resource.title)))
    return found


def _note_tasks(described: Description, services: Mapping[tuple[str, str], str], notes: Notes) -> None:
    """Task definitions, and before them the ECS services that run them, as what runs counts before what may."""
    stack, tasks = described.stack, described.stack.of(TASK)
    named = tasks if described.by_family else []
    families = {each.said.at("family").words or each.title: services[each.key] for each in named}
    balancing = Balancing(stack)
    note_schedules(stack, services, notes)
    for each in running(stack, dict(services), families):
        note_running(each, stack, notes)
        balancing.note(each, notes)
    for task in tasks:
        notes.says("decisions.orchestrator", "ecs", task.said.told_as(task.title))
        containers = described.containers.get(task.key, ())
        note_task(Task(task.said, containers, services[task.key], stack), notes)

"""AWS Batch: job definitions as services, compute environments as what is chosen for all of them."""

from collections.abc import Iterator
from dataclasses import replace

from archadvisor.intake.aws.delivery import note_image
from archadvisor.intake.aws.launching import choice_of_environment, common, note_choice, note_launch_types
from archadvisor.intake.aws.resources import Resource, Stack
from archadvisor.intake.aws.spelling import CLOUDFORMATION
from archadvisor.intake.aws.tasks import Task, note_task
from archadvisor.intake.notes import Notes
from archadvisor.intake.part import Part, Spelling

JOB = "AWS::Batch::JobDefinition"
_ENVIRONMENT = "AWS::Batch::ComputeEnvironment"
_PASCAL = Spelling(lambda key: f"{key[:1].upper()}{key[1:]}")
"""Batch writes `EfsVolumeConfiguration`, where ECS has `EFSVolumeConfiguration`."""


def note_job(job: Resource, service: str, stack: Stack, notes: Notes) -> None:
    """A job definition: a batch service that AWS Batch runs."""
    named = job.said.told_as(job.title)
    notes.says(f"services.{service}.kind", "batch", named)
    notes.says(f"decisions.runner.{service}", "batch", named)
    note_launch_types(service, job.said.at("platformCapabilities").items(), notes)
    environments = [each.said.at("computeResources") for each in stack.of(_ENVIRONMENT)]
    types = [each.at("type") for each in environments if each]
    if types:
        note_choice(service, common(map(choice_of_environment, types)), types[0], notes)
    for task in list(_tasks(_spelled(job.said), service, stack))[:1]:
        note_task(task, notes)
    note_image(service, job.said.at("containerProperties"), stack, notes)
    pod = job.said.at("eksProperties")
    notes.says("decisions.orchestrator", "eks" if pod else None, pod)


def _spelled(said: Part) -> Part:
    return replace(said, spelling=_PASCAL) if said.spelling is CLOUDFORMATION else said


def _tasks(said: Part, service: str, stack: Stack) -> Iterator[Task]:
    """The task of a job, in each of the forms that a job definition has for it."""
    container = said.at("containerProperties")
    if container:
        yield Task(container, [container], service, stack)
    for task in said.at("ecsProperties", "taskProperties").items():
        yield Task(task, task.at("containers").items(), service, stack)
    for nodes in said.at("nodeProperties", "nodeRangeProperties").items():
        yield Task(nodes.at("container"), [nodes.at("container")], service, stack)

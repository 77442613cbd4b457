"""ECS task definitions to what they say of a service: bare, wrapped by a tool, or as ECS registered them."""

from archadvisor.intake.aws.resources import Stack
from archadvisor.intake.aws.tasks import Task, note_task
from archadvisor.intake.notes import Notes
from archadvisor.intake.part import Part
from archadvisor.intake.tree import at, items
from archadvisor.loading.node import Mapping, Node
from archadvisor.model.intake import Survey

KIND = "ECS task definition"
_CONTAINERS = "containerDefinitions"


def task_definition(root: Node) -> Mapping | None:
    """The task definition in a document; None where there is none."""
    for found in (root, at(root, "taskDefinition"), at(root, "TaskDefinition")):
        if isinstance(found, Mapping) and any(isinstance(each, Mapping) for each in items(at(found, _CONTAINERS))):
            return found
    return None


def survey(definition: Mapping, file: str) -> Survey:
    """What a task definition says: one service, whose containers share a task."""
    notes = Notes()
    said = Part(definition, file)
    containers = said.at(_CONTAINERS).items()
    family = said.at("family")
    name = family.text or next((each.at("name").words for each in containers if each.at("name")), "") or "task"
    service = notes.service((family or said).place, name)
    notes.says("decisions.orchestrator", "ecs", (family or said).told_as(_CONTAINERS))
    note_task(Task(said, containers, service, Stack(())), notes)
    return notes.survey(KIND)

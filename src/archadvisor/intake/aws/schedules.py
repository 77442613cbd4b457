"""What starts tasks, functions and jobs: schedules and rules of EventBridge."""

from collections.abc import Iterator, Mapping

from archadvisor.intake.aws.batch import JOB
from archadvisor.intake.aws.functions import FUNCTIONS
from archadvisor.intake.aws.resources import Resource, Stack
from archadvisor.intake.aws.services import TASK
from archadvisor.intake.notes import Notes
from archadvisor.intake.part import Part

_RULE, _TARGET, _SCHEDULE = "AWS::Events::Rule", "AWS::Events::Target", "AWS::Scheduler::Schedule"
_WAYS = (
    (("ecsParameters", "taskDefinitionArn"), (TASK,)),
    (("ecsTarget", "taskDefinitionArn"), (TASK,)),
    (("batchParameters", "jobDefinition"), (JOB,)),
    (("batchTarget", "jobDefinition"), (JOB,)),
    (("arn",), FUNCTIONS),
)
"""Where a target says what it starts, and of which types that may be."""


def note_schedules(stack: Stack, services: Mapping[tuple[str, str], str], notes: Notes) -> None:
    """What starts services, and that tasks which a schedule starts are scheduled."""
    for rule, target in _targets(stack):
        for way, types in _WAYS:
            started = stack.referred(target.at(*way), *types, instance=rule.instance)
            if started is not None and started.key in services:
                path = f"services.{services[started.key]}"
                schedule, pattern = rule.said.at("scheduleExpression"), rule.said.at("eventPattern")
                if schedule or schedule.is_open:
                    notes.says(f"{path}.trigger", "schedule", schedule)
                    notes.says(f"{path}.kind", "scheduled" if started.type == TASK else None, schedule)
                elif pattern or pattern.is_open:
                    notes.says(f"{path}.trigger", "event", pattern)


def _targets(stack: Stack) -> Iterator[tuple[Resource, Part]]:
    """What says when, with what it starts."""
    for rule in stack.of(_RULE):
        yield from ((rule, target) for target in rule.said.at("targets").items())
    for schedule in stack.of(_SCHEDULE):
        yield schedule, schedule.said.at("target")
    for target in stack.of(_TARGET):
        found = stack.referred(target.said.at("rule"), _RULE, instance=target.instance)
        if found is not None:
            yield found, target.said

"""Lambda functions and state machines."""

from archadvisor.intake.aws.delivery import note_image
from archadvisor.intake.aws.resources import Resource, Stack
from archadvisor.intake.notes import Notes
from archadvisor.intake.part import Part

FUNCTIONS = ("AWS::Lambda::Function", "AWS::Serverless::Function")
MACHINES = ("AWS::StepFunctions::StateMachine", "AWS::Serverless::StateMachine")
_ARCHES = {"arm64": "arm64", "x86_64": "x86_64"}
_EVENTS_BY_TRIGGER = {
    "http": ("Api", "HttpApi"),
    "schedule": ("Schedule", "ScheduleV2"),
    "queue": ("SQS", "Kinesis", "DynamoDB", "MSK", "MQ", "SelfManagedKafka", "DocumentDB"),
    "event": ("S3", "SNS", "EventBridgeRule", "CloudWatchEvent", "CloudWatchLogs", "Cognito", "IoTRule", "AlexaSkill"),
}
_EVENTS = {event: trigger for trigger, events in _EVENTS_BY_TRIGGER.items() for event in events}
"""Kinds of events of SAM, and what starts a function that has them."""
_SOURCES = (
    ("AWS::Lambda::EventSourceMapping", "functionName", "queue"),
    ("AWS::Lambda::Url", "targetFunctionArn", "http"),
    ("AWS::Lambda::Url", "functionName", "http"),
)


def note_function(function: Resource, service: str, stack: Stack, notes: Notes) -> None:
    """What a function says of itself."""
    path, said = f"services.{service}", function.said
    named = said.told_as(function.title)
    notes.says(f"{path}.kind", "function", named)
    notes.says(f"decisions.packaging.{service}", "function", named)
    memory = said.at("memorySize")
    notes.says(f"{path}.memory", f"{memory.number} MiB" if memory.number else None, memory)
    arches = said.at("architectures").items()
    if len({arch.words for arch in arches}) == 1:
        notes.says(f"{path}.arch", _ARCHES.get(arches[0].words), arches[0])
    storage = said.at("ephemeralStorage", "size")
    notes.says(f"{path}.disk", f"{storage.number} MiB" if storage.number else None, storage)
    for image in (said.at("imageUri"), said.at("code", "imageUri")):
        note_image(service, image, stack, notes)
    if files := said.at("fileSystemConfigs").items():
        notes.also(f"{path}.volumes", "efs", files[0])
    for event in (each for _, each in said.at("events").pairs()):
        notes.says(f"{path}.trigger", _EVENTS.get(event.at("type").words), event.at("type"))
    notes.says(f"{path}.trigger", "http" if said.at("functionUrlConfig") else None, said.at("functionUrlConfig"))
    note_variables(service, said, notes)


def note_variables(owner: str, said: Part, notes: Notes) -> None:
    """The variables of functions that hold a secret in plain text."""
    variables = said.at("environment").at("variables")
    notes.variables(owner, ((key.written, value) for key, value in variables.pairs()))


def note_triggers(stack: Stack, functions: dict[tuple[str, str], str], notes: Notes) -> None:
    """What starts functions, where that is a resource of its own."""
    for kind, key, trigger in _SOURCES:
        for source in stack.of(kind):
            function = stack.referred(source.said.at(key), *FUNCTIONS, instance=source.instance)
            if function is not None and function.key in functions:
                notes.says(f"services.{functions[function.key]}.trigger", trigger, source.said.told_as(source.title))


def note_machine(machine: Resource, notes: Notes) -> None:
    """A state machine of Step Functions, which has no size and no image of its own."""
    message = f"`{machine.title}` is a state machine: what it starts is carried over, and it is no service itself"
    notes.remark(machine.said, message)

"""CloudFormation and SAM templates to what they say of a workload."""

from archadvisor.intake.aws import Description, note_stack
from archadvisor.intake.aws.batch import JOB
from archadvisor.intake.aws.functions import FUNCTIONS
from archadvisor.intake.aws.resources import Resource, Stack
from archadvisor.intake.aws.services import TASK
from archadvisor.intake.aws.spelling import CLOUDFORMATION
from archadvisor.intake.intrinsics import Template
from archadvisor.intake.notes import Notes
from archadvisor.intake.part import Part
from archadvisor.intake.secrets import is_literal_secret
from archadvisor.intake.serverless import FUNCTION, with_globals
from archadvisor.intake.tree import at, pairs
from archadvisor.loading.node import Mapping, Node, Scalar
from archadvisor.loading.redaction import is_reference
from archadvisor.model.intake import Survey

KIND = "CloudFormation template"
_OF_AWS = ("AWS::", "Custom::", "Alexa::")
_NESTED = ("AWS::CloudFormation::Stack", "AWS::Serverless::Application")


def is_cloudformation(root: Node) -> bool:
    """Whether a document is a template: resources, each with a type that is an AWS one."""
    types = [at(node, "Type") for _, node in pairs(at(root, "Resources"))]
    return any(isinstance(each, Scalar) and each.written.startswith(_OF_AWS) for each in types)


def survey(root: Mapping, file: str) -> Survey:
    """What a template says: a service for each task definition, function and job, and what is around them."""
    template = Template(root)
    notes = Notes()
    common = template.resolved(at(root, "Globals", "Function"))
    stack = Stack([_resource(name, node, template, common, file) for name, node in template.resources.items()])
    containers = {each.key: each.said.at("containerDefinitions").items() for each in stack.of(TASK)}
    note_stack(Description(stack, containers), notes)
    _note_defaults(root, template, file, notes)
    _note_remarks(stack, template, file, notes)
    return notes.survey(KIND)


def _resource(name: str, node: Mapping, template: Template, common: Node | None, file: str) -> Resource:
    kind, properties = Part(node, file).at("Type").words, at(node, "Properties")
    whole = (template.resolved(properties) if isinstance(properties, Mapping) else None) or Mapping(node.place)
    said = Part(with_globals(common, whole) if kind == FUNCTION else whole, file, f"{name}: ", CLOUDFORMATION)
    plain = Part(properties, file, f"{name}: ", CLOUDFORMATION)
    return Resource(kind, name, name, said, plain, node.place)


def _note_defaults(root: Mapping, template: Template, file: str, notes: Notes) -> None:
    """The defaults of parameters that are secrets: by their names, or as they are not to be shown."""
    for key, node in pairs(at(root, "Parameters")):
        if key.written not in template.defaults:
            continue
        default = Part(at(node, "Default"), file, f"Parameters.{key.written}.Default")
        hidden = Part(node, file).at("NoEcho").is_true and default.words.strip() and not is_reference(default.words)
        if hidden or is_literal_secret(key.written, default.words):
            notes.leak("parameters", key.written, default)


def _note_remarks(stack: Stack, template: Template, file: str, notes: Notes) -> None:
    """What is there only under a condition, and what is not followed."""
    for each in stack.resources:
        whole = Part(template.resources[each.address], file)
        condition = whole.at("Condition")
        if condition and each.type in (TASK, JOB, *FUNCTIONS):
            message = f"`{each.title}` is there only where `{condition.words}` holds, which is not known here"
            notes.remark(condition, message)
        if each.type in _NESTED:
            notes.remark(whole, f"`{each.title}` is a template of its own, which is not followed")
    for key in template.loops:
        notes.remark(Part(key, file), f"`{key.written}` makes resources that are not read")

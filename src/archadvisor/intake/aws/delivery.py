"""Repositories of ECR and projects of CodeBuild: how images are made and kept."""

from collections.abc import Sequence

from archadvisor.intake.aws.resources import Resource, Stack
from archadvisor.intake.notes import Notes
from archadvisor.intake.part import Part

_REPOSITORY, _PROJECT = "AWS::ECR::Repository", "AWS::CodeBuild::Project"
_TAGS = {"IMMUTABLE": "true", "MUTABLE": "false"}
_SCANS = ("imageScanningConfiguration", "scanOnPush")
_FLAGS = {"true": "true", "false": "false"}


def note_delivery(stack: Stack, notes: Notes) -> None:
    """Where images lie and how, and that CodeBuild builds them."""
    repositories = stack.of(_REPOSITORY)
    for repository in repositories[:1]:
        notes.says("delivery.registry", "ecr", repository.said.told_as(repository.title))
    _note_alike("delivery.immutable_tags", [each.said.at("imageTagMutability") for each in repositories], _TAGS, notes)
    scans = [each.said.at(*_SCANS) for each in repositories]
    _note_alike("delivery.scanned", scans, _FLAGS, notes)
    for scan in filter(None, scans):
        notes.also("existing.services", "ecr_repository_scan_settings", scan)
    for project in stack.of(_PROJECT):
        _note_project(project, notes)


def note_image(service: str, image: Part, stack: Stack, notes: Notes) -> None:
    """The registry of an image: ECR, where it is made of a repository of the same stack."""
    notes.image(service, image, "ecr" if stack.referred(image, _REPOSITORY) else None)


def _note_alike(fact: str, said: Sequence[Part], words: dict[str, str], notes: Notes) -> None:
    """A fact that all repositories say alike."""
    values = {words.get(each.words.upper() if "true" not in words else each.words.lower()) for each in said}
    if len(values) == 1:
        notes.says(fact, values.pop(), said[0])


def _note_project(project: Resource, notes: Notes) -> None:
    """A project, which builds images where it may run Docker."""
    environment = project.said.at("environment")
    privileged = environment.at("privilegedMode")
    notes.says("delivery.builder", "codebuild" if privileged.is_true else None, privileged)
    variables = environment.at("environmentVariables").items()
    plain = [each for each in variables if each.at("type").text in (None, "PLAINTEXT")]
    notes.variables(project.title, ((each.at("name").words, each.at("value")) for each in plain))

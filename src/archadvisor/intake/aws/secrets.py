"""Secrets of a template or a plan: those it keeps in Secrets Manager, and those in plain text in it."""

import re
from collections.abc import Iterator

from archadvisor.intake.aws.resources import Resource, Stack
from archadvisor.intake.notes import Notes
from archadvisor.intake.part import Part
from archadvisor.intake.secrets import is_literal_secret
from archadvisor.intake.values import as_name
from archadvisor.loading.redaction import is_reference

SECRET = "AWS::SecretsManager::Secret"
_ROTATION = "AWS::SecretsManager::RotationSchedule"
PARAMETER = "AWS::SSM::Parameter"
_VERSION = "AWS::SecretsManager::SecretVersion"
_VALUE = "secretString"
_REGION = re.compile(r"[a-z]{2,4}(?:-[a-z]+)+-[0-9]")
_REFERENCE = re.compile(r"\{\{resolve:.*|alias/.*|(?:hours|minutes|seconds|days|optional|required)$")
"""What CloudFormation fetches from a store, names of keys, and words that say something of a token."""
_NO_SECRETS = frozenset({"ServiceToken", "NextToken"})
_DEEPEST = 20


def note_kept(stack: Stack, notes: Notes) -> None:
    """The secrets in Secrets Manager: how often they change, where else they are."""
    names: dict[tuple[str, str], str] = {}
    for secret in stack.of(SECRET):
        name = names[secret.key] = as_name(secret.title.lower())
        notes.secrets.setdefault(name)
        notes.places.setdefault(f"secrets.{name}", secret.place)
        notes.says(f"decisions.secret_store.{name}", "secrets_manager", secret.said.told_as(secret.title))
        for region in secret.said.at("replicaRegions").items():
            if _REGION.fullmatch(region.at("region").words):
                notes.also(f"secrets.{name}.replicas", region.at("region").words, region)
        _note_value(name, secret.written.at(_VALUE), notes)
    for version in stack.of(_VERSION):
        owner = stack.referred(version.said.at("secretId"), SECRET, instance=version.instance)
        _note_value(names[owner.key] if owner else as_name(version.title.lower()), version.written.at(_VALUE), notes)
    for schedule in stack.of(_ROTATION):
        found = stack.referred(schedule.said.at("secretId"), SECRET, instance=schedule.instance)
        days = schedule.said.at("rotationRules", "automaticallyAfterDays")
        if found is not None and days.number:
            notes.says(f"secrets.{names[found.key]}.rotate_every", f"{days.number} d", days)


def _note_value(secret: str, value: Part, notes: Notes) -> None:
    """A secret whose value stands in the file."""
    if value.words.strip() and not is_reference(value.words) and _is_value(value):
        notes.secrets.setdefault(secret)
        notes.expose(secret, secret, value.path.rpartition(" ")[2], value)


def note_plain(stack: Stack, seen: set[str], notes: Notes) -> None:
    """Secrets in plain text among the properties of all resources but those that are looked into for themselves."""
    for resource in stack.resources:
        if resource.type not in seen:
            owner = as_name(resource.title)
            for name, value in _named(resource, resource.written, 0):
                if name not in _NO_SECRETS and is_literal_secret(name, value.words) and _is_value(value):
                    notes.leak(owner, name, value)


def _is_value(said: Part) -> bool:
    return not _REFERENCE.match(said.words)


def _named(resource: Resource, part: Part, depth: int) -> Iterator[tuple[str, Part]]:
    """The texts below a part of a resource, each with the key or the name that it stands under."""
    if depth > _DEEPEST or part.is_open:
        return
    if resource.type == PARAMETER and depth == 0:
        name = part.at("name").words.rpartition("/")[2] or resource.title
        yield name, part.at("value")
    for key, value in part.pairs():
        if value.text is not None:
            yield key.written, value
        yield from _named(resource, value, depth + 1)
    for item in part.items():
        yield from _named(resource, item, depth + 1)

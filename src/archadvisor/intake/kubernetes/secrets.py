"""Secrets of a cluster: those that pods read, and those that stand in plain text in manifests."""

import base64
import binascii
import re
from collections.abc import Iterator

from archadvisor.intake.arguments import note_arguments
from archadvisor.intake.embedded import holds_literal_secret
from archadvisor.intake.kubernetes.manifests import Cluster, Manifest
from archadvisor.intake.kubernetes.pods import Pod
from archadvisor.intake.notes import Notes
from archadvisor.intake.part import Part
from archadvisor.intake.secrets import is_literal_secret, is_no_secret
from archadvisor.intake.values import as_name
from archadvisor.loading.redaction import holds_secret, is_reference, looks_like_token

_KINDS = {
    "kubernetes.io/tls": "private_key",
    "kubernetes.io/ssh-auth": "private_key",
    "kubernetes.io/service-account-token": "token",
    "bootstrap.kubernetes.io/token": "token",
}
_PUBLIC = re.compile(
    r"(?:^|[._-])(?:crt|cert|ca|pub|user|username|login|email|host|hostname|port|region|endpoint|namespace)$",
    re.IGNORECASE,
)
"""Keys of a Secret under which nothing is that must be kept."""
_SETTING = re.compile(
    r"(?:(?:[A-Z0-9_]*_)?(?:ENV|ENVIRONMENT|STAGE|LEVEL|MODE|DEBUG|NAME|DATABASE|DB|SCHEMA|URL|URI|ADDR|ADDRESS|SERVER"
    r"|SERVERS|BROKERS|PATH|FILE|DIR|TYPE|VERSION|TZ|TIMEZONE|LANG|LOCALE|SIZE|COUNT|LIMIT|TIMEOUT|TTL|EXPIRY|INTERVAL"
    r"|ENABLED|DISABLED|SSL|TLS|BUCKET|DOMAIN|ID|ARN|FROM|SENDER|QUEUE|TOPIC|INDEX|PREFIX|DRIVER|PROVIDER|FORMAT))"
)
"""Variables of the environment that are no secrets; a Secret often holds all that a program has."""
_VARIABLE = re.compile(r"[A-Z][A-Z0-9_]*")
_SMALL_NUMBER = re.compile(r"[0-9]{1,3}")
_COMMANDS = (
    ("command",),
    ("args",),
    *((probe, "exec", "command") for probe in ("livenessProbe", "readinessProbe", "startupProbe")),
    *(("lifecycle", hook, "exec", "command") for hook in ("postStart", "preStop")),
)
"""Where a container has commands."""
_SEALED = re.compile(r"ENC\[AES256_GCM,.*|<.*>|.*\$\{?[A-Za-z_].*|.*\{\{.*|vault:.*|ref\+.*", re.DOTALL)
"""Values that another tool has encrypted, or fills in."""


def note_secrets(cluster: Cluster, notes: Notes) -> None:
    """The Secrets that are manifests, with what they hold, and secrets in ConfigMaps."""
    for manifest in cluster.of("Secret"):
        name = as_name(manifest.name)
        notes.secrets.setdefault(name)
        notes.places.setdefault(f"secrets.{name}", manifest.place)
        kind = manifest.root.at("type")
        notes.says(f"secrets.{name}.kind", _KINDS.get(kind.words), kind)
        for key, value in _exposed(manifest):
            notes.expose(name, name, key, value)
    for manifest in cluster.of("ConfigMap"):
        for name, held in ((key.written, held) for key, held in manifest.at("data").pairs()):
            if is_literal_secret(name, held.words) or holds_literal_secret(held.words):
                notes.leak(as_name(manifest.name), name, held)


def _exposed(manifest: Manifest) -> Iterator[tuple[str, Part]]:
    """The values of a Secret that anyone can read who reads the file."""
    for key, value in manifest.at("stringData").pairs():
        if _is_secret(key.written, value.words):
            yield key.written, value
    for key, value in manifest.at("data").pairs():
        if _is_secret(key.written, _decoded(value.words)):
            yield key.written, value


def _is_secret(key: str, value: str) -> bool:
    """Whether a value of a Secret is one: by its key or its looks; what only describes one is none."""
    if not value.strip() or is_reference(value) or _SEALED.fullmatch(value.strip()):
        return False
    if looks_like_token(value) is not None or holds_secret(key, value):
        return True
    return not _PUBLIC.search(key) and not (_VARIABLE.fullmatch(key) and _is_setting(key, value.strip()))


def _is_setting(variable: str, value: str) -> bool:
    """Whether a variable only sets how something behaves, by its name or its value."""
    return bool(_SETTING.fullmatch(variable) or _SMALL_NUMBER.fullmatch(value)) or is_no_secret(value)


def _decoded(written: str) -> str:
    """What base64 stands for; the text itself where it is none."""
    try:
        return base64.b64decode("".join(written.split()), validate=True).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return written


def note_used(pod: Pod, notes: Notes) -> None:
    """The Secrets that a pod reads, and its variables and arguments that hold one in plain text."""
    for container in pod.every_container:
        for variable in container.at("env").items():
            _note_named(pod, variable.at("valueFrom", "secretKeyRef", "name"), notes)
            name, value = variable.at("name").words, variable.at("value")
            if is_literal_secret(name, value.words):
                notes.leak(pod.name, name, value)
        for source in container.at("envFrom").items():
            _note_named(pod, source.at("secretRef", "name"), notes)
        for path in _COMMANDS:
            note_arguments(pod.name, container.at(*path), notes)
    for volume in pod.spec.at("volumes").items():
        _note_named(pod, volume.at("secret", "secretName"), notes)
        for source in volume.at("projected", "sources").items():
            _note_named(pod, source.at("secret", "name"), notes)


def _note_named(pod: Pod, said: Part, notes: Notes) -> None:
    if said.words:
        notes.uses_secret(pod.name, said.words, said)

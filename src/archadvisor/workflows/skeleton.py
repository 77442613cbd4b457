"""A pack to begin with."""

import os
import re

from archadvisor.errors import UnreadableInput
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.workflows.saving import save

_NAME = re.compile(r"[a-z][a-z0-9-]*")
_PACK = """\
pack: {name}
version: "0.1"
title: The rules of our house
"""
_SOURCES = """\
# What the rules rest on. `checked` is the day on which somebody read it.
sources:
  {name}-handbook:
    title: "Our handbook: what runs where"
    kind: third_party           # aws, third_party, note or inference
    checked: {day}
"""
_RULES = """\
# Rules that flag. `archadvisor explain service.traffic` tells what a fact means, docs/facts.md lists them all.
rules:
  - id: {name}/web-services-run-twice
    for: service
    when: {{service.kind: web, service.replicas.min: {{lt: 2}}}}
    flags: warning              # error, warning or note
    because: "`{{service.name}}` answers people and may run as a single replica"
    remedy: "let at least two replicas run"
    rationale: >-
      A single replica is down whenever it is replaced. What answers people runs at least twice.
    sources: [{name}-handbook]
    examples:
      fires:
        one replica: {{service.kind: web, service.replicas.min: 1}}
      silent:
        two replicas: {{service.kind: web, service.replicas.min: 2}}
        a worker: {{service.kind: worker, service.replicas.min: 1}}
      asks:
        nobody said how many: {{service.kind: web}}
"""


def write_skeleton(folder: str, day: str) -> tuple[str, ...]:
    """Writes the files of a pack that is named like its folder; returns their paths.

    Raises:
        UnreadableInput: the folder is not empty, cannot be written to, or its name is no name of a pack.
    """
    name = os.path.basename(os.path.abspath(folder))
    if not _NAME.fullmatch(name):
        hint = "a pack is named like its folder: a letter, then lower case, digits and hyphens, such as `house-rules`"
        raise UnreadableInput([Diagnostic(folder, f"`{name}` is no name of a pack", None, hint)])
    if os.path.lexists(folder) and (not os.path.isdir(folder) or os.listdir(folder)):
        raise UnreadableInput([Diagnostic(folder, "it is there already, and nothing in it is overwritten")])
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise UnreadableInput([Diagnostic(folder, f"the folder cannot be made: {reason}")]) from None
    texts = {"pack.yaml": _PACK, "sources.yaml": _SOURCES, "rules.yaml": _RULES}
    for file, text in texts.items():
        save(os.path.join(folder, file), text.format(name=name, day=day))
    return tuple(os.path.join(folder, file) for file in texts)

"""The size of a task: its own, else the sum of what its containers reserve."""

import re
from collections.abc import Callable, Sequence

from archadvisor.intake.notes import Notes
from archadvisor.intake.part import Part

_CPU = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,9})?)\s*(vcpu)?", re.IGNORECASE)
_MEMORY = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,9})?)\s*(gb|mb)?", re.IGNORECASE)
_UNITS_OF_A_VCPU = 1024
Reader = Callable[[Part], float | None]


def note_size(path: str, task: Part, containers: Sequence[Part], notes: Notes) -> None:
    """The size of one replica of a service."""
    _note(f"{path}.cpu", "", task.at("cpu"), [_cpu(each) for each in containers], _vcpu, notes)
    _note(f"{path}.memory", " MiB", task.at("memory"), [_memory(each) for each in containers], _mib, notes)
    disk = task.at("ephemeralStorage", "sizeInGiB")
    notes.says(f"{path}.disk", f"{disk.number} GiB" if disk.number else None, disk)
    gpus = [found for each in containers if (found := _required(each, "GPU"))]
    counts = [each.number for each in gpus]
    if gpus:
        whole = all(counts) and f"{sum(float(each) for each in counts if each):.10g}"
        notes.says(f"{path}.gpus", whole or "unknown", gpus[0])


def _note(fact: str, unit: str, whole: Part, parts: Sequence[Part], read: Reader, notes: Notes) -> None:
    """The size of the task as a whole; else the sum over its containers, where each says its own."""
    said = [whole] if whole or whole.is_open else parts
    amounts = [read(each) for each in said]
    known = [amount for amount in amounts if amount]
    if known and len(known) == len(said):
        notes.says(fact, f"{sum(known):.10g}{unit}", said[0])


def _cpu(container: Part) -> Part:
    return _required(container, "VCPU") or container.at("vcpus") or container.at("cpu")


def _memory(container: Part) -> Part:
    """What is reserved for a container counts before what it may use at most."""
    return _required(container, "MEMORY") or container.at("memoryReservation") or container.at("memory")


def _required(container: Part, kind: str) -> Part:
    """The amount of a resource that a container requires."""
    asked = container.at("resourceRequirements").items()
    values = (each.at("value") for each in asked if each.at("type").words.upper() == kind)
    return next(values, Part(None, container.file))


def _vcpu(part: Part) -> float | None:
    """CPU units, or vCPU where the text or its key says so."""
    found = _CPU.fullmatch(part.words.strip())
    in_units = found is not None and not found[2] and part.path.lower().endswith("cpu")
    return float(found[1]) / (_UNITS_OF_A_VCPU if in_units else 1) if found else None


def _mib(part: Part) -> float | None:
    """MiB, or GB where the text says so."""
    found = _MEMORY.fullmatch(part.words.strip())
    return float(found[1]) * (1024 if (found[2] or "").lower() == "gb" else 1) if found else None

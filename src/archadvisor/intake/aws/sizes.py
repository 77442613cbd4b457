"""The size of a task: its own, else the sum of what its containers reserve."""

import re
from collections.abc import Callable, Sequence

from archadvisor.intake.notes import Notes
from archadvisor.intake.part import Part

_AMOUNT = r"([0-9]{1,9}(?:\.[0-9]{0,9})?|\.[0-9]{1,9})\s*"
_CPU = re.compile(rf"{_AMOUNT}(vcpu)?", re.IGNORECASE)
_MEMORY = re.compile(rf"{_AMOUNT}(gb|mb)?", re.IGNORECASE)
_UNITS_OF_A_VCPU = 1024
Reader = Callable[[Part], float | None]


def note_size(path: str, task: Part, containers: Sequence[Part], notes: Notes) -> None:
    """The size of one replica of a service."""
    _note(f"{path}.cpu", "", task.at("cpu"), [_cpu(each) for each in containers], _vcpu, notes)
    reserved, limits = [_memory(each) for each in containers], [each.at("memory") for each in containers]
    _note(f"{path}.memory", " MiB", task.at("memory"), reserved, _mib, notes, limits)
    disk = task.at("ephemeralStorage", "sizeInGiB")
    notes.says(f"{path}.disk", f"{disk.number} GiB" if disk.number else None, disk)
    gpus = [found for each in containers if (found := _required(each, "GPU"))]
    counts = [each.number for each in gpus]
    if gpus:
        whole = all(counts) and f"{sum(float(each) for each in counts if each):.10g}"
        notes.says(f"{path}.gpus", whole or "unknown", gpus[0])


def _note(
    fact: str, unit: str, whole: Part, parts: Sequence[Part], read: Reader, notes: Notes, limits: Sequence[Part] = ()
) -> None:
    """The size of the task as a whole; else the sum over its containers, where each says its own, with their limits."""
    is_whole = bool(whole) or whole.is_open
    said = [whole] if is_whole else parts
    amount, limit = _sum(said, read), None if is_whole else _sum(limits, read)
    if amount:
        notes.says(fact, f"{amount:.10g}{unit}", said[0], f"{limit:.10g}{unit}" if limit and limit > amount else "")


def _sum(parts: Sequence[Part], read: Reader) -> float | None:
    known = [amount for each in parts if (amount := read(each))]
    return sum(known) if len(known) == len(parts) else None


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

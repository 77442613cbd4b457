"""What pods ask for: processors, memory, disk, accelerators; a limit counts where no request is made."""

from collections.abc import Callable, Iterator, Sequence

from archadvisor.intake.kubernetes.pods import Pod, is_sidecar
from archadvisor.intake.kubernetes.quantities import MIB, quantity
from archadvisor.intake.notes import Notes
from archadvisor.intake.part import Part

_SIZES = (
    ("cpu", "cpu", "", 1.0),
    ("memory", "memory", " MiB", MIB),
    ("ephemeral-storage", "disk", " MiB", MIB),
)
"""Resources, the facts that they are, and the unit of those."""
_ACCELERATORS = {
    "nvidia.com/gpu": "gpus",
    "amd.com/gpu": "gpus",
    "aws.amazon.com/neuron": "neuron",
    "aws.amazon.com/neurondevice": "neuron",
}
_OF_UNKNOWN_SHARE = {"aws.amazon.com/neuroncore": "neuron", "nvidia.com/gpu.shared": "gpus"}
"""Parts of accelerators; how many make one, no manifest says."""


Reader = Callable[[Part, str], Part]


def note_size(pod: Pod, notes: Notes) -> None:
    """The size of one replica, with its limit where that is more."""
    for resource, fact, unit, size in _SIZES:
        asked = list(_asked(pod, resource))
        amount, limit = _total(pod, resource, _request), _total(pod, resource, _limit)
        if asked and amount:
            most = f"{limit / size:.10g}{unit}" if limit and limit > amount else ""
            notes.says(f"{pod.path}.{fact}", f"{amount / size:.10g}{unit}", asked[0], most)
    for resource, fact in _ACCELERATORS.items():
        asked = list(_asked(pod, resource))
        amounts = [amount for each in asked if (amount := quantity(each)) is not None]
        if asked and len(amounts) == len(asked):
            notes.says(f"{pod.path}.{fact}", f"{sum(amounts):.10g}", asked[0])
    for resource, fact in _OF_UNKNOWN_SHARE.items():
        for asked_part in list(_asked(pod, resource))[:1]:
            notes.says(f"{pod.path}.{fact}", "unknown", asked_part)


def _asked(pod: Pod, resource: str) -> Iterator[Part]:
    """What is asked for: by the pod as a whole, else by its containers."""
    whole = _request(pod.spec, resource)
    yield from [whole] if whole else filter(None, (_request(each, resource) for each in pod.containers))


def _total(pod: Pod, resource: str, read: Reader) -> float | None:
    """What the scheduler counts: the sum of what runs side by side, or one that prepares, if that asks for more.

    Unknown where a container says nothing, as the sum would be too small.
    """
    whole = read(pod.spec, resource)
    if whole:
        return quantity(whole)
    together = _sum([read(each, resource) for each in pod.containers])
    return None if together is None else max([together, *_while_preparing(pod, resource, read)])


def _while_preparing(pod: Pod, resource: str, read: Reader) -> Iterator[float]:
    """What runs while each init container does: itself, and the sidecars that were started before it."""
    beside = 0.0
    for container in pod.spec.at("initContainers").items():
        amount = quantity(read(container, resource)) or 0.0
        if is_sidecar(container):
            beside += amount
        else:
            yield beside + amount


def _sum(asked: Sequence[Part]) -> float | None:
    amounts = [quantity(part) for part in asked]
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if len(known) == len(amounts) else None


def _request(owner: Part, resource: str) -> Part:
    """A request; a limit stands for one where none is made, as Kubernetes has it."""
    return owner.at("resources").named("requests", resource) or _limit(owner, resource)


def _limit(owner: Part, resource: str) -> Part:
    return owner.at("resources").named("limits", resource)

"""Services that say the same: what a change does to one of them, it does to each."""

from collections.abc import Callable, Mapping

from archadvisor.analysis.trials import Winners
from archadvisor.engine.solve import Declared
from archadvisor.model.change import Change
from archadvisor.model.workload import Subject, Workload

Deciding = Callable[[Change], Winners]


class Twins:
    """Decides for changes, and for changes of services that are alike only once.

    Alike are services that state the same, parts included, that nothing calls and no declaration names: everything else
    cannot tell which of them is which.
    """

    def __init__(self, workload: Workload, declared: Declared, deciding: Deciding) -> None:
        self._deciding = deciding
        self._first = _alike(workload.root, {subject for _, subject in declared})
        self._known: dict[tuple[str, str, object], tuple[str, Winners]] = {}

    def winners(self, change: Change) -> Winners:
        """Which options win after a change."""
        own = ".".join(change.subject.split(".")[:2])
        if own not in self._first:
            return self._deciding(change)
        key = self._first[own] + change.subject[len(own) :], change.fact, change.after
        if key not in self._known:
            self._known[key] = own, self._deciding(change)
        before, found = self._known[key]
        return {(decision, _exchanged(path, own, before)): option for (decision, path), option in found.items()}


def _exchanged(path: str, one: str, other: str) -> str:
    """A path with two services in each other's place."""
    for this, that in ((one, other), (other, one)):
        if path == this or path.startswith(f"{this}."):
            return that + path[len(this) :]
    return path


def _alike(root: Subject, named: set[str]) -> Mapping[str, str]:
    """Each service that is like others, with the first of them."""
    called = {f"services.{part.name}" for service in root.parts for part in service.parts if part.kind == "link"}
    firsts: dict[object, str] = {}
    found = {}
    for service in root.parts:
        inside = {part.path for part in service.all()}
        if service.kind == "service" and service.path not in called and not inside & named:
            found[service.path] = firsts.setdefault(_said(service), service.path)
    return found


def _said(subject: Subject) -> object:
    """All that a subject and its parts state, as something that can be compared."""
    facts = tuple(sorted((name, stated.value, stated.redacted) for name, stated in subject.facts.items()))
    parts = tuple((part.path[len(subject.path) :], _said(part)) for part in subject.parts)
    return subject.kind, facts, parts

"""Workload files for boxes, and what comes out in them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from archadvisor.analysis.verify.formula import Box
from archadvisor.analysis.verify.site import Site, Sites
from archadvisor.engine.advise import declared_options
from archadvisor.engine.program import Program
from archadvisor.engine.scope import Scope
from archadvisor.engine.solve import Contest, Solver
from archadvisor.model.fact import COLLECTIONS, FactType, Known, SubjectKind
from archadvisor.model.workload import Workload

Document = dict[str, Any]
Reader = Callable[[Document], Workload | None]
"""Reads a document as a workload file; None where it is none."""
_SUFFIXES = {"GiB": " GiB", "KiB": " KiB", "s": " s"}


@dataclass(frozen=True, slots=True)
class Made:
    """A document, and the decisions that are made for it."""

    document: Document
    workload: Workload
    root: Scope
    contests: Mapping[tuple[str, str], Contest]
    """By decision and the subject's path."""
    solver: Solver

    def scope(self, path: str) -> Scope | None:
        """The scope of a subject, if it is there."""
        return next((scope for scope in (self.root, *self.root.inner) if scope.path == path), None)


def made(program: Program, document: Document, workload: Workload) -> Made:
    """What is decided for a workload."""
    root = program.scope_of(workload)
    solver = Solver(program, root, declared_options(workload, program))
    contests = {(each.ballot.decision.id, each.scope.path): each for each in solver.solve()}
    return Made(document, workload, root, contests, solver)


def speaking_in(shown: Made) -> frozenset[str]:
    """The rules that speak about some subject."""
    deciding = (voice for contest in shown.contests.values() for voice in contest.tally.speaking)
    flags = shown.solver.program.flags
    flagging = (
        voice
        for scope in (shown.root, *shown.root.inner)
        if scope.subject.kind in flags
        for voice in flags[scope.subject.kind].hear(scope.sight)[0]
    )
    return frozenset(voice.rule.id for voice in (*deciding, *flagging))


def document_of(sites: Sites, box: Box, needed: Iterable[Site], declare: bool = False) -> Document:
    """A workload file in which everything is as a box says; what it leaves open is left out.

    Earlier choices are declared if it is asked for, else they are left to come out.
    """
    document: Document = {"version": 1, "name": "witness"}
    for site in needed:
        if sites.is_there(site.path, box):
            _open(document, site.path)
    for (path, name), mask in sorted(box.items()):
        if (path, name) in sites.asked or not sites.is_there(path, box):
            continue
        element = sites.elements((path, name))[(mask & -mask).bit_length() - 1]
        _open(document, path)
        if not name.startswith("choice."):
            _state_all(sites, document, sites.all[path], element)
        elif declare and element[name] != "none":
            document.setdefault("decisions", {})[name.removeprefix("choice.")] = element[name]
    _list_secrets(document)
    return document


def _list_secrets(document: Document) -> None:
    """Lists the secrets that services use: a file that does not is refused."""
    for service in list(document.get("services", {}).values()):
        for name in service.get("uses", {}).get("secrets", ()):
            document.setdefault("secrets", {}).setdefault(name, {})


def _state_all(sites: Sites, document: Document, site: Site, element: Mapping[str, Known]) -> None:
    for name, value in element.items():
        fact = sites.program.vocabulary[name]
        owner = site.owner(fact.subject) or site
        if value is not None and _can_be_stated(sites, name) and (value != fact.silence or fact.inherits):
            _state(_open(document, owner.path), fact, value)


def _can_be_stated(sites: Sites, name: str) -> bool:
    return name not in sites.program.derived and not sites.program.vocabulary[name].inputs


def seen_words(workloads: Iterable[Workload]) -> dict[str, list[str]]:
    """The words that workloads state, by fact."""
    found: dict[str, list[str]] = {}
    for workload in workloads:
        for subject in workload.root.all():
            for name, said in subject.facts.items():
                words = said.value if isinstance(said.value, tuple) else (said.value,)
                found.setdefault(name, []).extend(word for word in words if isinstance(word, str))
    return found


def _state(document: Document, fact: FactType, value: Known) -> None:
    *groups, last = fact.name.split(".") if fact.subject == "workload" else fact.name.split(".")[1:]
    for group in groups:
        document = document.setdefault(group, {})
    if isinstance(value, tuple):
        document[last] = [*document.get(last, ()), *(word for word in value if word not in document.get(last, ()))]
    else:
        document[last] = _written(fact, value)


def _written(fact: FactType, value: Known) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    number = int(value) if float(value).is_integer() else value
    return f"{number}{_SUFFIXES[fact.unit]}" if fact.unit in _SUFFIXES else number


def _open(document: Document, path: str) -> Document:
    for key in path.split(".") if path else ():
        document = document.setdefault(key, {})
    return document


def smaller(document: Document, holds: Callable[[Document], bool]) -> Document:
    """A document without all that can be left out while something still holds of it."""
    found = document
    again = True
    while again:
        again = False
        for path in _keys(found):
            less = _without(found, path)
            if holds(less):
                found, again = less, True
                break
    return found


def _keys(document: Document, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """What may be left out: outer keys before inner ones."""
    for key in document:
        if above or key not in ("version", "name"):
            yield (*above, key)
    for key, value in document.items():
        if isinstance(value, dict):
            yield from _keys(value, (*above, key))


def _without(document: Document, path: tuple[str, ...]) -> Document:
    if len(path) == 1:
        return {key: value for key, value in document.items() if key != path[0]}
    return {key: _without(value, path[1:]) if key == path[0] else value for key, value in document.items()}


def renumbered(document: Document) -> Document:
    """A document whose subjects are numbered from one on, in each collection."""
    return {
        key: _renumbered(COLLECTIONS[key], value) if key in COLLECTIONS and isinstance(value, dict) else value
        for key, value in document.items()
    }


def _renumbered(kind: SubjectKind, subjects: Document) -> Document:
    made = [name for name in subjects if name.removeprefix(kind).isdigit()]
    names = {name: f"{kind}{number}" for number, name in enumerate(made, 1)}
    return {names.get(name, name): renumbered(subject) for name, subject in subjects.items()}

"""Random workloads for properties: every fact of the vocabulary may be stated, left out or `unknown`."""

from collections.abc import Iterator
from functools import cache
from random import Random
from typing import Any

from archadvisor.engine.scope import Scope
from archadvisor.loading.workload import stated_facts
from archadvisor.model.condition import Compare, Has, leaves
from archadvisor.model.fact import FactType, SubjectKind
from tests.engine.house_pack import Document, built_in, real, workload

TEXTS: dict[str, list[str]] = {
    "endpoint.domain": ["none", "shop.example.com", "db.corp"],
    "existing.eks_version": ["none", "1.20", "1.33", "1.35"],
    "regions": ["eu-west-1", "us-east-1", "cn-north-1", "us-gov-west-1"],
    "service.capabilities": ["SYS_PTRACE", "NET_ADMIN"],
    "service.devices": ["/dev/kvm"],
    "service.sysctls": ["net.core.somaxconn", "vm.max_map_count"],
    "service.uses.aws": ["s3", "sqs"],
    "service.uses.secrets": ["secret1"],
    "secret.replicas": ["us-east-1"],
    "secret.shared_with": ["111122223333"],
}
NUMBERS: dict[str, list[float]] = {
    "service.cpu": [0.25, 1, 4, 16, 20, 40],
    "service.memory": [0.5, 2, 30, 120, 130, 300],
    "service.utilisation": [0.1, 0.5, 0.8, 0.9],
    "service.gpus": [0, 0.1, 1, 8],
}
SUFFIXES = {"GiB": " GiB", "KiB": " KiB", "s": " s"}
GROUPS: tuple[tuple[SubjectKind, tuple[str, ...], int], ...] = (
    ("service", ("services",), 2),
    ("secret", ("secrets",), 1),
    ("caller", ("callers",), 1),
)
INNER: tuple[tuple[SubjectKind, str], ...] = (("endpoint", "endpoints"), ("link", "calls"))


@cache
def _facts(kind: SubjectKind) -> tuple[FactType, ...]:
    return tuple(fact for fact in stated_facts().values() if fact.subject == kind)


@cache
def _read() -> tuple[dict[str, set[float]], dict[str, set[str]]]:
    """The bounds and the words that the rules hold facts against."""
    bounds: dict[str, set[float]] = {}
    words: dict[str, set[str]] = {}
    for rule in built_in().rules:
        for leaf in leaves(rule.when):
            if isinstance(leaf, Compare):
                bounds.setdefault(leaf.fact, set()).add(leaf.bound)
            if isinstance(leaf, Has):
                words.setdefault(leaf.fact, set()).update(leaf.words)
    return bounds, words


def value(random: Random, fact: FactType) -> Any:
    """A value of a fact as a file would state it."""
    if fact.kind == "boolean":
        return random.choice([True, False])
    if fact.kind == "number":
        return random.choice([*fact.words, *_numbers(fact)])
    known = TEXTS.get(fact.name) or list(fact.words) or sorted(_read()[1].get(fact.name, set()))
    if fact.kind == "set":
        return sorted(random.sample(known, random.choice([0, 0, 1, 1, min(2, len(known))])))
    return random.choice(known)


def _numbers(fact: FactType) -> list[str | float]:
    known = NUMBERS.get(fact.name)
    if known is None:
        bounds = _read()[0].get(fact.name, {1.0})
        known = sorted({max(0, int(bound) + step) for bound in bounds for step in (-1, 0, 1)})
    return [f"{number:.10g}{SUFFIXES[fact.unit]}" if fact.unit in SUFFIXES else number for number in known]


def _state(document: Document, fact: FactType, stated: Any) -> None:
    keys = fact.name.split(".")
    *groups, last = keys if fact.subject == "workload" else keys[1:]
    for group in groups:
        document = document.setdefault(group, {})
    document[last] = stated


def subject(random: Random, kind: SubjectKind, density: float) -> Document:
    """Random facts of one kind of subject; about `density` of them are stated."""
    document: Document = {}
    for fact in _facts(kind):
        if random.random() < density:
            _state(document, fact, "unknown" if random.random() < 0.1 else value(random, fact))
    return document


def document(random: Random) -> Document:
    """A random workload file."""
    density = random.choice([0.1, 0.3, 0.9])
    found = subject(random, "workload", density)
    for kind, (group,), most in GROUPS:
        found[group] = {f"{kind}{n}": subject(random, kind, density) for n in range(1, 1 + random.randint(0, most))}
    for service in found["services"].values():
        if random.random() < 0.5:
            service["image"] = subject(random, "image", density)
        for kind, group in INNER:
            if random.random() < 0.4:
                service[group] = {f"{kind}1": subject(random, kind, density)}
    return found


def unknown(given: Document) -> Iterator[tuple[str, FactType]]:
    """The path of the subject and the type of every fact that is unknown in a workload file."""
    program = real()
    whole = program.scope_of(workload(given))
    for scope in (whole, *whole.inner):
        for fact in _facts(scope.subject.kind):
            if _is_open(scope, fact):
                yield scope.path, fact


def _is_open(scope: Scope, fact: FactType) -> bool:
    inherited = fact.inherits is not None and fact.name not in scope.subject.facts
    return scope.values[fact.name] is None and not inherited


def completed(random: Random, given: Document) -> Document:
    """The same workload file with a random value for every unknown fact."""
    filled = _copy(given)
    for path, fact in list(unknown(given)):
        inner = filled
        for key in path.split(".") if path else ():
            inner = inner.setdefault(key, {})
        _state(inner, fact, value(random, fact))
    return filled


def _copy(given: Document) -> Document:
    return {key: _copy(inner) if isinstance(inner, dict) else inner for key, inner in given.items()}

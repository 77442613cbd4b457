"""What is found in files, noted as it is found."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count

from archadvisor.intake.part import Part
from archadvisor.intake.registries import registry_of
from archadvisor.intake.secrets import is_literal_secret
from archadvisor.intake.values import as_name
from archadvisor.model.intake import Inferred, Leak, Remark, Survey
from archadvisor.model.place import Place

_ASSUMED = frozenset(
    {"arch", "disk", "drain", "immutable_tags", "log_driver", "mutual", "os", "protocol", "scanned", "shared_memory"}
)
"""Facts that are assumed where nothing is said."""


@dataclass(slots=True)
class Notes:
    """Services, secrets and facts of a workload; of what is said twice the first counts."""

    services: dict[str, dict[str, None]] = field(default_factory=dict)
    secrets: dict[str, None] = field(default_factory=dict)
    facts: dict[str, Inferred] = field(default_factory=dict)
    lists: dict[str, tuple[Part, dict[str, None]]] = field(default_factory=dict)
    leaks: dict[tuple[str, Place, str], Leak] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)

    def service(self, place: Place, *names: str) -> str:
        """Notes a service under the first of its names that is free, else under the last with a number."""
        wanted = [as_name(name) for name in names]
        more = (as_name(f"{wanted[-1][:50]}-{number}") for number in count(2))
        name = next((each for each in wanted if each not in self.services), None) or next(
            each for each in more if each not in self.services
        )
        self.services[name] = {}
        self.places[f"services.{name}"] = place
        return name

    def endpoint(self, service: str, wanted: str, part: Part) -> str:
        """Notes an endpoint of a service; returns the path of its facts."""
        name = as_name(wanted)
        self.services[service].setdefault(name)
        path = f"services.{service}.endpoints.{name}"
        self.places.setdefault(path, part.place._replace(file=part.file))
        return path

    def says(self, path: str, written: str | None, part: Part, limit: str = "") -> None:
        """Notes a fact; None says nothing, unless silence would say more than a value that is known only later."""
        if written is None and part.is_open and path.rpartition(".")[2] in _ASSUMED:
            written = "unknown"
        if written is not None:
            self.facts.setdefault(path, Inferred(path, written, part.file, part.place, part.path, limit))

    def also(self, path: str, word: str, part: Part) -> None:
        """Notes a word of a fact that is a list, which stands where its first word does, and counts before `says`."""
        self.lists.setdefault(path, (part, {}))[1].setdefault(word)

    def uses_secret(self, service: str, name: str, part: Part) -> None:
        """Notes a secret that a service reads."""
        self.secrets.setdefault(as_name(name))
        if service in self.services:
            self.also(f"services.{service}.uses.secrets", as_name(name), part)

    def leak(self, owner: str, name: str, part: Part) -> None:
        """Notes a secret in plain text, by the name of its variable."""
        secret = as_name(name.lower())
        self.expose(owner, secret, name, part)
        self.uses_secret(owner, secret, part)

    def expose(self, owner: str, secret: str, key: str, part: Part) -> None:
        """Notes that a secret stands in plain text under a key, with the first of its owners."""
        self.leaks.setdefault((part.file, part.place, key), Leak(owner, secret, part.file, part.place, key))

    def variables(self, owner: str, named: Iterable[tuple[str, Part]]) -> None:
        """Notes the variables that hold a secret in plain text."""
        for name, value in named:
            if is_literal_secret(name, value.words):
                self.leak(owner, name, value)

    def image(self, service: str, image: Part, registry: str | None = None) -> None:
        """Notes the registry of an image: by its name, else the one given, else it is not known."""
        if image.known or image.is_open:
            found = registry_of(image.known) or registry or "unknown"
            self.says(f"services.{service}.image.registry", found, image)

    def remark(self, part: Part, message: str) -> None:
        """Notes something that cannot be carried over."""
        self.remarks.append(Remark(part.file, part.place, message))

    @property
    def is_empty(self) -> bool:
        """Whether nothing is found that is of a workload."""
        return not (self.services or self.facts or self.lists or self.leaks)

    def survey(self, kind: str) -> Survey:
        """All of it."""
        return Survey(
            None,
            tuple((name, tuple(endpoints)) for name, endpoints in self.services.items()),
            tuple(self.secrets),
            (*(fact for path, fact in self.facts.items() if path not in self.lists), *self._listed()),
            tuple(self.leaks.values()),
            tuple(self.remarks),
            kind,
            tuple(self.places.items()),
        )

    def _listed(self) -> Iterator[Inferred]:
        for path, (part, words) in self.lists.items():
            yield Inferred(path, f"[{', '.join(words)}]", part.file, part.place, part.path)

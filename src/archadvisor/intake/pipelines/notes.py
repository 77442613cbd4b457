"""What is found in the file of a pipeline, as it is found."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from archadvisor.intake.values import as_name
from archadvisor.loading.node import Node, Scalar
from archadvisor.model.intake import Inferred, Leak, Remark, Survey
from archadvisor.model.place import Place

_DIND = re.compile(r"(?:.*/)?docker:(?:.*-)?dind(?:-.*)?")
_IMAGES = (
    ("kaniko", re.compile(r".*kaniko-project/executor.*")),
    ("other", re.compile(r"(?:.*/)?buildah(?:[:/@].*)?")),
    ("buildkit", re.compile(r"(?:.*/)?buildkit(?:[:@].*)?")),
)
"""Images that build images, and the builder that each is."""
_MOST_AGAIN = 1_000_000
"""Characters and items that are read more than once, as several jobs take them from one place."""


@dataclass(slots=True)
class Pipeline:
    """What is found in one file; of what is said twice the first counts."""

    name: str
    file: str
    provider: str
    facts: dict[str, Inferred] = field(default_factory=dict)
    registries: dict[str, tuple[Place, str]] = field(default_factory=dict)
    leaks: dict[Place, Leak] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)
    again: int = 0

    def may_read(self, node: Node, size: int) -> bool:
        """Whether to read a node of some size: the first time always, later only so much in all."""
        if id(node) in self.seen:
            self.again += size
        self.seen.add(id(node))
        return self.again <= _MOST_AGAIN

    def says(self, path: str, written: str, place: Place, key: str) -> None:
        """Notes a fact."""
        self.facts.setdefault(path, Inferred(path, written, self.file, place, key))

    def reaches_aws(self, place: Place, key: str) -> None:
        """Notes that it calls AWS."""
        for fact, written in (("who", "ci"), ("to", "aws_api"), ("provider", self.provider)):
            self.says(f"callers.{self.name}.{fact}", written, place, key)

    def by_token(self, place: Place, key: str) -> None:
        """Notes that it reaches AWS with a token of its product."""
        self.reaches_aws(place, key)
        self.says(f"callers.{self.name}.identities", "[oidc]", place, key)

    def by_key(self, place: Place, key: str) -> None:
        """Notes that it reaches AWS with an access key that never ends."""
        self.reaches_aws(place, key)
        self.says(f"callers.{self.name}.keys", "long_lived", place, key)

    def pushes_to(self, registry: str, place: Place, key: str) -> None:
        """Notes a registry that images are pushed to."""
        self.registries.setdefault(registry, (place, key))

    def leak(self, name: str, place: Place) -> None:
        """Notes a secret in plain text, by what it is called."""
        self.leaks.setdefault(place, Leak(self.name, as_name(name.lower()), self.file, place, name))

    def remark(self, place: Place, message: str) -> None:
        """Notes something that cannot be carried over."""
        self.remarks.append(Remark(self.file, place, message))

    def runs_in(self, image: Node | None, key: str) -> None:
        """Notes an image that a job runs in or beside: one that builds images makes the job a build."""
        written = image.written if isinstance(image, Scalar) else ""
        if image is not None and _DIND.fullmatch(written):
            self.builds(True, image.place, key)
        for builder, pattern in _IMAGES:
            if image is not None and pattern.fullmatch(written):
                self.says("delivery.builder", builder, image.place, key)
                self.builds(False, image.place, key)

    def builds(self, privileged: bool, place: Place, key: str) -> None:
        """Notes that a container of the pipeline builds images, and whether it must be privileged for that."""
        self.says(f"services.{self.build}.kind", "build", place, key)
        if privileged:
            self.says(f"services.{self.build}.needs", "[privileged]", place, key)

    @property
    def build(self) -> str:
        """What the service is called that builds images."""
        return as_name(f"{self.name[:50]}-builds")

    def survey(self, kind: str) -> Survey:
        """All of it."""
        callers = (self.name,) if any(path.startswith("callers.") for path in self.facts) else ()
        leaks = tuple(sorted(self.leaks.values(), key=lambda leak: leak.place))
        secrets = tuple(dict.fromkeys(leak.secret for leak in leaks))
        facts = (*self.facts.values(), *self._registry())
        kinds = (fact for path, fact in self.facts.items() if path == f"services.{self.build}.kind")
        places = tuple((f"services.{self.build}", fact.place) for fact in kinds)
        services = ((self.build, ()),) if places else ()
        remarks = (*self.remarks, *self._several())
        return Survey(None, services, secrets, facts, leaks, remarks, kind, places, callers)

    def _registry(self) -> Iterator[Inferred]:
        if len(self.registries) == 1:
            ((registry, (place, key)),) = self.registries.items()
            yield Inferred("delivery.registry", registry, self.file, place, key)

    def _several(self) -> Iterator[Remark]:
        if len(self.registries) > 1:
            place, _ = next(iter(self.registries.values()))
            named = ", ".join(self.registries)
            yield Remark(self.file, place, f"images go to several registries ({named}), and a workload has one")

"""What pipelines say of a workload, whichever product runs them: builders, registries, access to AWS."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from archadvisor.intake.registries import registry_of
from archadvisor.intake.secrets import is_secret
from archadvisor.intake.tree import items, pairs
from archadvisor.intake.values import as_name
from archadvisor.loading.node import Node, Scalar
from archadvisor.model.intake import Inferred, Leak, Remark, Survey
from archadvisor.model.place import Place

_ECR = re.compile(r"\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com|aws\s+ecr\s+get-login-password")
_PUBLIC_ECR = re.compile(r"public\.ecr\.aws|aws\s+ecr-public\s+get-login-password")
_DOCKER_BUILD = re.compile(r"\bdocker\s+(?:image\s+)?build\b")
_BUILDX = re.compile(r"\bdocker\s+buildx\s+(?:build|bake)\b|\bbuildctl\b")
_KANIKO = re.compile(r"kaniko-project/executor|/kaniko/executor")
_OTHER = re.compile(
    r"\b(?:buildah\s+(?:bud|build|build-using-dockerfile)|podman\s+build|nerdctl\s+build)\b|\bjib:build\b|\bko\s+build\b"
)
_BUILDERS = (("kaniko", _KANIKO), ("buildkit", _BUILDX), ("docker", _DOCKER_BUILD), ("other", _OTHER))
_PUSH = re.compile(r"\b(?:docker|podman|buildah)\s+(?:image\s+)?push\s+(\S+)|--destination[= ]\s*(\S+)")
_DIND = re.compile(r"(?:.*/)?docker:(?:.*-)?dind(?:-.*)?")
_IMAGES = (
    ("kaniko", re.compile(r".*kaniko-project/executor.*")),
    ("other", re.compile(r"(?:.*/)?buildah(?:[:/@].*)?")),
    ("buildkit", re.compile(r"(?:.*/)?buildkit(?:[:@].*)?")),
)
"""Images that build images, and the builder that each is."""
_KEY_ID = "AWS_ACCESS_KEY_ID"
_REFERENCE = re.compile(r"\$\{\{.*\}\}|\$\{?\w+\}?", re.DOTALL)
"""A value that stands somewhere else."""


@dataclass(slots=True)
class Pipeline:
    """What is found in one file, as it is found."""

    name: str
    file: str
    provider: str
    facts: dict[str, Inferred] = field(default_factory=dict)
    registries: dict[str, tuple[Place, str]] = field(default_factory=dict)
    leaks: list[Leak] = field(default_factory=list)

    def says(self, path: str, written: str, place: Place, key: str) -> None:
        """Notes a fact; the first that says it counts."""
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
        """Notes that it reaches AWS with an access key."""
        self.reaches_aws(place, key)
        self.says(f"callers.{self.name}.keys", "long_lived", place, key)

    def pushes_to(self, registry: str | None, place: Place, key: str) -> None:
        """Notes a registry that images are pushed to, if it is known."""
        if registry is not None:
            self.registries.setdefault(registry, (place, key))

    def names_image(self, image: str, place: Place, key: str) -> None:
        """Notes the registry of an image that is pushed."""
        if image and not image.startswith("-"):
            self.pushes_to(registry_of(image), place, key)

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

    def variables(self, node: Node | None) -> None:
        """Notes what variables say: access keys, and secrets in plain text."""
        for key, value in pairs(node):
            written = value.written if isinstance(value, Scalar) else ""
            if key.written == _KEY_ID:
                self.by_key(key.place, key.written)
            if not _REFERENCE.fullmatch(written.strip()) and is_secret(key.written, written):
                self.leaks.append(Leak(self.name, as_name(key.written.lower()), self.file, value.place, key.written))

    def script(self, node: Node | None, key: str) -> None:
        """Notes what commands say: what builds images, and where they go."""
        for line in (node, *items(node)):
            if isinstance(line, Scalar):
                self._commands(line, key)

    def _commands(self, line: Scalar, key: str) -> None:
        text = line.written
        for builder, pattern in _BUILDERS:
            if pattern.search(text):
                self.says("delivery.builder", builder, line.place, key)
        for registry, pattern in (("ecr", _ECR), ("ecr_public", _PUBLIC_ECR)):
            if pattern.search(text):
                self.pushes_to(registry, line.place, key)
        for target in (pushed or destination for pushed, destination in _PUSH.findall(text)):
            self.names_image(target.strip("'\""), line.place, key)

    def survey(self, kind: str) -> Survey:
        """All of it."""
        callers = (self.name,) if any(path.startswith("callers.") for path in self.facts) else ()
        secrets = tuple(dict.fromkeys(leak.secret for leak in self.leaks))
        facts = (*self.facts.values(), *self._registry())
        kinds = (fact for path, fact in self.facts.items() if path == f"services.{self.build}.kind")
        places = tuple((f"services.{self.build}", fact.place) for fact in kinds)
        services = ((self.build, ()),) if places else ()
        return Survey(None, services, secrets, facts, tuple(self.leaks), tuple(self._several()), kind, places, callers)

    def _registry(self) -> Iterator[Inferred]:
        if len(self.registries) == 1:
            ((registry, (place, key)),) = self.registries.items()
            yield Inferred("delivery.registry", registry, self.file, place, key)

    def _several(self) -> Iterator[Remark]:
        if len(self.registries) > 1:
            place, _ = next(iter(self.registries.values()))
            named = ", ".join(self.registries)
            yield Remark(self.file, place, f"images go to several registries ({named}), and a workload has one")

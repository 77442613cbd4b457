"""Which registry an image is pulled from, by its name."""

import re

_REGISTRIES = (
    (re.compile(r"[0-9]+\.dkr\.ecr\."), "ecr"),
    (re.compile(r"public\.ecr\.aws/"), "ecr_public"),
    (re.compile(r"ghcr\.io/"), "ghcr"),
    (re.compile(r"quay\.io/"), "quay"),
    (re.compile(r"registry\.gitlab\.com/"), "gitlab"),
    (re.compile(r"(?:docker\.io|index\.docker\.io)/"), "docker_hub"),
    (re.compile(r"[^/]+\.jfrog\.io/"), "artifactory"),
    (re.compile(r"[^/]*[.:][^/]*/"), "other"),
)


def registry_of(image: str) -> str:
    """The registry of an image; Docker Hub where its name gives none."""
    return next((name for pattern, name in _REGISTRIES if pattern.match(image)), "docker_hub")

"""Which registry an image is pulled from, by its name."""

import re

_REGISTRIES = (
    (re.compile(r"[^/]*\.dkr[.-]ecr\."), "ecr"),
    (re.compile(r"public\.ecr\.aws/"), "ecr_public"),
    (re.compile(r"ghcr\.io/"), "ghcr"),
    (re.compile(r"quay\.io/"), "quay"),
    (re.compile(r"registry\.gitlab\.com/"), "gitlab"),
    (re.compile(r"(?:docker\.io|index\.docker\.io)/"), "docker_hub"),
    (re.compile(r"[^/]+\.jfrog\.io/"), "artifactory"),
    (re.compile(r"[^/]*[.:][^/]*/"), "other"),
)
_VARIABLE = re.compile(r"\$|\{\{|<")
"""What in the name of an image says that something else fills it in."""


def registry_of(image: str) -> str | None:
    """The registry of an image, Docker Hub where its name gives none; None where a variable hides it."""
    registry = next((name for pattern, name in _REGISTRIES[:1] if pattern.match(image)), None)
    variable = _VARIABLE.search(image)
    known = image[: variable.start()] if variable else image
    is_tag = ":" in known and "/" not in image
    if registry is None and (variable is None or "/" in known or is_tag):
        registry = next((name for pattern, name in _REGISTRIES if pattern.match(known)), "docker_hub")
    return registry

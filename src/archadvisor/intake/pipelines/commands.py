"""What commands do: build images, push them, sign in to registries, call AWS."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from archadvisor.intake.arguments import secret_arguments
from archadvisor.intake.pipelines.access import is_elsewhere
from archadvisor.intake.pipelines.shell import Command, Word
from archadvisor.intake.secrets import is_literal_secret

_DOCKER_BUILD = re.compile(r"\bdocker\s+(?:image\s+)?build\b")
_BUILDX = re.compile(r"\bdocker\s+buildx\s+(?:build|bake)\b|\bbuildctl\b")
_KANIKO = re.compile(r"kaniko-project/executor|/kaniko/executor")
_OTHER = re.compile(
    r"\b(?:buildah\s+(?:bud|build|build-using-dockerfile)|podman\s+build|nerdctl\s+build)\b|\bjib:build\b|\bko\s+build\b"
)
_BUILDERS = (("kaniko", _KANIKO), ("buildkit", _BUILDX), ("docker", _DOCKER_BUILD), ("other", _OTHER))
_ENGINES = frozenset({"docker", "podman", "buildah", "nerdctl"})
_TAGS = ("-t", "--tag")
_REGISTRY_OUTPUT = re.compile(r"type=registry|push=true")
_TAKING = frozenset({"-u", "--username", "-p", "--password", "--authfile", "--cert-dir", "--creds"})
"""Options of `login` and `push` that take the word behind them."""
_SIGNING_IN = _ENGINES | {"helm", "skopeo", "oras", "az", "oc"}
"""Programs whose `login` takes a password behind `-p`."""
ECR = "account.dkr.ecr.region.amazonaws.com"
"""What the registry of an account looks like."""
_OUR_SIDE = frozenset({"configure", "help", "--version"})
"""What `aws` does without a call."""


Words = Sequence[str]
"""The words of a command from the name of its program on."""


def builder(command: Command) -> str | None:
    """What builds images in a command; None where nothing does."""
    text = " ".join(command.texts)
    return next((name for name, pattern in _BUILDERS if pattern.search(text)), None)


def pushed(words: Words) -> list[str]:
    """The images that a command pushes; one without a name where the command does not say it."""
    match words[:3]:
        case [engine, "push", *_] if engine in _ENGINES:
            return _last(words[2:])
        case [engine, "image" | "manifest", "push"] if engine in _ENGINES:
            return _last(words[3:])
        case ["docker", "compose", _] | ["docker-compose", *_] if "push" in words:
            return [""]
        case ["docker", "buildx", "bake"] if "--push" in words:
            return [""]
        case [engine, *_] if engine in _ENGINES and {"build", "bud", "b"} & set(words[:3]):
            return (_values(words, _TAGS) or [""]) if _is_pushing(words) else []
        case ["executor", *_] if "--no-push" not in words:
            return _values(words, ("--destination", "-d"))
        case _ if _KANIKO.search(" ".join(words)) and "--no-push" not in words:
            return _values(words, ("--destination",))
        case _:
            return []


def signed_in(words: Words) -> str | None:
    """The registry that a command signs in to, nothing for Docker Hub; None where it signs in to none."""
    match words[:3]:
        case [engine, "login", *_] if engine in _ENGINES:
            registry = next(iter(_last(words[2:])), "").removeprefix("https://")
            is_ecr = "AWS" in _values(words, ("-u", "--username")) and not registry.startswith("public.")
            return ECR if is_ecr else registry
        case _:
            return None


def calls_aws(words: Words) -> bool:
    """Whether a command calls AWS itself, and no stand-in for it."""
    if words[0] != "aws" or len(words) == 1 or _OUR_SIDE & set(words) or "--no-sign-request" in words:
        return False
    return not any(is_elsewhere(url) for url in _values(words, ("--endpoint-url",)))


def configured(command: Command) -> tuple[str, Word] | None:
    """The setting that `aws configure set` makes, and its value."""
    if "configure" not in command.texts or "aws" not in command.program[:1]:
        return None
    match command.words[command.texts.index("configure") + 1 :]:
        case [verb, name, value, *_] if verb.text == "set":
            return name.text, value
        case _:
            return None


def secret_words(command: Command) -> Iterator[tuple[str, Word]]:
    """The words that hold a secret behind an option, each with the name of the option."""
    for number, option in secret_arguments(command.texts):
        yield option, _behind_equals(command.words[number])
    program = command.program
    if "sshpass" in program[:1] or ("login" in program and program[0] in _SIGNING_IN):
        for number, word in enumerate(command.words):
            value = command.words[number + 1 : number + 2] if word.raw == "-p" else (word.part(2),)
            if word.raw.startswith("-p") and any(map(_is_password, value)):
                yield "password", value[0]


def _is_password(word: Word) -> bool:
    return word.is_literal and is_literal_secret("password", word.text)


def _behind_equals(word: Word) -> Word:
    at = word.raw.find("=") + 1
    return word.part(at) if word.raw.startswith("-") and at else word


def _last(words: Words) -> list[str]:
    """The last word that is neither an option nor what belongs to one."""
    taken = {at + 1 for at, word in enumerate(words) if word in _TAKING}
    found = [word for at, word in enumerate(words) if at not in taken and not word.startswith("-")]
    return [found[-1].removeprefix("docker://")] if found else []


def _values(words: Words, options: Sequence[str]) -> list[str]:
    """What stands behind options, after `=` or as the next word."""
    found = [value for word, value in pairwise(words) if word in options]
    return [*found, *(word.partition("=")[2] for word in words if word.partition("=")[0] in options and "=" in word)]


def _is_pushing(words: Words) -> bool:
    outputs = _values(words, ("-o", "--output"))
    return "--push" in words or "--push=true" in words or any(_REGISTRY_OUTPUT.search(each) for each in outputs)

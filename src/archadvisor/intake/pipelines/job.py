"""A job of a pipeline: its variables, what its commands do, and where its images go."""

import re
from collections import ChainMap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from archadvisor.intake.pipelines.access import (
    KEY_ID,
    ROLE,
    TOKEN_FILE,
    Variable,
    Variables,
    filled,
    is_leak,
    key_kind,
    known_as,
    reaches_elsewhere,
)
from archadvisor.intake.pipelines.commands import builder, calls_aws, configured, pushed, secret_words, signed_in
from archadvisor.intake.pipelines.notes import Pipeline
from archadvisor.intake.pipelines.shell import Command, Script, Word, commands, script_of
from archadvisor.intake.registries import registry_of
from archadvisor.loading.node import Scalar
from archadvisor.loading.redaction import looks_like_token
from archadvisor.model.place import Place

_COMPOUND = re.compile(r"[\s`]|\$\(")
"""What in a word says that others may stand in it."""
_LOCAL = ("localhost", "127.0.0.1")


@dataclass(slots=True)
class Job:
    """What is known of a job; `has_settings` says that its product sets variables which the file does not name."""

    found: Pipeline
    has_settings: bool = False
    has_token: bool = False
    variables: Variables = field(default_factory=ChainMap)
    logins: dict[str | None, tuple[Place, str]] = field(default_factory=dict)
    """The registries that it signs in to; None is one that a variable hides."""
    pushes_unnamed: bool = False

    def sets(self, given: Iterable[tuple[str, Variable, Place]]) -> Variables:
        """The variables of the job with more; the secrets among these stand in plain text, each at its place."""
        more = list(given)
        scope = self.variables.new_child({known_as(name): variable for name, variable, _ in more})
        for name, variable, place in more:
            if is_leak(name, variable, scope):
                self.found.leak(variable.key, place)
        return scope

    def runs(self, lines: Iterable[tuple[str, Scalar]], given: Variables) -> None:
        """Notes what commands do with variables, each line with the key that it stands under."""
        scripts = [(key, script_of(line)) for key, line in lines if self.found.may_read(line, len(line.written))]
        every = [(key, command) for key, script in scripts for command in commands(script)]
        _leaks(every, given, self.found)
        for key, script in scripts:
            _tokens(key, script, self.found)
        scope = given.new_child()
        for key, command in every:
            scope.update(_assigned(command))
            self._does(command, key, scope)
        self.reaches(scope)

    def reaches(self, scope: Variables) -> None:
        """Notes what variables say of access to AWS."""
        kind = key_kind(scope, self.has_settings)
        if kind == "made_up" or reaches_elsewhere(scope):
            return
        if kind == "long_lived":
            self.found.by_key(scope[KEY_ID].place, scope[KEY_ID].key)
        elif kind != "none":
            self.found.reaches_aws(scope[KEY_ID].place, scope[KEY_ID].key)
        for name in (TOKEN_FILE, ROLE):
            if name in scope and (name == TOKEN_FILE or self.has_token):
                self.found.by_token(scope[name].place, scope[name].key)
            elif name in scope:
                self.found.reaches_aws(scope[name].place, scope[name].key)

    def _does(self, command: Command, key: str, scope: Variables) -> None:
        place, words = command.place, command.program
        if not words:
            return
        if (made_by := builder(command)) is not None:
            self.found.says("delivery.builder", made_by, place, key)
        if key_kind(scope, False) != "made_up" and not reaches_elsewhere(scope):
            if any("web_identity_token_file" in text.lower() for text in command.texts):
                self.found.by_token(place, key)
            if calls_aws(words):
                self.reaches(scope)
                self._calls(words, place, key)
        if (registry := signed_in(words)) is not None:
            self.signs_in(filled(registry, scope), place, key)
        for image in pushed(words):
            self.pushes(filled(image, scope), place, key)

    def _calls(self, words: Sequence[str], place: Place, key: str) -> None:
        self.found.reaches_aws(place, key)
        if "assume-role-with-web-identity" in words:
            self.found.by_token(place, key)
        for service, registry in (("ecr", "ecr"), ("ecr-public", "ecr_public")):
            if service in words and "get-login-password" in words:
                self.logins.setdefault(registry, (place, key))

    def signs_in(self, registry: str, place: Place, key: str) -> None:
        """Notes a registry that the job signs in to, which is Docker Hub where none is named."""
        known = registry_of(f"{registry}/image") if registry else "docker_hub"
        self.logins.setdefault(known, (place, key))

    def pushes(self, image: str, place: Place, key: str) -> None:
        """Notes an image that the job pushes; one that stays on the machine goes to no registry."""
        registry = registry_of(image) if image else None
        if registry is None:
            self.pushes_unnamed = True
        elif not image.startswith(_LOCAL):
            self.found.pushes_to(registry, place, key)

    def ends(self) -> None:
        """Notes where images go whose names are not known: to the only registry that the job signs in to."""
        known = [registry for registry in self.logins if registry is not None]
        if self.pushes_unnamed and len(known) == len(self.logins) == 1:
            self.found.pushes_to(known[0], *self.logins[known[0]])


def _assigned(command: Command) -> Iterator[tuple[str, Variable]]:
    """The variables that a command sets, and the settings of AWS that are as good as variables."""
    for name, value in _settings(command):
        yield known_as(name), Variable(value.text, name, value.place, value.is_literal)


def _settings(command: Command) -> Iterator[tuple[str, Word]]:
    yield from command.assigned
    if (setting := configured(command)) is not None:
        yield setting[0].rpartition(".")[2], setting[1]


def _leaks(every: Sequence[tuple[str, Command]], given: Variables, found: Pipeline) -> None:
    """Notes the secrets in plain text among the words of commands."""
    own = [each for _, command in every for each in _assigned(command)]
    scope = given.new_child(dict(own))
    for name, variable in own:
        if is_leak(name, variable, scope):
            found.leak(variable.key, variable.place)
    for key, command in every:
        for option, word in secret_words(command):
            found.leak(option, word.place)
        for word, text in zip(command.words, command.texts, strict=True):
            is_token = looks_like_token(text) not in (None, "password")
            if is_token and not any(word.assigned()) and not _COMPOUND.search(word.raw):
                found.leak(key, word.place)


def _tokens(key: str, script: Script, found: Pipeline) -> None:
    """Notes the lines that hold a secret by its looks, where no word was found to be one."""
    known = {leak.line for leak in found.leaks}
    rows = zip(script.text.split("\n"), script.rows, strict=False) if script.rows else [(script.text, 0)]
    for row, start in rows:
        place = script.place(start + len(row) - len(row.lstrip()), start + len(row.rstrip()))
        if looks_like_token(row) not in (None, "password") and place.line not in known:
            found.leak(key, place)

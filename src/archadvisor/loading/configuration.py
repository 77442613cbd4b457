"""The configuration that counts for a file: the nearest one upwards, and what it extends."""

import os
from collections.abc import Iterator
from typing import cast

from archadvisor.errors import UnreadableInput
from archadvisor.loading.check import Checker
from archadvisor.loading.discovery import read_bytes
from archadvisor.loading.home import published
from archadvisor.loading.node import Mapping, Node, Scalar, Sequence, pairs_at, text_at, value_at, words_at
from archadvisor.model.configuration import Choice, Configuration, FailOn, Origin, Override
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.frozen import replace
from archadvisor.model.rule import Severity

OWN, SHARED = "archadvisor.toml", "pyproject.toml"
_SECTION = ("tool", "archadvisor")
_MENTIONED = (b"tool.archadvisor", b"[tool]", b"tool=")
"""The ways in which TOML can come to the section, without blanks and quotes."""


def configuration_file(folder: str) -> str | None:
    """The nearest file with settings in an absolute folder or above it."""
    while True:
        own, shared = os.path.join(folder, OWN), os.path.join(folder, SHARED)
        if os.path.lexists(own):
            return own
        if os.path.isfile(shared) and _has_section(shared):
            return shared
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above


def _has_section(file: str) -> bool:
    """Whether there are settings in a shared file; most can be told without reading it as TOML.

    One that cannot be read, or is no TOML, may have some, and is told where it is read.
    """
    data = read_bytes(file)
    if isinstance(data, Diagnostic):
        return True
    bare = data.translate(None, b" \t\"'")
    if b"archadvisor" not in bare or not any(each in bare for each in _MENTIONED):
        return False
    try:
        return _section(file) is not None
    except UnreadableInput:
        return True


def read_configuration(file: str) -> Configuration:
    """The settings of a file and of those it extends.

    Raises:
        UnreadableInput: with every problem of the first file that has some.
    """
    return _read(file, ())


def _read(file: str, extending: tuple[str, ...]) -> Configuration:
    root = _root(file)
    problems = Checker(published("configuration")).problems(root, file)
    problems += _bad_selectors(root, file)
    if problems:
        raise UnreadableInput(sorted(problems, key=lambda problem: problem.place or ()))
    own = _own(root, file)
    base = value_at(root, "extends")
    if not isinstance(base, Scalar):
        return own
    below = os.path.join(os.path.dirname(file), base.written)
    if os.path.realpath(below) in (*extending, os.path.realpath(file)):
        raise UnreadableInput([Diagnostic(file, f"`{base.written}` extends this file again", base.place)])
    if not os.path.isfile(below):
        raise UnreadableInput([Diagnostic(file, f"there is no file `{base.written}` to extend", base.place)])
    return _joined(_read(below, (*extending, os.path.realpath(file))), own)


def _root(file: str) -> Mapping:
    root = _section(file)
    if not isinstance(root, Mapping):
        raise UnreadableInput([Diagnostic(file, "there are no settings in it, under `[tool.archadvisor]`")])
    return root


def _section(file: str) -> Node | None:
    """What a file says of archadvisor: all of it, but of a shared one a section, if it has that."""
    from archadvisor.loading.toml import parse

    if os.path.exists(file) and not os.path.isfile(file):
        raise UnreadableInput([Diagnostic(file, "it is no file; expected one with settings")])
    data = read_bytes(file)
    if isinstance(data, Diagnostic):
        raise UnreadableInput([data])
    root: Node | None = parse(data, file)
    for key in _SECTION if os.path.basename(file) == SHARED else ():
        root = value_at(root, key) if isinstance(root, Mapping) else None
    return root


def _bad_selectors(root: Mapping, file: str) -> Iterator[Diagnostic]:
    """Keys of `severity` that are no selectors; keys are names of their own to the schema."""
    for group in (root, *_overrides(root)):
        for key, _ in pairs_at(group, "severity"):
            if "/" not in key.written and key.written != "*":
                hint = "expected a rule such as `lint/plain-text-secret`, a group such as `lint/*`, or `*`"
                yield Diagnostic(file, f"`{key.written}` is no rule", key.place, hint)


def _overrides(root: Mapping) -> Iterator[Mapping]:
    found = value_at(root, "overrides")
    for item in found.items if isinstance(found, Sequence) else ():
        if isinstance(item, Mapping):
            yield item


def _own(root: Mapping, file: str) -> Configuration:
    folder = os.path.dirname(file)
    fail_on = text_at(root, "fail-on")
    choice = Choice(ignore=_words(root, "ignore"), severity=_severities(root))
    return Configuration(
        choice=replace(choice, select=_words(root, "select")) if "select" in root.items else choice,
        overrides=tuple(_override(each, file) for each in _overrides(root)),
        packs=tuple(_pack(word.written, folder) for word in words_at(root, "packs")),
        fail_on=cast("FailOn | None", fail_on),
        origins={key: (Origin(file, name.place),) for key, (name, _) in root.items.items() if key != "extends"},
        named=tuple(
            (word.written, Origin(file, word.place))
            for group in (root, *_overrides(root))
            for word in (*words_at(group, "select"), *words_at(group, "ignore"), *_keys(group))
        ),
    )


def _override(given: Mapping, file: str) -> Override:
    return Override(
        files=_words(given, "files"),
        folder=os.path.dirname(file),
        select=_words(given, "select") if "select" in given.items else None,
        ignore=_words(given, "ignore"),
        severity=_severities(given),
        origin=Origin(file, given.place),
    )


def _pack(written: str, folder: str) -> str:
    """A folder from the folder of the file, or the name of an installed pack."""
    path = os.path.join(folder, written)
    return path if os.path.isdir(path) or os.sep in written or "/" in written else written


def _words(node: Mapping, key: str) -> tuple[str, ...]:
    return tuple(word.written for word in words_at(node, key))


def _severities(node: Mapping) -> tuple[tuple[str, Severity], ...]:
    pairs = pairs_at(node, "severity")
    return tuple((key.written, cast("Severity", value.written)) for key, value in pairs if isinstance(value, Scalar))


def _keys(node: Mapping) -> Iterator[Scalar]:
    return (key for key, _ in pairs_at(node, "severity"))


def _joined(base: Configuration, own: Configuration) -> Configuration:
    """The settings of a file over those of the one it extends: lists of its own replace, severities and packs add."""
    severity = {**dict(base.choice.severity), **dict(own.choice.severity)}
    select = own.choice.select if "select" in own.origins else base.choice.select
    ignore = own.choice.ignore if "ignore" in own.origins else base.choice.ignore
    origins = {key: (*base.origins.get(key, ()), *own.origins.get(key, ())) for key in {**base.origins, **own.origins}}
    for key in ("select", "ignore", "fail-on"):
        if key in own.origins:
            origins[key] = own.origins[key]
    return Configuration(
        choice=Choice(select, ignore, tuple(severity.items())),
        overrides=(*base.overrides, *own.overrides),
        packs=tuple(dict.fromkeys([*base.packs, *own.packs])),
        fail_on=own.fail_on or base.fail_on,
        origins=origins,
        named=(*base.named, *own.named),
    )

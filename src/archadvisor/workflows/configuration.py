"""The packs and the settings that count for the files of a run."""

import os
from collections.abc import Sequence
from fnmatch import fnmatchcase
from functools import cache

from archadvisor.engine.program import Program
from archadvisor.errors import UnreadableInput
from archadvisor.loading.configuration import configuration_file, read_configuration
from archadvisor.loading.wording import near_names
from archadvisor.model.configuration import DEFAULT, STRICTEST_FIRST, Choice, Configuration, FailOn, Override
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.frozen import replace
from archadvisor.model.rule import Flags, Rulebook
from archadvisor.policy.selection import exactness
from archadvisor.workflows.session import session

_ALWAYS = "its pack says that it is always shown"


class Settings:
    """The configurations of a run; each is found and read once.

    What the command line says of `select` and `ignore` replaces what files say of it.
    """

    def __init__(self, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> None:
        self._select, self._ignore = tuple(select), tuple(ignore)
        self._found = cache(configuration_file)
        self._read = cache(read_configuration)
        self._in = cache(self._in_folder)

    def of(self, path: str) -> Configuration:
        """The configuration for a file or folder; the default one where there is none.

        Raises:
            UnreadableInput: it cannot be used; with every problem.
        """
        return self._in(path if os.path.isdir(path) else os.path.dirname(path))

    def _in_folder(self, folder: str) -> Configuration:
        file = self._found(os.path.abspath(folder))
        return self._read(_seen_from_here(file)) if file else DEFAULT

    def over(self, choice: Choice) -> Choice:
        """A choice with what the command line says."""
        chosen = replace(choice, select=self._select) if self._select else choice
        return replace(chosen, ignore=self._ignore) if self._ignore else chosen

    def ignored(self) -> tuple[str, ...]:
        """The selectors that the command line ignores."""
        return self._ignore

    def named(self) -> tuple[str, ...]:
        """The selectors of the command line."""
        return (*self._select, *self._ignore)


def effective(configuration: Configuration, path: str) -> Choice:
    """The choice of a configuration for a file, with the overrides that mean it."""
    choice = configuration.choice
    for override in overriding(configuration, path):
        severity = tuple({**dict(choice.severity), **dict(override.severity)}.items())
        select = choice.select if override.select is None else override.select
        choice = Choice(select, (*choice.ignore, *override.ignore), severity)
    return choice


def overriding(configuration: Configuration, path: str) -> tuple[Override, ...]:
    """The overrides that mean a file."""
    return tuple(override for override in configuration.overrides if _means(override, path))


def _means(override: Override, path: str) -> bool:
    inner = os.path.relpath(os.path.abspath(path), override.folder or ".").replace(os.sep, "/")
    return any(fnmatchcase(inner, pattern) for pattern in override.files)


def _seen_from_here(file: str) -> str:
    """A path as a person in this folder would write it; what is on another drive stays as it is."""
    try:
        return os.path.relpath(file)
    except ValueError:
        return file


def configured(
    paths: Sequence[str], packs: Sequence[str], day: str, assume: bool = True, settings: Settings | None = None
) -> Program:
    """The program for the files that `paths` mean, with the packs and the choice of their configurations.

    Raises:
        UnreadableInput: a configuration cannot be used, or two of them name different packs.
        UnusablePack: a pack cannot be used.
    """
    found = settings or Settings()
    own = _packs(found, paths)
    program = session([*dict.fromkeys([*_folders(own), *packs])], day, assume)
    _check_command_line(found, program.rulebook)
    checked = cache(lambda folder: _checked(found, os.path.abspath(folder), own, program.rulebook))
    for path in paths:
        checked(path if os.path.isdir(path) else os.path.dirname(path))

    def choice(file: str) -> Choice:
        return found.over(effective(checked(os.path.dirname(file)), file))

    return replace(program, choice=choice)


def settings_in_force(path: str, day: str) -> Configuration:
    """The settings for a file or folder, as `check` of it would use them.

    Raises:
        UnreadableInput: there is no such path, or `check` would refuse its configuration.
        UnusablePack: a pack cannot be used.
    """
    if not os.path.lexists(path):
        raise UnreadableInput([Diagnostic(path, "there is no such file or folder")])
    settings = Settings()
    configured([path], (), day, settings=settings)
    return settings.of(path)


def configured_packs(packs: Sequence[str]) -> tuple[str, ...]:
    """The folders of the packs that the configuration of this folder names, and of those given besides.

    Raises:
        UnreadableInput: the configuration cannot be used.
        UnusablePack: an installed pack is not there.
    """
    return tuple(dict.fromkeys([*_folders(Settings().of(".").packs), *packs]))


def fail_on(settings: Settings, paths: Sequence[str]) -> FailOn:
    """The strictest severity that the configurations of paths fail on; `error` where none says so."""
    said = [settings.of(path).fail_on for path in paths]
    return min(filter(None, said), key=STRICTEST_FIRST.index, default="error")


def _packs(settings: Settings, paths: Sequence[str]) -> tuple[str, ...]:
    named = list(dict.fromkeys(settings.of(path).packs for path in paths)) or [()]
    if len(named) > 1:
        raise _different_packs(paths[0])
    return named[0]


def _folders(packs: Sequence[str]) -> tuple[str, ...]:
    """The folders of packs; looking for installed ones takes time that a run without any should not pay."""
    if not packs:
        return ()
    from archadvisor.loading.installed import pack_folder

    return tuple(map(pack_folder, packs))


def _different_packs(file: str) -> UnreadableInput:
    hint = "check them in runs of their own, or let both configurations name the same packs"
    message = "a run has one set of packs, and the configurations of these files name different ones"
    return UnreadableInput([Diagnostic(file, message, None, hint)])


def _checked(settings: Settings, folder: str, packs: tuple[str, ...], rulebook: Rulebook) -> Configuration:
    """The configuration for a folder.

    Raises:
        UnreadableInput: it names other packs, or selectors that mean no rule or one that must be shown.
    """
    found = settings.of(folder)
    if found.packs != packs:
        raise _different_packs(folder)
    problems = [
        replace(problem, file=origin.file, place=origin.place)
        for selector, origin in found.named
        if (problem := _problem(selector, rulebook)) is not None
    ]
    problems += _shown_anyway(found, rulebook)
    if problems:
        raise UnreadableInput(problems)
    return found


def _check_command_line(settings: Settings, rulebook: Rulebook) -> None:
    problems = [found for selector in settings.named() if (found := _problem(selector, rulebook)) is not None]
    problems += [
        Diagnostic(selector, f"`{selector}` cannot be ignored: {_ALWAYS}")
        for selector in settings.ignored()
        if selector in _locked(rulebook)
    ]
    if problems:
        raise UnreadableInput(problems)


def _problem(selector: str, rulebook: Rulebook) -> Diagnostic | None:
    """What is wrong with a selector: no rule that flags fits it."""
    flagging = [rule.id for rule in rulebook.rules if isinstance(rule.effect, Flags)]
    if any(exactness(rule, (selector,)) for rule in flagging):
        return None
    groups = {f"{rule.partition('/')[0]}/*" for rule in flagging}
    near = near_names(selector, [*flagging, *groups])
    return Diagnostic(selector, f"`{selector}` means no rule that flags", None, near)


def _shown_anyway(found: Configuration, rulebook: Rulebook) -> list[Diagnostic]:
    """What is wrong where rules are silenced or weighed otherwise whose packs say that they are always shown."""
    locked = _locked(rulebook)
    said: list[Choice | Override] = [found.choice, *found.overrides]
    silenced = {rule for each in said for rule in each.ignore}
    weighed = {rule for each in said for rule, _ in each.severity}
    return [
        Diagnostic(origin.file, f"`{selector}` {told}: {_ALWAYS}", origin.place)
        for names, told in ((silenced, "cannot be ignored"), (weighed, "keeps its severity"))
        for selector, origin in found.named
        if selector in locked and selector in names
    ]


def _locked(rulebook: Rulebook) -> frozenset[str]:
    return frozenset(rule.id for rule in rulebook.rules if not rule.suppressible)

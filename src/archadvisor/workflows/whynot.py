"""What would make an option win that does not."""

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase

from archadvisor.analysis.trials import target_of
from archadvisor.analysis.whynot import Goal, ways_to
from archadvisor.engine.advise import advise
from archadvisor.engine.program import Program
from archadvisor.errors import UnknownName
from archadvisor.loading.wording import listed, near_names, suggestion
from archadvisor.model.answer import WhyNot
from archadvisor.model.change import stated_path
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.rule import Decision
from archadvisor.model.workload import Subject, Workload, is_named
from archadvisor.workflows.reading import workload_in


def why_not(program: Program, file: str, data: bytes | None, asked: str, fixed: Sequence[str]) -> WhyNot:
    """The smallest sets of changes to a file, or `data` in its place, that would make `compute/web=ec2` so.

    Raises:
        UnreadableInput: with every problem of the file.
        UnknownName: what is asked for, or a path that is to stay fixed, means nothing here.
    """
    workload = workload_in(file, program.rulebook, data)
    problems: list[Diagnostic] = []
    wanted = _wanted(program, workload, asked, problems)
    paths = _fixed(program, workload, fixed, problems)
    if wanted is None or problems:
        raise UnknownName(problems)
    decision, subject, option = wanted
    outcomes = {target_of(outcome): outcome for outcome in advise(workload, program).decisions}
    outcome = outcomes.get((decision.id, subject.path))
    wins = outcome is not None and outcome.option == option
    found = None if wins else ways_to(workload, program, Goal((decision.id, subject.path), option, paths))
    return WhyNot(
        file,
        decision.id,
        subject.path or None,
        option,
        outcome,
        found.answers if found else (),
        found.size if found else 0,
        exhausted=found is None or found.exhausted,
        fixed=tuple(sorted(paths)),
    )


def _wanted(
    program: Program, workload: Workload, asked: str, problems: list[Diagnostic]
) -> tuple[Decision, Subject, str] | None:
    """The decision, the subject and the option that are asked about, or the problems with their names."""
    place, equals, option = asked.partition("=")
    name, _, subject = place.partition("/")
    decisions = {decision.id: decision for decision in program.rulebook.decisions}
    decision = decisions.get(name)
    if not equals:
        problems.append(Diagnostic(asked, "expected a decision and an option, such as `compute/web=ec2`"))
        return None
    if decision is None:
        problems.append(Diagnostic(asked, f"there is no decision `{name}`", None, suggestion(name, list(decisions))))
        return None
    options = [known.id for known in decision.options]
    if option not in options:
        message = f"`{name}` has no option `{option}`"
        problems.append(Diagnostic(asked, message, None, suggestion(option, options)))
    found = _subject(workload, decision, subject, asked, problems)
    return None if found is None else (decision, found, option)


def _subject(
    workload: Workload, decision: Decision, name: str, asked: str, problems: list[Diagnostic]
) -> Subject | None:
    """The one subject of a decision that a name means; the only one where no name is given."""
    own = [subject for subject in workload.root.all() if subject.kind in decision.subjects]
    named = [subject for subject in own if is_named(subject.path, name)] if name else own
    if len(named) == 1:
        return named[0]
    names = [subject.short_name for subject in own if subject.path]
    if not own:
        message, hint = f"nothing here is a subject of `{decision.id}`", None
    elif not names:
        message, hint = f"`{decision.id}` is made for the whole workload", f"leave `/{name}` out"
    elif name:
        message, hint = f"`{decision.id}` is not made for a `{name}`", suggestion(name, names)
    else:
        message = f"`{decision.id}` is made for each of {listed([f'`{each}`' for each in names], 'and')}"
        hint = f"say which, such as `{decision.id}/{names[0]}`"
    problems.append(Diagnostic(asked, message, None, hint))
    return None


def _fixed(program: Program, workload: Workload, patterns: Sequence[str], problems: list[Diagnostic]) -> frozenset[str]:
    """The paths of facts that patterns mean: themselves, what lies within them, or what they match."""
    paths = [
        stated_path(subject.path, fact.name)
        for subject in workload.root.all()
        for fact in program.vocabulary.values()
        if fact.subject == subject.kind and not fact.inputs and fact.name not in program.derived
    ]
    found: set[str] = set()
    for pattern in patterns:
        meant = {path for path in paths if _means(pattern, path)}
        found |= meant
        if not meant:
            problems.append(Diagnostic(f"--fixed {pattern}", "no fact has this path", None, near_names(pattern, paths)))
    return frozenset(found)


def _means(pattern: str, path: str) -> bool:
    return path == pattern or path.startswith(f"{pattern}.") or fnmatchcase(path, pattern)


def split(patterns: Sequence[str]) -> Iterator[str]:
    """Patterns that may be given one by one or with commas between them."""
    for each in patterns:
        yield from (pattern.strip() for pattern in each.split(",") if pattern.strip())

"""The fix of a finding: what its rule says can be mended, for the subject it is about."""

import re
from collections.abc import Iterator
from typing import assert_never

from archadvisor.engine.derivation import ABSENT
from archadvisor.engine.evidence import filled
from archadvisor.engine.program import Program
from archadvisor.engine.scope import Scope, stated
from archadvisor.model.fix import Fix, Refer, Rewrite, Split, Step
from archadvisor.model.quantity import written
from archadvisor.model.repair import ReferenceSecret, Repair, ReplaceWords, SetDecision, SetFacts
from archadvisor.model.workload import Declaration, Workload, short_name

_REFERENCE = re.compile(r"\{(.+)\}")


def fix(workload: Workload, program: Program, repair: Repair | None, scope: Scope) -> Fix | None:
    """The fix of a finding about a subject; None where its rule has none, or the file gives no hold for it."""
    steps = () if repair is None else _steps(workload, program, repair, scope)
    edits = workload.editor(steps) if steps else None
    if repair is None or not edits:
        return None
    afterwards = filled(program, repair.afterwards, scope) if repair.afterwards else None
    return Fix(filled(program, repair.title, scope), repair.safe, edits, afterwards)


def _steps(workload: Workload, program: Program, repair: Repair, scope: Scope) -> tuple[Step, ...]:
    match repair.action:
        case SetFacts(values):
            return _settings(program, values, scope)
        case ReplaceWords(words):
            return tuple(_replacements(program, words, scope))
        case SetDecision():
            return tuple(_declarations(workload, program, scope))
        case ReferenceSecret():
            return (Refer(scope.subject.place),) if scope.subject.place else ()
        case _:
            assert_never(repair.action)


def _settings(program: Program, values: tuple[tuple[str, str], ...], scope: Scope) -> tuple[Step, ...]:
    """All facts or none: half of a size is no size."""
    steps: list[Step] = []
    for fact, text in values:
        said = stated(scope, program.vocabulary[fact])
        source = _REFERENCE.fullmatch(text)
        value = scope.values[source.group(1)] if source else text
        if said is None or said.value is None or said.place is None or value in (None, ABSENT):
            return ()
        if value != said.value:
            steps.append(Rewrite(said.place, written(value, program.vocabulary[fact].unit)))
    return tuple(steps)


def _replacements(program: Program, words: tuple[tuple[str, str, str], ...], scope: Scope) -> Iterator[Step]:
    for fact, word, other in words:
        said = stated(scope, program.vocabulary[fact])
        if said is None or said.place is None:
            continue
        if said.value == word:
            yield Rewrite(said.place, other)
        elif isinstance(said.value, tuple) and word in said.value and other not in said.value:
            yield Rewrite(said.place, other, word)


def _declarations(workload: Workload, program: Program, scope: Scope) -> Iterator[Step]:
    """The declaration that speaks of an outcome's subject; what it says of other subjects stays as it is."""
    decision, path, advised = scope.subject.name, scope.subject.path, str(scope.values["outcome.advised"])
    said = [each for each in workload.declarations if each.decision == decision]
    own = [each for each in said if each.subject is not None and each.means(path)]
    general = [each for each in said if each.subject is None]
    if advised == ABSENT or not (own or general):
        return
    if own:
        yield from _rewritten(own[-1], advised)
        return
    kinds = program.ballots[decision].decision.subjects
    subjects = [subject.path for subject in workload.root.all() if subject.kind in kinds]
    covered = [each for each in subjects if not any(one.subject is not None and one.means(each) for one in said)]
    if covered == [path]:
        yield from _rewritten(general[-1], advised)
    elif general[-1].place is not None and all(covered):
        options = {each: advised if each == path else general[-1].option for each in covered}
        yield Split(general[-1].place, _named(options))


def _rewritten(said: Declaration, option: str) -> Iterator[Step]:
    if said.place is not None:
        yield Rewrite(said.place, option)


def _named(options: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Options by the short names of subjects, unless two have the same."""
    short = {short_name(path): option for path, option in options.items()}
    return tuple((short if len(short) == len(options) else options).items())

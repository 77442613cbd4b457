"""Comments of the form `# archadvisor: ignore[rule-id] because …`, and those that are meant so."""

import re
from collections.abc import Iterator

from archadvisor.loading.comments import Comment, comments
from archadvisor.loading.node import Mapping
from archadvisor.loading.redaction import masked_comment
from archadvisor.loading.suppressions import is_day
from archadvisor.model.place import Place
from archadvisor.model.suppression import Fault, Misfit, Suppression

FORM = "# archadvisor: ignore[rule-id] because …"
_TOOL = r"arch[ _-]?advis[eo]r"
_MEANT = re.compile(
    rf"\#+\s*{_TOOL}\s*[:=]|{_TOOL}\W{{0,3}}(?:ignor|disabl|suppress|allow|accept|noqa)\w*(?:\s*[\[(:]|.*\w/\w)",
    re.IGNORECASE,
)
_HEAD = re.compile(r"#+[ \t]*archadvisor:[ \t]*ignore\[")
_RULES = re.compile(r"([^\[\]]*)\]")
_NAME = re.compile(r"[^\s,]+")
_BECAUSE = re.compile(r"[ \t]+because(?:[ \t]+(.*\S))?[ \t]*")
_UNTIL = re.compile(r"(?:^|[ \t])until[ \t]+(\d\S*)$")


def ignored(text: str, root: Mapping) -> Iterator[Suppression | Misfit]:
    """What the comments of a text accept, and what is wrong with those that are meant so and do not follow the form."""
    for comment in comments(text, root):
        if _MEANT.search(comment.text):
            yield from _in_comment(comment)


class _Malformed(Exception):
    """A comment does not follow the one form there is."""

    def __init__(self, problem: str, remedy: str = f"write `{FORM}`") -> None:
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy


def _in_comment(comment: Comment) -> Iterator[Suppression | Misfit]:
    said = masked_comment(comment.text).rstrip()
    try:
        names, rest = _names(said)
        because, until = _reason(rest)
    except _Malformed as error:
        yield _misfit("malformed", error.problem, error.remedy, comment, said)
        return
    if not comment.stands_for:
        problem = "nothing begins on its line or after it"
        yield _misfit("misplaced", problem, "put it on or above the line that the finding points at", comment, said)
        return
    for name, at in names:
        column = comment.column + at
        place = Place(comment.line, column, comment.line, column + len(name))
        yield Suppression(name, None, because, until, place, "comment", comment.stands_for)


def _misfit(fault: Fault, problem: str, remedy: str, comment: Comment, said: str) -> Misfit:
    place = Place(comment.line, comment.column, comment.line, comment.column + len(said))
    return Misfit(fault, problem, remedy, place)


def _names(said: str) -> tuple[list[tuple[str, int]], str]:
    """The rules that a comment names, each with where in it that is, and what follows them."""
    head = _HEAD.match(said)
    if head is None:
        raise _Malformed(f"it does not begin with `{FORM.partition('rule')[0]}`")
    rules = _RULES.match(said, head.end())
    if rules is None:
        raise _Malformed("its rules are not in one pair of brackets")
    names: list[tuple[str, int]] = []
    at = head.end()
    for part in rules.group(1).split(","):
        found = _NAME.search(part)
        if found is None:
            raise _Malformed("it leaves out the name of a rule")
        if part.strip() != found.group():
            raise _Malformed(f"`{part.strip()}` is not one rule", "put commas between the names of rules")
        names.append((found.group(), at + found.start()))
        at += len(part) + 1
    return names, said[rules.end() :]


def _reason(rest: str) -> tuple[str, str | None]:
    """The reason that a comment gives, and the last day it names, from what follows the rules."""
    found = _BECAUSE.fullmatch(rest)
    if found is None and re.match(r"[ \t]*until\b", rest):
        raise _Malformed("it says `until` before `because`", f"write `{FORM} until 2027-03-01`")
    if found is None and rest.strip():
        raise _Malformed("what follows the rules is not ` because` and a reason")
    because = (found.group(1) if found else None) or ""
    ending = _UNTIL.search(because)
    until = ending.group(1) if ending else None
    if until is not None and not is_day(until):
        raise _Malformed(f"`{until}` is no day", "write a day such as `2027-03-01`")
    reason = because[: ending.start()] if ending else because
    if re.search(r"\buntil[ \t:]+\d", reason):
        raise _Malformed("it says more after `until` and a day", f"write `{FORM} until 2027-03-01`")
    if not re.search(r"\w", reason):
        raise _Malformed("it gives no reason")
    return reason.strip(), until

"""Reads architecture decision records of a folder."""

import json
import os
import re

from archadvisor.errors import UnreadableInput
from archadvisor.loading.discovery import read_bytes
from archadvisor.model.adr import END, Filed, Recorded
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.lock import Held
from archadvisor.model.place import Place

_NAME = re.compile(r"(\d{4,})-.+\.md")
_HEAD = re.compile(r"\A---\n(.*?)^---$", re.DOTALL | re.MULTILINE)
_STATUS = re.compile(r"^status:[ \t]*(.*?)[ \t]*$", re.MULTILINE)
_LINE = re.compile(r"^<!-- archadvisor record (.*) -->$", re.MULTILINE)


def filed_in(folder: str) -> list[Filed]:
    """The records of a folder by their number; none where there is no such folder.

    Raises:
        UnreadableInput: records cannot be read; with every problem.
    """
    names = sorted(name for name in os.listdir(folder) if _NAME.fullmatch(name)) if os.path.isdir(folder) else []
    found = [_filed(folder, name) for name in names]
    problems = [each for each in found if isinstance(each, Diagnostic)]
    if problems:
        raise UnreadableInput(problems)
    return [each for each in found if isinstance(each, Filed)]


def _filed(folder: str, name: str) -> Filed | Diagnostic:
    path = os.path.join(folder, name)
    data = read_bytes(path)
    if isinstance(data, Diagnostic):
        return data
    text = data.decode("utf-8", "replace").replace("\r\n", "\n")
    lines = list(_LINE.finditer(text))
    recorded = _recorded(lines[-1][1]) if lines else None
    if lines and (recorded is None or END not in text[lines[-1].end() :]):
        line = text.count("\n", 0, lines[-1].start()) + 1
        hint = "restore the file as it was, or remove it and write it again with `archadvisor report --adr`"
        return Diagnostic(
            path, "what archadvisor wrote here was changed and cannot be read", Place(line, 1, line, 1), hint
        )
    head = _HEAD.search(text)
    status = _STATUS.search(head[1]) if head else None
    return Filed(name, int(name.partition("-")[0]), status[1].strip("\"'") if status else "", recorded, text)


def _recorded(line: str) -> Recorded | None:
    """What a record says in its own words; None where that was tampered with."""
    try:
        said = json.loads(line)
        answers = tuple(_held(said["decision"], each) for each in said["answers"])
        return Recorded(str(said["workload"]), str(said["decision"]), answers)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _held(decision: str, said: dict[str, object]) -> Held:
    subject, option, rules, facts = said["subject"], said["option"], said["rules"], said["facts"]
    if not isinstance(rules, list) or not isinstance(facts, dict):
        raise TypeError
    return Held(
        str(decision),
        None if subject is None else str(subject),
        None if option is None else str(option),
        tuple(map(str, rules)),
        tuple((str(path), str(value)) for path, value in facts.items()),
    )

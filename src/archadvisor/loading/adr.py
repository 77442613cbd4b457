"""Reads architecture decision records of a folder."""

import json
import os
import re

from archadvisor.errors import UnreadableInput
from archadvisor.loading.discovery import read_bytes
from archadvisor.loading.document import parse_foreign
from archadvisor.loading.node import Mapping, text_at
from archadvisor.model.adr import END, Filed, Recorded
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.lock import Held
from archadvisor.model.place import START, Place

_NAME = re.compile(r"(\d{4,})-.+\.md")
_HEAD = re.compile(r"\A\ufeff?---[ \t]*\n(.*?)^---[ \t]*$", re.DOTALL | re.MULTILINE)
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
    whole = data.decode("utf-8", "replace")
    text = whole.replace("\r\n", "\n")
    lines, status = list(_LINE.finditer(text)), _status(text, path)
    if not lines:
        return Filed(name, _number(name), "" if isinstance(status, Diagnostic) else status, None, text)
    recorded = _recorded(lines[-1][1])
    if recorded is None or END not in text[lines[-1].end() :]:
        return _tampered(path, text.count("\n", 0, lines[-1].start()) + 1)
    if isinstance(status, Diagnostic):
        return status
    if whole.encode() != data:
        return Diagnostic(path, "the file is not UTF-8 text", START)
    line_end = "\r\n" if whole.partition("\n")[0].endswith("\r") else "\n"
    return Filed(name, _number(name), status, recorded, text, line_end)


def _number(name: str) -> int:
    return int(name.partition("-")[0])


def _tampered(path: str, line: int) -> Diagnostic:
    hint = "restore the file as it was, or remove it and write it again with `archadvisor report --adr`"
    message = "what archadvisor wrote here was changed and cannot be read"
    return Diagnostic(path, message, Place(line, 1, line, 1), hint)


def _status(text: str, path: str) -> str | Diagnostic:
    """The status that the front matter of a record gives, or why that cannot be read."""
    head = _HEAD.match(text)
    if head is None or not head[1].strip():
        return ""
    try:
        root = parse_foreign(f"\n{head[1]}", path)[0]
    except UnreadableInput as error:
        return error.diagnostics[0]
    return text_at(root, "status") or "" if isinstance(root, Mapping) else ""


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

"""Files that archadvisor writes for itself and reads again, as JSON: baselines and locks."""

import json
from typing import Any

from archadvisor.errors import UnreadableInput
from archadvisor.loading.check import Checker
from archadvisor.loading.discovery import read_bytes
from archadvisor.loading.document import parse
from archadvisor.loading.home import published
from archadvisor.loading.node import plain
from archadvisor.loading.redaction import shown
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.place import START, Place

LARGEST = 32 * 1024 * 1024
"""Bytes of a record; the findings of a hundred thousand take less."""


def read_record(file: str, shape: str) -> dict[str, Any]:
    """What a file of a published shape holds.

    Raises:
        UnreadableInput: it cannot be read, is no JSON or not of that shape; with every problem.
    """
    data = read_bytes(file, LARGEST + 1)
    if isinstance(data, Diagnostic):
        raise UnreadableInput([data])
    if len(data) > LARGEST:
        raise UnreadableInput([Diagnostic(file, f"the file is larger than {LARGEST // 1024**2} MiB", START)])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableInput([Diagnostic(file, "the file is not UTF-8 text", START)]) from None
    lines = {file: shown(text)}
    _check_syntax(text, file, lines)
    root = parse(text, file, most=len(text))
    problems = Checker(published(shape)).problems(root, file)
    if problems:
        raise UnreadableInput(problems, lines)
    record = plain(root)
    assert isinstance(record, dict)
    return record


def _check_syntax(text: str, file: str, lines: dict[str, list[str]]) -> None:
    try:
        json.loads(text, parse_int=str)
    except json.JSONDecodeError as error:
        place = Place(error.lineno, error.colno, error.lineno, error.colno + 1)
        raise UnreadableInput(
            [Diagnostic(file, f"the file is not valid JSON: {error.msg.lower()}", place)], lines
        ) from None
    except RecursionError:
        raise UnreadableInput([Diagnostic(file, "the file is nested too deeply", START)]) from None

"""The bytes of files, read one by one on this machine and many at a time elsewhere."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from fsspec.core import url_to_fs  # type: ignore[import-untyped]

from archadvisor.errors import UnreadableInput
from archadvisor.fleet.failures import failures, reason, refusing
from archadvisor.loading.discovery import read_bytes
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.fleet import Item

Content = bytes | Diagnostic
_WHAT = "the file cannot be read"


def contents(items: Sequence[Item]) -> Iterator[tuple[Item, Content]]:
    """Each item with its content, or why it cannot be read."""
    for system, group in groupby(items, lambda item: item.system):
        own = [*group]
        yield from _fetched(system, own) if system else ((item, _read(item)) for item in own)


def fetched(files: Any, paths: Sequence[str]) -> list[object]:
    """What files of a file system hold, or the exceptions that tell why not; nothing in a path is a pattern."""
    try:
        found: list[object] = files.cat_ranges([*paths], None, None, on_error="return") if paths else []
    except failures() as error:
        found = [error] * len(paths)
    for each in found:
        if isinstance(each, BaseException) and not isinstance(each, failures()):
            raise each
    return found


def _read(item: Item) -> Content:
    found = read_bytes(item.path)
    return Diagnostic(item.uri, found.message) if isinstance(found, Diagnostic) else found


def _fetched(system: str, items: Sequence[Item]) -> Iterator[tuple[Item, Content]]:
    """What a file system holds, asked once for all that is on it."""
    try:
        with refusing(items[0].uri, _WHAT):
            files, _ = url_to_fs(system)
    except UnreadableInput as error:
        yield from ((item, Diagnostic(item.uri, error.diagnostics[0].message)) for item in items)
        return
    for item, found in zip(items, fetched(files, [item.path for item in items]), strict=True):
        yield item, found if isinstance(found, bytes) else Diagnostic(item.uri, f"{_WHAT}: {_why(found)}")


def _why(found: object) -> str:
    return reason(found) if isinstance(found, BaseException) else "it holds no bytes"

"""The bytes of files, read one by one on this machine and many at a time elsewhere."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fsspec.core import url_to_fs  # type: ignore[import-untyped]

from archadvisor.errors import UnreadableInput
from archadvisor.fleet.addresses import is_local
from archadvisor.fleet.failures import failures, reason, refusing
from archadvisor.loading.discovery import read_bytes
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.fleet import Item

Content = bytes | Diagnostic


def contents(items: Sequence[Item]) -> Iterator[tuple[Item, Content]]:
    """Each item with its content, or why it cannot be read."""
    elsewhere = _fetched([item for item in items if not is_local(item.address)])
    for item in items:
        yield item, elsewhere[item] if item in elsewhere else _read(item)


def _read(item: Item) -> Content:
    found = read_bytes(item.address)
    return Diagnostic(item.uri, found.message) if isinstance(found, Diagnostic) else found


def _fetched(items: Sequence[Item]) -> Mapping[Item, Content]:
    """What file systems hold, each asked once for all that is on it."""
    asked: dict[Any, dict[str, Item]] = {}
    found: dict[Item, Content] = {}
    for item in items:
        try:
            with refusing(item.uri, "the file cannot be read"):
                files, path = url_to_fs(item.address)
        except UnreadableInput as error:
            found[item] = error.diagnostics[0]
            continue
        asked.setdefault(files, {})[path] = item
    for files, own in asked.items():
        got = files.cat([*own], on_error="return")
        found |= {item: _content(item, got.get(path)) for path, item in own.items()}
    return found


def _content(item: Item, got: object) -> Content:
    match got:
        case bytes():
            return got
        case BaseException() if not isinstance(got, failures()):
            raise got
        case BaseException():
            return Diagnostic(item.uri, f"the file cannot be read: {reason(got)}")
        case _:
            return Diagnostic(item.uri, "the file cannot be read: there is no such file or folder")

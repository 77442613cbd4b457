"""What was imported, as lines and as JSON (the versioned shape `import/1`)."""

from collections.abc import Iterator, Sequence

from archadvisor.model.intake import Inferred, Leak, Remark
from archadvisor.model.interview import Sheet
from archadvisor.rendering.json import Json
from archadvisor.rendering.paint import counted, printable


def imported_lines(
    file: str, services: int, facts: Sequence[Inferred], leaks: Sequence[Leak], remarks: Sequence[Remark]
) -> Iterator[str]:
    """What was written, then secrets in plain text and what was left out, each with its place."""
    yield f"wrote {printable(file)}: {counted(services, 'service')}, {counted(len(facts), 'fact')}"
    if not services:
        yield "  no service is described in what was read"
    yield from _told(leaks, remarks)
    yield f"next: archadvisor check {printable(file)}"


def merged_lines(
    file: str, changed: bool, kept: Sequence[str], leaks: Sequence[Leak], remarks: Sequence[Remark]
) -> Iterator[str]:
    """That what is new was added, or that nothing is; then what a file says otherwise, and what `import` tells."""
    yield f"merged into {printable(file)}" if changed else f"{printable(file)}: there is nothing new"
    yield from _kept(kept)
    yield from _told(leaks, remarks)


def proposal_lines(file: str, kept: Sequence[str]) -> Iterator[str]:
    """That nothing was written, and how it would be."""
    yield f"{printable(file)} is there already, and was left as it is: `--merge` adds this to it, `--force` replaces it"
    yield from _kept(kept)


def _kept(paths: Sequence[str]) -> Iterator[str]:
    for path in paths:
        yield printable(f"  `{path}` is otherwise in the files, and stays; `archadvisor drift` shows both")


def _told(leaks: Sequence[Leak], remarks: Sequence[Remark]) -> Iterator[str]:
    for leak in leaks:
        where = f"{leak.file}:{leak.place.line}:{leak.place.column}"
        told = f"`{leak.key}` holds a secret in plain text; keep it in a secret store, and change it"
        yield printable(f"  {where}: {told}")
    for remark in remarks:
        yield printable(f"  {remark.file}:{remark.place.line}:{remark.place.column}: {remark.message}")


def imported_json(sheet: Sheet, facts: Sequence[Inferred], leaks: Sequence[Leak], remarks: Sequence[Remark]) -> Json:
    """The workload as it was found, with places."""
    return {
        "schema": "import/1",
        "name": sheet.name,
        "services": [{"name": name, "endpoints": list(endpoints)} for name, endpoints in sheet.services],
        "secrets": list(sheet.secrets),
        "facts": [
            {
                "path": fact.path,
                "value": fact.written,
                "file": fact.file,
                "line": fact.place.line,
                "key": fact.key,
                **({"limit": fact.limit} if fact.limit else {}),
            }
            for fact in facts
        ],
        "plain_text_secrets": [
            {"service": leak.service, "key": leak.key, "file": leak.file, "line": leak.place.line} for leak in leaks
        ],
        "remarks": [{"file": each.file, "line": each.place.line, "message": each.message} for each in remarks],
    }

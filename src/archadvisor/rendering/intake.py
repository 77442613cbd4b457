"""What was imported, as a workload file, as lines and as JSON (the versioned shape `import/1`)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from archadvisor.model.intake import Imported, Inferred, Leak, Remark
from archadvisor.rendering.json import Json
from archadvisor.rendering.paint import counted, printable
from archadvisor.rendering.sheet import listed_by_subject, workload_file

_SCHEMA = "workload.schema.json"
_HEAD = (
    "Written by `archadvisor import`. What no file says is left out; facts that decisions hang on are listed as open."
)
_LONGEST_KEY = 44


def imported_file(found: Imported) -> str:
    """The workload file, with the evidence beside each fact, and with what is open."""
    about = {fact.path: _brief(fact).evidence for fact in found.facts} | listed_by_subject(found.questions)
    return workload_file(found.sheet, _SCHEMA, about, _HEAD)


def _brief(fact: Inferred) -> Inferred:
    """A fact whose key is short enough to stand beside it: of a long one the last parts are what tells most."""
    if len(fact.key) <= _LONGEST_KEY:
        return fact
    _, _, end = fact.key[-_LONGEST_KEY - 1 :].partition(".")
    return replace(fact, key=f"…{end or fact.key[-_LONGEST_KEY:]}")


def imported_lines(file: str, found: Imported) -> Iterator[str]:
    """What was written, then secrets in plain text and what was left out, each with its place."""
    services = counted(len(found.sheet.services), "service")
    yield f"wrote {printable(file)}: {services}, {counted(len(found.facts), 'fact')}; {len(found.questions)} open"
    if not found.sheet.services:
        yield "  no service is described in what was read"
    yield from told_lines(found.leaks, found.remarks)
    yield f"next: archadvisor check {printable(file)}"


def merged_lines(
    file: str, changed: bool, kept: Sequence[str], leaks: Sequence[Leak], remarks: Sequence[Remark]
) -> Iterator[str]:
    """That what is new was added, or that nothing is; then what a file says otherwise, and what `import` tells."""
    yield f"merged into {printable(file)}" if changed else f"{printable(file)}: there is nothing new"
    yield from _kept(kept)
    yield from told_lines(leaks, remarks)


def proposal_lines(file: str, kept: Sequence[str]) -> Iterator[str]:
    """That nothing was written, and how it would be."""
    yield f"{printable(file)} is there already, and was left as it is: `--merge` adds this to it, `--force` replaces it"
    yield from _kept(kept)


def _kept(paths: Sequence[str]) -> Iterator[str]:
    for path in paths:
        yield printable(f"  `{path}` is otherwise in the files, and stays; `archadvisor drift` shows both")


def told_lines(leaks: Sequence[Leak], remarks: Sequence[Remark]) -> Iterator[str]:
    """Secrets in plain text and what was left out, each with its place."""
    for leak in leaks:
        where = f"{leak.file}:{leak.place.line}:{leak.place.column}"
        told = f"`{leak.key}` holds a secret in plain text; keep it in a secret store, and change it"
        yield printable(f"  {where}: {told}")
    for remark in remarks:
        yield printable(f"  {remark.file}:{remark.place.line}:{remark.place.column}: {remark.message}")


def imported_json(found: Imported) -> Json:
    """The workload as it was found, with places, and the paths of what is open."""
    sheet = found.sheet
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
            for fact in found.facts
        ],
        "plain_text_secrets": [
            {"service": each.service, "key": each.key, "file": each.file, "line": each.place.line}
            for each in found.leaks
        ],
        "remarks": [{"file": each.file, "line": each.place.line, "message": each.message} for each in found.remarks],
        "questions": list(found.questions),
    }

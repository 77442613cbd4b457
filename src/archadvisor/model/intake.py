"""What was found in a file that somebody wrote for another tool."""

from dataclasses import dataclass, replace

from archadvisor.model.interview import Sheet
from archadvisor.model.place import Place


@dataclass(frozen=True, slots=True)
class Inferred:
    """A fact with the file, the place and the key that say so."""

    path: str
    """Where a workload file has it: `services.web.cpu`."""
    written: str
    """The value as YAML writes it."""
    file: str
    place: Place
    key: str
    limit: str = ""
    """The most that is allowed, where what is asked for is said apart from it."""

    def joined(self, later: "Inferred") -> "Inferred":
        """What this and a later file say together: lists hold the words of both, else the later one counts.

        A list is unknown where one file leaves it so.
        """
        own, more = (each.written.startswith("[") for each in (self, later))
        if not own or not more:
            return self if more else later
        words = dict.fromkeys([*self.written.strip("[]").split(", "), *later.written.strip("[]").split(", ")])
        return replace(later, written=f"[{', '.join(filter(None, words))}]")

    @property
    def evidence(self) -> str:
        """Where it was said, in a line: `compose.yaml:9: deploy.replicas`."""
        return f"{self.file}:{self.place.line}: {self.key}" + (f"; at most {self.limit}" if self.limit else "")


@dataclass(frozen=True, slots=True)
class Leak:
    """A secret that stands in plain text; its value is kept nowhere."""

    service: str
    secret: str
    """What it is called in the workload file."""
    file: str
    place: Place
    key: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that was seen and could not be carried over."""

    file: str
    place: Place
    message: str
    is_unread: bool = False
    """Whether it is a file that belongs to the workload, and was not read."""


@dataclass(frozen=True, slots=True)
class Survey:
    """All that was found in one file."""

    name: str | None
    services: tuple[tuple[str, tuple[str, ...]], ...]
    """Each with the names of its endpoints."""
    secrets: tuple[str, ...]
    facts: tuple[Inferred, ...]
    leaks: tuple[Leak, ...]
    remarks: tuple[Remark, ...]
    kind: str = ""
    """What the file is, in words: `Compose file`."""
    places: tuple[tuple[str, Place], ...] = ()
    """Where services and endpoints are named, by their path in a workload file."""
    callers: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    """Files that it takes in, by the paths that it says: they are no workloads of their own."""


@dataclass(frozen=True, slots=True)
class Imported:
    """The workload that some files describe together."""

    sheet: Sheet
    facts: tuple[Inferred, ...]
    leaks: tuple[Leak, ...]
    remarks: tuple[Remark, ...]
    places: tuple[tuple[str, Place], ...] = ()
    """Where services and endpoints are named, by their path."""
    questions: tuple[str, ...] = ()
    """The paths of facts that no file says and decisions hang on."""

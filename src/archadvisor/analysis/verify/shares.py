"""How much of the space of workloads only the defaults of decisions answer, by workloads drawn at random."""

from collections import Counter
from collections.abc import Iterator
from random import Random

from archadvisor.analysis.verify.regions import Regions
from archadvisor.analysis.verify.site import WORKLOAD, Site, Sites
from archadvisor.analysis.verify.witness import Document, Reader, document_of, made
from archadvisor.engine.program import Program
from archadvisor.model.condition import Condition, quantified
from archadvisor.model.fact import SubjectKind
from archadvisor.model.verification import Share

_DRAWN = 250
_SEED = 1
_INNER: tuple[SubjectKind, ...] = ("image", "endpoint", "link")
_OUTER: tuple[SubjectKind, ...] = ("secret", "caller")


def shares(program: Program, regions: Regions, read: Reader) -> tuple[Share, ...]:
    """For each decision, how many subjects of the workloads drawn have an answer, and how many only by default."""
    answered, by_default = Counter[str](), Counter[str]()
    for document in drawn(program, regions):
        workload = read(document)
        for contest in made(program, document, workload).contests.values() if workload else ():
            if contest.open:
                answered[contest.ballot.decision.id] += 1
                by_default[contest.ballot.decision.id] += contest.stand.verdict == "default"
    return tuple(Share(name, answered[name], by_default[name]) for name in program.ballots)


def drawn(program: Program, regions: Regions) -> Iterator[Document]:
    """Workloads with a subject of each kind; each fact is in one of its regions, sets have one word on average."""
    random, sites = Random(_SEED), Sites(program, regions)
    service = sites.add("service")
    subjects = [
        WORKLOAD,
        service,
        *(sites.add(kind, service) for kind in _INNER),
        *(sites.add(kind) for kind in _OUTER),
    ]
    _read_all(sites, subjects)
    facts = [name for name in sites.variables if not name[1].startswith("choice.")]
    words = Counter(name[1].partition(":")[0] for name in facts)
    for _ in range(_DRAWN):
        box = {}
        for name in facts:
            fact, is_word, _ = name[1].partition(":")
            size = len(sites.elements(name))
            box[name] = 1 << (random.randrange(words[fact]) == 0 if is_word else random.randrange(size))
        yield document_of(sites, box, subjects)


def _read_all(sites: Sites, subjects: list[Site]) -> None:
    """Makes a variable of every fact that decisions read about some subjects."""
    for ballot in sites.program.ballots.values():
        for site in subjects:
            if site.kind in ballot.decision.subjects:
                poll = ballot.polls.get(site.kind)
                conditions = [voice.rule.when for voice in poll.voices] if poll else []
                for condition in (ballot.decision.applies, *conditions):
                    _read(sites, condition, site)


def _read(sites: Sites, condition: Condition, site: Site) -> None:
    sites.formula(condition, site, {})
    for asked in quantified(condition):
        for part in sites.within(site, asked.collection):
            _read(sites, asked.part, part)

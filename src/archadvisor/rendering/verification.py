"""What became of a pack's proof, for people and for programs."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict

from archadvisor.model.verification import DefectKind, Looked, Share, Verification
from archadvisor.rendering.paint import Paper, counted, folded

_TITLES: dict[DefectKind, str] = {
    "conflict": "no answer",
    "idle_declaration": "idle declaration",
    "dead": "dead rule",
    "vacuous": "vacuous comparison",
    "shadowed": "shadowed rule",
    "never_wins": "option that never wins",
}
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_./ -]*")
_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "null"})


def verification_text(found: Verification, paper: Paper) -> str:
    """Every defect with its witness, then what was looked at, and how sure the result is."""
    lines: list[str] = []
    for defect in found.defects:
        lines.append(f"{paper.paint(_TITLES[defect.kind], 'bold')}  {defect.about}")
        lines += folded(defect.message, paper.width, "    ", "    ")
        if defect.witness is not None:
            lines += [f"      {line}" for line in workload_lines(defect.witness)]
    lines += [paper.paint("whether every subject has an answer", "bold")]
    for looked in found.looked:
        lines += folded(_looked(looked), paper.width, "  ", "    ")
    lines += [paper.paint("how many only the default answers", "bold")]
    lines += [f"  {_share(share)}" for share in found.shares]
    if found.undecided:
        lines.append(paper.paint("not decided within the bounds of the search", "bold"))
        lines += [line for each in found.undecided for line in folded(each, paper.width, "  ", "    ")]
    told = f"{counted(found.rules, 'rule')} on {found.as_of}, {counted(found.declared, 'declared conflict')}"
    lines.append(f"{told}: {_verdict(found)}")
    return "\n".join(lines) + "\n"


def verification_json(found: Verification) -> str:
    """The same as JSON."""
    told = {"schema": "verification/1", "standing": found.standing, **asdict(found)}
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def workload_lines(document: Mapping[str, object]) -> Iterator[str]:
    """A workload file as YAML."""
    for key, value in document.items():
        if isinstance(value, Mapping) and value:
            yield f"{key}:"
            yield from (f"  {line}" for line in workload_lines(value))
        else:
            yield f"{key}: {_scalar(value)}"


def _scalar(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_scalar(item) for item in value)}]"
    if isinstance(value, str) and _PLAIN.fullmatch(value) and value.lower() not in _WORDS and not _is_number(value):
        return value
    return json.dumps(value)


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()


def _looked(looked: Looked) -> str:
    subjects = " and ".join(looked.subjects)
    told = f"{looked.standing}: {', '.join(looked.decisions)}, for {subjects} ({looked.enough})"
    return f"{told}; {_rounded(looked.regions)} regions"


def _rounded(number: int) -> str:
    return str(number) if number < 1_000_000 else f"{number:.1e}"


def _share(share: Share) -> str:
    part = f"{share.by_default / share.answered:.0%}" if share.answered else "none"
    return f"{share.decision}: {part} of {counted(share.answered, 'subject')} drawn at random that have an answer"


def _verdict(found: Verification) -> str:
    match found.standing:
        case "refuted":
            return counted(len(found.defects), "defect")
        case "bounded":
            return "no defect found, bounded: not everything could be decided"
        case "proved":
            return "proved to have no defect"

"""Compose files that lie in memory, surveyed without a disk."""

import os
from collections.abc import Mapping

from archadvisor.intake.compose.survey import survey
from archadvisor.loading.document import parse_foreign
from archadvisor.loading.neighbours import Unread
from archadvisor.model.intake import Survey


def surveyed(*given: str, others: Mapping[str, str] | None = None) -> Survey:
    """What texts say, which are `0.yaml`, `1.yaml` and so on, beside files by their paths."""

    def read(folder: str, name: str) -> tuple[str, str | Unread]:
        file = os.path.normpath(os.path.join(folder, name))
        text = (others or {}).get(file)
        return file, Unread("is not there", is_absent=True) if text is None else text

    return survey([(f"{number}.yaml", parse_foreign(text, "x")) for number, text in enumerate(given)], read)


def facts(found: Survey, service: str = "web") -> dict[str, str]:
    """What is said of a service, by the fact's name."""
    start = f"services.{service}."
    return {fact.path.removeprefix(start): fact.written for fact in found.facts if fact.path.startswith(start)}


def messages(found: Survey) -> list[str]:
    """What there is to tell, with the places."""
    return [f"{each.file}:{each.place.line}:{each.place.column}: {each.message}" for each in found.remarks]

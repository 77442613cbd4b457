"""What reports tell of facts, as Markdown and as a page."""

import re
from dataclasses import replace

import pytest

from archadvisor import load_workload
from archadvisor.engine.program import Program
from archadvisor.loading.prices import catalog_prices
from archadvisor.model.advice import Evidence
from archadvisor.model.dossier import Dossier
from archadvisor.model.place import Place
from archadvisor.rendering.dossier import dossier
from archadvisor.rendering.html import Pictures, html
from archadvisor.rendering.markdown import evidence
from archadvisor.workflows.check import advice_on, report
from archadvisor.workflows.cost import estimated

PLACE = Place(3, 1, 3, 9)

# Evidence -> how it is known, with its place and without.
KNOWN = [
    (Evidence("a", 1, "stated", place=PLACE), "line 3", "stated"),
    (Evidence("a", 1, "assumed"), "assumed", "assumed"),
    (Evidence("a", 1, "derived", ("b", "c"), PLACE), "line 3, derived from `b`, `c`", "derived from `b`, `c`"),
    (Evidence("a", 1, "derived", ("b",)), "derived from `b`", "derived from `b`"),
    (Evidence("a", 1, "derived", ("-",)), "derived", "derived"),
]


@pytest.fixture(scope="module")
def told(built_in: Program) -> Dossier:
    """The report on a workload of a service."""
    workload = load_workload({"version": 1, "name": "shop", "services": {"web": {"kind": "web"}}}, built_in)
    advice = advice_on(workload, built_in, deep=True)
    prices = catalog_prices(built_in.catalog, built_in.day)
    return dossier(report(built_in, (advice,)), workload, estimated(built_in, workload, advice, prices), ())


@pytest.mark.parametrize(("used", "placed", "alone"), KNOWN)
def test_how_a_fact_is_known_is_said_once(used: Evidence, placed: str, alone: str) -> None:
    assert evidence(used) == f"`a` is 1 ({placed})"
    assert evidence(used, places=False) == f"`a` is 1 ({alone})"


@pytest.mark.parametrize(("used", "placed", "alone"), KNOWN)
def test_a_page_says_it_once_as_well(told: Dossier, used: Evidence, placed: str, alone: str) -> None:
    chapter = told.chapters[0]
    answer = chapter.answers[0]
    grounds = (replace(answer.grounds[0], evidence=(used,)),)
    only = replace(told, chapters=(replace(chapter, answers=(replace(answer, grounds=grounds),)),))
    words = re.sub("<[^>]+>", "", html(only, Pictures("", "", "")))
    assert f"Evidence: a is 1 ({placed.replace('`', '')})\n" in words

"""The recommended architecture as a picture: what lies in AWS, and what does not."""

import re
from collections.abc import Mapping

import pytest

from archadvisor import advise, load_workload
from archadvisor.drawing.layout import layout
from archadvisor.engine.program import Program
from archadvisor.model.architecture import REGIONS, Architecture, Box, Layout
from archadvisor.rendering.mermaid import flowchart
from archadvisor.rendering.svg import described, label_sizes, sizes
from archadvisor.workflows.diagram import picture, recommended

Data = Mapping[str, object]
ON_PREMISES: Data = {"kind": "on_premises", "connected": True}
ANYWHERE: Data = {
    "location": ON_PREMISES,
    "kubernetes": {"required": False},
    "services": {
        "crunch": {"kind": "batch", "cpu": 8, "uses": {"secrets": ["mqtt"]}},
        "hmi": {"kind": "worker", "endpoints": {"panel": {"visibility": "internal", "through": "none"}}},
    },
    "secrets": {"mqtt": {"kind": "private_key"}},
}
HYBRID: Data = {
    "kubernetes": {"required": True},
    "services": {
        "mill": {"kind": "worker", "location": ON_PREMISES, "endpoints": {"own": {"through": "none"}}},
        "shop": {"kind": "web", "endpoints": {"door": {"through": "none"}}},
        "press": {"kind": "web", "location": ON_PREMISES, "endpoints": {"front": {"through": "alb"}}},
    },
}
STAFF: Data = {"who": "workforce", "to": "app", "identities": ["oidc"]}
SIGN_IN: Data = {
    "services": {"app": {"kind": "web", "calls": {"kafka": {}}}},
    "callers": {
        "staff": STAFF,
        "shoppers": {"who": "customers", "to": "app", "identities": ["own", "social"]},
    },
}
LARGE: Data = {
    "kubernetes": {"required": True},
    "services": {
        f"{name}{number}": {"kind": "worker", "endpoints": {"own": {"through": "none"}}, **place}
        for name, place in (("mill", {"location": ON_PREMISES}), ("shop", {}))
        for number in range(15)
    },
}

# What a workload says -> what of it is drawn outside of AWS, and some of what is drawn within.
PLACES: Mapping[str, tuple[Data, set[str], set[str]]] = {
    "servers under ECS": (
        ANYWHERE,
        {"crunch", "hmi", "Endpoint: panel", "Servers outside AWS: Amazon ECS Anywhere"},
        {"Amazon ECR", "mqtt"},
    ),
    "some nodes of EKS": (
        HYBRID,
        {"mill", "press", "Endpoint: own", "Servers outside AWS: Amazon EKS Hybrid Nodes"},
        {"shop", "Endpoint: door", "Application Load Balancer: front", "Amazon ECR"},
    ),
    "a provider of their own": (
        SIGN_IN,
        {"staff", "shoppers", "kafka", "The provider they have, used by the app itself"},
        {"Cognito user pool", "app", "Amazon ECR"},
    ),
    "many services": (
        LARGE,
        {"15 services", "Endpoint: 15 endpoints", "Servers outside AWS: Amazon EKS Hybrid Nodes"},
        {"15 services", "Endpoint: 15 endpoints", "Amazon ECR"},
    ),
}


def drawn(program: Program, stated: Data) -> Architecture:
    workload = load_workload({"version": 1, "name": "shop", "regions": ["eu-west-1"], **stated}, program)
    return recommended(program, workload, advise(workload, program))


def laid_out(found: Architecture) -> Layout:
    return layout(found, sizes(found), label_sizes(found))


def titles(found: Architecture) -> list[tuple[str, str]]:
    """Everything that has a place, as id and title."""
    nodes = (*found.nodes, *(node for group in found.groups for node in group.nodes))
    return [*((node.id, node.title) for node in nodes), *((group.id, group.title) for group in found.groups)]


def meets(one: Box, other: Box) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


@pytest.mark.parametrize("name", PLACES)
def test_what_is_not_in_aws_is_drawn_outside_of_its_frame(built_in: Program, name: str) -> None:
    stated, outside, within = PLACES[name]
    found = drawn(built_in, stated)
    boxes = laid_out(found).boxes
    met = {id: meets(boxes[id], boxes[REGIONS]) for id, _ in titles(found)}
    assert {title for id, title in titles(found) if not met[id]} == outside
    assert {title for id, title in titles(found) if met[id]} >= within


@pytest.mark.parametrize("name", PLACES)
def test_mermaid_draws_it_there_as_well(built_in: Program, name: str) -> None:
    stated, outside, within = PLACES[name]
    before, _, inner = flowchart(drawn(built_in, stated)).partition('\n  subgraph regions["AWS, eu-west-1"]\n')
    inside, _, arrows = inner.partition("\n  end\n")
    assert all(f'"{title}' in before for title in outside)
    assert all(f'"{title}' in inside for title in within)
    assert not re.search("subgraph|end$", arrows, re.MULTILINE)


def test_the_description_tells_it(built_in: Program) -> None:
    words = described(drawn(built_in, SIGN_IN))
    assert "Not in AWS: staff, The provider they have, used by the app itself, shoppers, kafka." in words


# Workloads of which there is little to draw: no arrows, nothing in AWS, nothing at all.
FEW: Mapping[str, tuple[Data, bool]] = {
    "no arrows": ({"secrets": {"password": {"kind": "token"}}}, True),
    "nothing in AWS": ({"callers": {"staff": STAFF}}, False),
    "nothing": ({}, False),
}


@pytest.mark.parametrize("name", FEW)
def test_little_is_drawn_as_well(built_in: Program, name: str) -> None:
    stated, has_frame = FEW[name]
    found = drawn(built_in, stated)
    assert ('class="frame"' in picture(found, standalone=True)) == has_frame
    assert ("subgraph" in flowchart(found)) == has_frame

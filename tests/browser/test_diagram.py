"""The diagram, as a browser shows it."""

from pathlib import Path

import pytest

from archadvisor.engine.program import Program
from archadvisor.model.architecture import Architecture, Flow, Group, Node
from archadvisor.workflows.diagram import picture
from tests.browser.conftest import Viewer
from tests.conftest import needs_browser

pytestmark = needs_browser
NAMES = ("web", "summary", "PAYMENTS-GATEWAY-PRODUCTION-EU", "m" * 40, "W" * 12, "a-service_with_a_long_name-and-more")
ESCAPED = """texts => texts.map(text => {
    const own = text.getBBox(), frame = text.matches('.frame + *, .group + *') ? text.previousElementSibling : null;
    const around = (frame ?? text.parentElement.querySelector('rect')).getBBox();
    const inside = around.x <= own.x && own.x + own.width <= around.x + around.width;
    return inside ? '' : text.textContent;
}).filter(Boolean)"""
"""The texts that are wider than their boxes and frames."""


def _framed(program: Program) -> list[str]:
    """What frames may be called: the options of what a service runs on, also under the name of an orchestrator."""
    decisions = [each for each in program.rulebook.decisions if each.id in ("packaging", "compute", "hosts")]
    titles = [option.title for decision in decisions for option in decision.options]
    return [*titles, *(f"Amazon ECS: {title}" for title in titles)]


@pytest.mark.parametrize("regions", ["AWS", "AWS, ap-southeast-1, eu-central-1, me-central-1, us-gov-west-1"])
def test_no_title_is_wider_than_what_it_stands_in(
    viewer: Viewer, built_in: Program, tmp_path: Path, regions: str
) -> None:
    groups = [Group(f"g{i}", title, (Node(f"s{i}", "service", "a"),)) for i, title in enumerate(_framed(built_in))]
    nodes = [Node(f"n{i}", "edge", name, name, elsewhere=i % 2 > 0) for i, name in enumerate(NAMES)]
    flows = [Flow("n0", group.id, "image", "images") for group in groups]
    found = Architecture("names", regions, tuple(nodes), tuple(groups), tuple(flows))
    file = tmp_path / "names.svg"
    file.write_text(picture(found, standalone=True), encoding="utf-8")
    page = viewer.open(file).page
    texts = page.locator("text.title, g text")
    assert texts.count() > 40
    assert texts.evaluate_all(ESCAPED) == []

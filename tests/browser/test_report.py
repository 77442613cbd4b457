"""The design report, as a browser shows it."""

import re
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]

from tests.browser.conftest import Viewer
from tests.conftest import needs_browser

pytestmark = needs_browser
NAMES = ("webshop", "hostile", "conflict", "large")


@pytest.mark.parametrize("name", NAMES)
def test_a_report_renders_in_silence_and_asks_for_nothing(viewer: Viewer, reports: dict[str, Path], name: str) -> None:
    looked = viewer.open(reports[name])
    assert looked.page.title() == f"Architecture of {name}"
    assert looked.said == []
    assert looked.asked == [reports[name].as_uri()]
    assert looked.page.locator("svg.diagram, svg.plot").count() == 2


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_to_complain_about(
    viewer: Viewer, reports: dict[str, Path], name: str, scheme: Literal["light", "dark"]
) -> None:
    results = Axe().run(viewer.open(reports[name], scheme=scheme).page)
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("name", NAMES)
def test_every_link_within_a_report_leads_somewhere(viewer: Viewer, reports: dict[str, Path], name: str) -> None:
    page = viewer.open(reports[name]).page
    targets = page.eval_on_selector_all("[id]", "found => found.map(each => each.id)")
    links = page.eval_on_selector_all("a", "found => found.map(each => each.getAttribute('href'))")
    assert len(targets) == len(set(targets))
    within = {link[1:] for link in links if link.startswith("#")}
    assert len(within) > 10
    assert within <= set(targets)
    assert all(urlsplit(link).scheme == "https" for link in links if not link.startswith("#"))


def test_evidence_leads_to_the_line_that_says_it(viewer: Viewer, reports: dict[str, Path]) -> None:
    page = viewer.open(reports["webshop"]).page
    link = page.locator(".evidence", has_text="services.storefront.traffic").locator("a[href^='#L']").first
    number = re.fullmatch(r"line (\d+)", link.inner_text())
    link.click()
    shown = page.locator(":target")
    assert number is not None
    assert shown.get_attribute("id") == f"L{number[1]}"
    assert shown.is_visible()
    assert shown.inner_text().strip()


def test_what_a_workload_says_comes_out_as_text(viewer: Viewer, reports: dict[str, Path]) -> None:
    looked = viewer.open(reports["hostile"])
    assert looked.page.locator("script").count() == 1
    assert looked.page.locator("img, iframe, b").count() == 0
    text = looked.page.locator("body").inner_text()
    for written in ('<script>alert("because")</script>', "{{ 7 * 7 }}", "{% raw %}", "</details>", "&amp;"):
        assert written in text
    assert "\u202e" not in text
    assert "hunter2" not in text
    assert "swordfish" not in text


def test_colours_follow_the_scheme_of_the_reader(viewer: Viewer, reports: dict[str, Path]) -> None:
    light, dark = (
        viewer.open(reports["webshop"], scheme=scheme).page.evaluate("getComputedStyle(document.body).backgroundColor")
        for scheme in ("light", "dark")
    )
    assert light == "rgb(255, 255, 255)"
    assert dark == "rgb(18, 23, 30)"


@pytest.mark.parametrize("width", [360, 800, 1600])
@pytest.mark.parametrize("name", ["webshop", "large"])
def test_no_page_is_wider_than_its_window(viewer: Viewer, reports: dict[str, Path], name: str, width: int) -> None:
    page = viewer.open(reports[name], width=width).page
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_scripts_everything_is_there(viewer: Viewer, reports: dict[str, Path]) -> None:
    page = viewer.open(reports["webshop"], scripts=False).page
    assert page.locator("details.answer[open]").count() == page.locator("details.answer").count() > 10
    assert page.locator(".tools, .copy").count() == 0


def test_a_filter_leaves_what_speaks_of_a_word(viewer: Viewer, reports: dict[str, Path]) -> None:
    page = viewer.open(reports["webshop"]).page
    page.get_by_label("Filter decisions").fill("fulfilment")
    rows = page.locator("table.filtered tbody tr:visible")
    assert 0 < rows.count() < page.locator("table.filtered tbody tr").count()
    assert all("fulfilment" in row.inner_text() for row in rows.all())
    assert page.locator("#sign_in").is_hidden()
    page.get_by_label("Filter decisions").fill("")
    assert page.locator("#sign_in").is_visible()


def test_answers_fold_and_unfold(viewer: Viewer, reports: dict[str, Path]) -> None:
    page = viewer.open(reports["webshop"]).page
    page.get_by_role("button", name="Fold all").click()
    assert page.locator("details[open]").count() == 0
    page.get_by_role("button", name="Unfold all").click()
    assert page.locator("details:not([open])").count() == 0


def test_150_services_stay_readable(viewer: Viewer, reports: dict[str, Path]) -> None:
    page = viewer.open(reports["large"]).page
    diagram = page.locator("svg.diagram").bounding_box()
    assert diagram is not None
    assert diagram["height"] < 900
    assert page.locator("svg.diagram .service").count() <= 12
    assert "services" in page.locator("svg.diagram .service text").first.text_content()  # type: ignore[operator]
    assert page.locator("table.filtered tbody tr").count() < 150


def test_print_shows_what_is_folded_and_no_tools(viewer: Viewer, reports: dict[str, Path]) -> None:
    page = viewer.open(reports["webshop"]).page
    page.emulate_media(media="print")
    assert page.locator("details.costs .formula").first.is_visible()
    assert page.locator("nav").is_hidden()
    assert page.locator(".tools").is_hidden()

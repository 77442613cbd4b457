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
PHONE = 360
RIGHTMOST = "found => found.map(each => each.getBoundingClientRect().right)"
FILLS = "found => found.map(each => getComputedStyle(each).fill)"


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


@pytest.mark.parametrize("name", ["webshop", "large"])
def test_axe_finds_nothing_on_a_phone(viewer: Viewer, reports: dict[str, Path], name: str) -> None:
    results = Axe().run(viewer.open(reports[name], width=PHONE).page)
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


def test_a_phone_shows_every_cell(viewer: Viewer, reports: dict[str, Path]) -> None:
    for name in NAMES:
        page = viewer.open(reports[name], width=PHONE).page
        for table in page.locator(".wide:has(table)").all():
            assert table.evaluate("found => found.scrollWidth - found.clientWidth") == 0, table.inner_text()
        cells = page.locator("table.filtered tbody td:not(:empty)").evaluate_all(RIGHTMOST)
        assert len(cells) > 20
        assert max(cells) <= PHONE


def test_a_phone_tells_the_summary_as_a_table(viewer: Viewer, reports: dict[str, Path]) -> None:
    table = viewer.open(reports["webshop"], width=PHONE).page.locator("table.filtered")
    heads = [each.text_content() for each in table.get_by_role("columnheader").all()]
    assert heads == ["Decision", "For", "Advice", "Verdict", "Lead"]
    row = table.get_by_role("row").filter(has=table.page.get_by_role("cell", name="orchestrator"))
    cells = [each.inner_text() for each in row.get_by_role("cell").all()]
    assert cells == ["orchestrator", "the workload", "Amazon ECS", "clear", "5"]


def test_a_diagram_that_is_too_wide_says_so_and_scrolls_by_keys(viewer: Viewer, reports: dict[str, Path]) -> None:
    page = viewer.open(reports["webshop"], width=PHONE).page
    assert page.locator(".hint").is_visible()
    region = page.get_by_role("region", name="Diagram of the architecture")
    region.focus()
    page.keyboard.press("End")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement.scrollLeft > 0")
    assert region.evaluate("found => getComputedStyle(found).backgroundImage").count("linear-gradient") == 4
    assert viewer.open(reports["webshop"]).page.locator(".hint").is_hidden()


@pytest.mark.parametrize(("width", "least"), [(PHONE, 8.0), (1280, 10.0)])
def test_the_words_of_a_plot_are_large_enough(
    viewer: Viewer, reports: dict[str, Path], width: int, least: float
) -> None:
    plot = viewer.open(reports["webshop"], width=width).page.locator("svg.plot")
    shown = plot.bounding_box()
    assert shown is not None
    assert shown["x"] + shown["width"] <= width
    assert 9 * shown["width"] / plot.evaluate("found => found.viewBox.baseVal.width") >= least


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


@pytest.mark.parametrize("word", ["runner", "on-demand", "guide-recommends", "packaging/services-and-jobs"])
@pytest.mark.parametrize("width", [PHONE, 1280])
def test_a_filter_leaves_the_rows_of_the_answers_it_leaves(
    viewer: Viewer, reports: dict[str, Path], word: str, width: int
) -> None:
    page = viewer.open(reports["webshop"], width=width).page
    page.get_by_label("Filter decisions").fill(word)
    rows = page.locator("table.filtered tbody tr:visible")
    answers = page.locator("details.answer:visible")
    every = page.locator("table.filtered tbody tr").count()
    assert 0 < rows.count() == answers.count() < every
    assert page.locator(".tools output").inner_text() == f"{rows.count()} of {every}"
    for row in rows.all():
        chapter = row.locator("a").get_attribute("href")
        assert page.locator(f"{chapter}").is_visible()


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


def test_a_link_to_a_chapter_is_copied_or_gone_to(viewer: Viewer, reports: dict[str, Path]) -> None:
    looked = viewer.open(reports["webshop"])
    looked.page.get_by_role("button", name="copy link to compute:").click()
    looked.page.wait_for_function("document.querySelector('#compute-title .copy').textContent !== 'copy link'")
    told = looked.page.locator("#compute-title .copy").inner_text()
    assert told == "copied" or (told == "in the address bar" and looked.page.url.endswith("#compute"))
    assert looked.said == []


def test_print_shows_what_is_filtered_away(viewer: Viewer, reports: dict[str, Path]) -> None:
    page = viewer.open(reports["webshop"]).page
    page.get_by_label("Filter decisions").fill("fulfilment")
    page.emulate_media(media="print")
    hidden = "table.filtered tr[hidden], .answer[hidden], .chapter[hidden]"
    assert page.locator(hidden).count() > 10
    assert all(each.is_visible() for each in page.locator(hidden).all())


def test_print_is_dark_on_light_in_any_scheme(viewer: Viewer, reports: dict[str, Path]) -> None:
    page = viewer.open(reports["webshop"], scheme="dark").page
    page.emulate_media(media="print")
    fills = page.locator("svg.diagram .frame, svg.diagram text").evaluate_all(FILLS)
    assert set(fills) == {"rgb(243, 245, 248)", "rgb(27, 36, 48)", "rgb(91, 103, 118)"}


def test_print_shows_what_is_folded_and_no_tools(viewer: Viewer, reports: dict[str, Path]) -> None:
    page = viewer.open(reports["webshop"]).page
    page.emulate_media(media="print")
    assert page.locator("details.costs .formula").first.is_visible()
    assert page.locator("nav").is_hidden()
    assert page.locator(".tools").is_hidden()

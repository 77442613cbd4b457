"""The report on a fleet, as a browser shows it."""

from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]

from benchmarks.workloads import write_workloads
from tests.browser.conftest import Viewer
from tests.cli.command import DAY, run
from tests.conftest import needs_browser

pytestmark = needs_browser
HOSTILE = "version: 1\nname: '<img src=x onerror=alert(1)>'\n"
"""Unusable, and told with its path, which is as odd."""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report on two teams and a file that cannot be used, with what has changed since a day."""
    folder = tmp_path_factory.mktemp("fleet")
    write_workloads(folder / "teams", 102)
    (folder / "teams" / "team-0001" / "<b>odd.workload.yaml").write_text(HOSTILE, encoding="utf-8")
    for out, day in (("now", DAY), ("then", "2025-01-01")):
        assert run("fleet", "teams", "--out", out, "--as-of", day, cwd=folder, cache=folder / "cache").status == 2
    options = ("--pack-from", "then", "--format", "html", "-o", "report.html")
    assert run("fleet", "report", "now", *options, cwd=folder, cache=folder / "cache").status == 0
    return folder / "report.html"


def test_the_page_renders_in_silence_and_asks_for_nothing(viewer: Viewer, page: Path) -> None:
    looked = viewer.open(page)
    assert (looked.said, looked.asked) == ([], [page.as_uri()])
    assert looked.page.locator("svg.plot").count() == 2
    assert looked.page.locator("img, b").count() == 0
    assert "<b>odd.workload.yaml" in looked.page.locator("body").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_to_complain_about(viewer: Viewer, page: Path, scheme: Literal["light", "dark"]) -> None:
    results = Axe().run(viewer.open(page, scheme=scheme).page)
    assert results.violations_count == 0, results.generate_report()


def test_what_scrolls_on_a_phone_is_named_and_takes_the_focus(viewer: Viewer, page: Path) -> None:
    shown = viewer.open(page, width=360).page
    scrolling = [
        each for each in shown.locator(".wide").all() if each.evaluate("it => it.scrollWidth > it.clientWidth")
    ]
    assert len(scrolling) > 3
    for each in scrolling:
        each.focus()
        assert each.evaluate("it => it === document.activeElement && it.ariaLabel.length > 5")
    results = Axe().run(shown)
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_is_not_wider_than_its_window(viewer: Viewer, page: Path, width: int) -> None:
    shown = viewer.open(page, width=width).page
    assert shown.evaluate("document.documentElement.scrollWidth") <= width

"""Pages in a real headless Chromium."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from archadvisor.engine.program import Program
from archadvisor.workflows.report import design_report
from tests.conftest import BROWSER

ROOT = Path(__file__).parents[2]
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync"]


@dataclass
class Looked:
    """A page, with what it said on the console and which addresses it asked for."""

    page: Page
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


@dataclass
class Viewer:
    """Opens files in a browser."""

    browser: Browser

    def open(
        self,
        file: Path,
        anchor: str = "",
        *,
        width: int = 1280,
        scheme: Literal["light", "dark"] = "light",
        scripts: bool = True,
    ) -> Looked:
        """A file, in a window and a colour scheme."""
        context = self.browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=scripts
        )
        page = context.new_page()
        looked = Looked(page)
        page.on("console", lambda message: looked.said.append(message.text))
        page.on("pageerror", lambda error: looked.said.append(str(error)))
        page.on("request", lambda request: looked.asked.append(request.url))
        page.goto(f"{file.as_uri()}{anchor}")
        return looked


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A browser for all tests."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def viewer(browser: Browser) -> Iterator[Viewer]:
    """What opens files for a test, and closes them behind it."""
    yield Viewer(browser)
    for context in browser.contexts:
        context.close()


@pytest.fixture(scope="session")
def reports(built_in: Program, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The reports on workloads, as pages: a common one, a hostile one, one with 150 services, one in conflict."""
    folder = tmp_path_factory.mktemp("reports")
    workloads = {
        "webshop": ROOT / "samples" / "webshop" / "workload.yaml",
        "hostile": Path(__file__).with_name("hostile.yaml"),
        "conflict": Path(__file__).with_name("conflict.yaml"),
        "large": folder / "large.yaml",
    }
    workloads["large"].write_text(_many(150), encoding="utf-8")
    made = {}
    for name, workload in workloads.items():
        made[name] = folder / f"{name}.html"
        made[name].write_bytes(design_report(built_in, str(workload), "html", str(made[name])))
    return made


def _many(number: int) -> str:
    services = [f"  service{each}: {{kind: {('web', 'worker', 'batch')[each % 3]}}}\n" for each in range(number)]
    return "version: 1\nname: large\nregions: [eu-west-1]\nservices:\n" + "".join(services)

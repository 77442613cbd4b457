"""What is generated is current: schemas, reference pages, golden reports of the samples."""

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def test_every_generated_file_is_as_it_would_be_made_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    generate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generate)
    files = dict(generate.generated())
    stale = [str(file) for file, text in files.items() if not file.exists() or file.read_text("utf-8") != text]
    assert stale == [], "run `make docs`"
    assert len(files) >= 34


def test_no_golden_report_is_left_of_a_sample_that_is_gone() -> None:
    samples = {file.parent.name for file in ROOT.glob("samples/*/workload.yaml")}
    assert {file.stem for file in ROOT.glob("tests/golden/*.*")} == {*samples, "outcomes"}
    assert len(samples) >= 9

import json
from pathlib import Path

from tests.cli.command import DAY, ROOT, run

HOUSE = str(ROOT / "docs" / "examples" / "house-pack")


def test_the_built_in_pack_verifies(tmp_path: Path) -> None:
    ran = run("rules", "verify", "--as-of", DAY, cwd=tmp_path, cache=tmp_path)
    assert ran.status == 0, ran.shown
    assert ran.out.splitlines()[-1].endswith("proved to have no defect")


def test_what_a_pack_has_wrong_is_told_with_a_workload_that_check_finds_in_conflict(tmp_path: Path) -> None:
    ran = run("rules", "verify", HOUSE, "--as-of", DAY, "--format", "json", cwd=tmp_path, cache=tmp_path)
    assert ran.status == 1, ran.err
    told = json.loads(ran.out)
    assert told["schema"] == "verification/1"
    assert told["standing"] == "refuted"
    witness = next(defect["witness"] for defect in told["defects"] if defect["kind"] == "conflict")
    (tmp_path / "witness.yaml").write_text(json.dumps(witness), encoding="utf-8")
    checked = run("check", "witness.yaml", "--pack", HOUSE, "--as-of", DAY, cwd=tmp_path, cache=tmp_path)
    assert checked.status == 1
    assert "conflict" in checked.out


def test_a_pack_may_be_given_as_elsewhere(tmp_path: Path) -> None:
    arguments = ("--as-of", DAY, "--format", "json")
    named = run("rules", "verify", HOUSE, *arguments, cwd=tmp_path, cache=tmp_path)
    for packs in (("--pack", HOUSE), (HOUSE, "--pack", HOUSE)):
        assert run("rules", "verify", *packs, *arguments, cwd=tmp_path, cache=tmp_path) == named


def test_a_pack_that_is_not_there_is_unusable(tmp_path: Path) -> None:
    ran = run("rules", "verify", "nowhere", cwd=tmp_path, cache=tmp_path)
    assert ran.status == 2
    assert "nowhere" in ran.err


def test_a_conflict_declared_for_no_decision_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text("pack: house\nversion: '1'\n", encoding="utf-8")
    text = "decision: nothing\nconflicts:\n  - {when: {service.gpus: 1}, because: no}\n"
    (tmp_path / "conflicts.yaml").write_text(text, encoding="utf-8")
    ran = run("rules", "verify", ".", cwd=tmp_path, cache=tmp_path)
    assert ran.status == 2
    assert "unknown decision `nothing`" in ran.err

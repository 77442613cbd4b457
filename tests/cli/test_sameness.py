"""The same input gives the same bytes, whatever the surroundings, the order of packs and the state of the cache."""

from pathlib import Path

import pytest

from tests.cli.command import DAY, Ran, run

ALL = ("noted.yaml", "mixed", "faulty.yaml", "warned.yaml")


@pytest.fixture(scope="module", params=["text", "json", "sarif", "markdown"])
def expected(request: pytest.FixtureRequest, folder: Path, cache: Path) -> tuple[str, Ran]:
    return request.param, everything(request.param, folder, cache)


def everything(form: str, folder: Path, cache: Path, **environment: str) -> Ran:
    packs = ("--pack", "pack", "--pack", "other")
    arguments = ("check", *ALL, *packs, "-v", "--format", form, "--as-of", DAY)
    return run(*arguments, cwd=folder, cache=cache, environment=environment)


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "1"},
        {"PYTHONHASHSEED": "4711"},
        {"LC_ALL": "C"},
        {"LC_ALL": "C.UTF-8", "TZ": "Asia/Tokyo"},
        {"PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii", "LANG": "de_DE"},
        {"NO_COLOR": "1"},
        {"PYTHONOPTIMIZE": "1", "PYTHONDONTWRITEBYTECODE": "1"},
    ],
    ids=str,
)
def test_the_surroundings_change_nothing(
    expected: tuple[str, Ran], folder: Path, cache: Path, environment: dict[str, str]
) -> None:
    form, ran = expected
    assert everything(form, folder, cache, **environment) == ran


def test_the_order_of_packs_changes_nothing(expected: tuple[str, Ran], folder: Path, cache: Path) -> None:
    form, ran = expected
    turned = ("--pack", "other", "--pack", "pack", "--pack", "other")
    again = run("check", *ALL, *turned, "-v", "--format", form, "--as-of", DAY, cwd=folder, cache=cache)
    assert again == ran


SPOILED = [
    b"", b"{", b"\xff\xfe", b"[]", b"null", b'"x"', b"[" * 100_000, b'{"key": "other", "data": []}',
    b'{"key": "KEY", "data": null}', b'{"key": "KEY", "data": 1}', b'{"key": "KEY", "data": [["Rulebook"], {}]}',
    b'{"key": "KEY", "data": ["()", {}]}', b'{"key": "KEY", "data": [["()"], {}]}',
    b'{"key": "KEY", "data": [[["x"], 1], {"a": [{}]}]}',
]  # fmt: skip


def test_a_spoiled_cache_changes_nothing(folder: Path, tmp_path: Path) -> None:
    arguments = ("check", "noted.yaml", "--as-of", DAY)
    ran = run(*arguments, cwd=folder, cache=tmp_path)
    (saved,) = (tmp_path / "archadvisor").glob("*.json")
    whole = saved.read_bytes()
    for content in (*SPOILED, whole[: len(whole) // 2]):
        saved.write_bytes(content.replace(b"KEY", saved.stem.encode()))
        assert run(*arguments, cwd=folder, cache=tmp_path) == ran
        assert saved.read_bytes() == whole


def test_a_cache_folder_that_cannot_be_had_changes_nothing(
    expected: tuple[str, Ran], folder: Path, tmp_path: Path
) -> None:
    form, ran = expected
    (tmp_path / "file").touch()
    (tmp_path / "open" / "archadvisor").mkdir(parents=True)
    (tmp_path / "open" / "archadvisor").chmod(0o777)
    (tmp_path / "shut").mkdir(mode=0o500)
    for name in ("file", "file/below", "open", "shut"):
        assert everything(form, folder, tmp_path / name) == ran
    assert not list((tmp_path / "open").rglob("*.json"))

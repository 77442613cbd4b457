"""What is saved in a cache folder comes back, and what cannot be saved leaves nothing behind."""

import os
from pathlib import Path

from archadvisor.storage.cache import file_name, load, save


def test_what_is_saved_comes_back_under_its_key_alone(tmp_path: Path) -> None:
    save("a", [1, "é"], str(tmp_path))
    assert (load("a", str(tmp_path)), load("b", str(tmp_path))) == ([1, "é"], None)


def test_a_write_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / file_name("a")).mkdir()
    save("a", 1, str(tmp_path))
    assert os.listdir(tmp_path) == [file_name("a")]

"""Files that archadvisor keeps for itself come back as they were written, and broken ones are told."""

from pathlib import Path

import pytest

from archadvisor.errors import UnreadableInput
from archadvisor.loading.baseline import read_baseline
from archadvisor.loading.document import MOST_NODES
from archadvisor.loading.records import LARGEST
from archadvisor.model.baseline import Entry
from archadvisor.rendering.records import baseline_json
from archadvisor.workflows.records import save_record

NAME = "0123456789abcdef0123456789abcdef"
ENTRY = f'{{"rule": "a/b", "subject": null, "message": "m", "fingerprint": "{NAME}", "count": 1}}'
BROKEN = [
    (b"", "not valid JSON", (1, 1)),
    (b"{", "not valid JSON", (1, 2)),
    (b'{"schema": "baseline/1",\n "files": {},}', "not valid JSON", (2, 14)),
    (b"schema: baseline/1\nfiles: {}\n", "not valid JSON", (1, 1)),
    (b"\xff", "not UTF-8", (1, 1)),
    (b"[" * 100_000, "nested too deeply", (1, 1)),
    (b"[]", "expected a mapping, found a list", (1, 1)),
    (b"{}", "the key `schema` is missing", (1, 1)),
    (b'{"schema": "baseline/2", "files": {}}', "expected `baseline/1`, found `baseline/2`", (1, 12)),
    (b'{"schema": "baseline/1", "file": {}}', "unknown key `file`", (1, 26)),
    (b'{"schema": "baseline/1", "files": []}', "expected a mapping", (1, 35)),
    (b'{"schema": "baseline/1", "files": {"a": [{}]}}', "the key `rule` is missing", (1, 42)),
    (b'{"schema": "baseline/1", "files": {"a": [], "a": []}}', "the key `a` appears twice", (1, 45)),
    (ENTRY.replace("1}", "0}"), "expected a number of at least 1, found `0`", None),
    (ENTRY.replace("1}", '"1"}'), "expected a whole number", None),
    (ENTRY.replace("1}", "9" * 5000 + "}"), "expected a whole number", None),
    (ENTRY.replace("0123", "xyz"), "expected a fingerprint of 32", None),
    (ENTRY.replace('"a/b"', "1"), "expected the id of a rule", None),
    (ENTRY.replace("null", "[]"), "expected", None),
]


@pytest.mark.parametrize(("content", "message", "place"), BROKEN)
def test_a_broken_one_is_told_with_its_place(
    tmp_path: Path, content: bytes | str, message: str, place: tuple[int, int] | None
) -> None:
    file = tmp_path / "baseline.json"
    whole = (
        content if isinstance(content, bytes) else f'{{"schema": "baseline/1", "files": {{"x": [{content}]}}}}'.encode()
    )
    file.write_bytes(whole)
    with pytest.raises(UnreadableInput) as caught:
        read_baseline(str(file))
    (found,) = [each for each in caught.value.diagnostics if message in each.message]
    assert found.place is not None
    assert place in (None, (found.place.line, found.place.column))


def test_a_baseline_may_be_far_larger_than_a_workload(tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    files = ", ".join(f'"{number}": []' for number in range(MOST_NODES // 2 + 1))
    file.write_text(f'{{"schema": "baseline/1", "files": {{{files}}}}}')
    assert len(read_baseline(str(file))) == MOST_NODES // 2 + 1


def test_what_could_not_be_read_again_is_neither_written_nor_read(tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    with pytest.raises(UnreadableInput, match="would be larger than 32 MiB"):
        save_record(str(file), " " * (LARGEST + 1))
    assert not file.exists()
    file.write_bytes(b" " * (LARGEST + 1))
    with pytest.raises(UnreadableInput, match="is larger than 32 MiB"):
        read_baseline(str(file))


ODD = [
    "é日本",
    "𝒳 \U000e0001",
    "a\u2028b\u2029c\x85d",
    "\x7f\ufeff\uffff\ufffe\xad",
    '"\\/\n\t',
    "#: - x",
    "~",
    "1",
    "",
]


@pytest.mark.parametrize("text", ODD, ids=ascii)
def test_what_was_written_comes_back(tmp_path: Path, text: str) -> None:
    file = tmp_path / "baseline.json"
    known = {f"x{text}": (Entry("a/b", text, text, NAME, 2),)}
    file.write_text(baseline_json(known), encoding="utf-8", newline="")
    assert read_baseline(str(file)) == known


def test_it_is_sorted_and_leaves_out_what_is_empty() -> None:
    entry = Entry("a/b", None, "m", NAME, 1)
    assert baseline_json({"b": (entry,), "a": (entry,), "c": ()}) == baseline_json({"a": (entry,), "b": (entry,)})


def test_what_is_no_text_is_kept_as_a_question_mark() -> None:
    assert '"x?"' in baseline_json({"x\udcff": (Entry("a/b", None, "m", NAME, 1),)})

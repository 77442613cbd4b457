"""YAML documents: their values, the places of everything in them, and what is refused."""

import time
from collections.abc import Iterator
from itertools import pairwise

import pytest
import yaml
from hypothesis import example, given
from ruamel.yaml import YAML

from archadvisor.errors import UnreadableInput
from archadvisor.loading.document import DEEPEST, MOST_NODES, parse
from archadvisor.loading.node import Mapping, plain
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.place import Place
from tests.loading.documents import TABS, Document, documents, scalars, slice_of


@pytest.fixture(params=["libyaml", "pure Python"], scope="module", autouse=True)
def parser(request: pytest.FixtureRequest) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml, "__with_libyaml__", request.param == "libyaml")
        yield request.param


def problems(text: str) -> tuple[Diagnostic, ...]:
    try:
        parse(text, "file.yaml")
    except UnreadableInput as refusal:
        return refusal.diagnostics
    return ()


def refused(text: str) -> tuple[Diagnostic, ...]:
    found = problems(text)
    assert found
    return found


def only(text: str) -> tuple[str, tuple[int, ...] | None, str | None]:
    (found,) = refused(text)
    return found.message, found.place and tuple(found.place[:4]), found.hint


@given(documents())
def test_a_document_has_the_value_that_was_written_and_that_another_parser_reads(document: Document) -> None:
    value = plain(parse(document.text, "file.yaml"))
    assert repr(value) == repr(document.value)
    assert repr(value) == repr(plain_of(YAML(typ="safe", pure=True).load(document.text)))


def plain_of(value: object) -> object:
    """A ruamel value without its classes."""
    match value:
        case dict():
            return {str(key): plain_of(item) for key, item in value.items()}
        case list():
            return [plain_of(item) for item in value]
    return value


@given(documents())
@example(Document("a: &x foo\r\nb: *x\r\n", None))
@example(Document("a: &x |\r\n   foo\r\n   bar\r\n\r\n\r\nb: 1", None))
@example(Document("a: 'one\n  two'\nb: \"x\\\n  y\"\nc: one\n  two\n", None))
@example(Document("- >-\n  folded\n  text\n\n- !!str &b 12\n- &c !!str 12 # x\n- 漢字 # y", None))
@example(Document("{'a': [\"b\", c], 😀: &x  👩‍💻 d}", None))
@example(Document("? complex\n: value\n", None))
def test_the_source_at_the_place_of_a_scalar_reads_as_its_value(document: Document) -> None:
    for scalar in scalars(parse(document.text, "file.yaml")):
        found = slice_of(document.text, scalar.place)
        if not found:
            assert scalar.written == ""
        else:
            assert plain_text(found) == scalar.written
            assert found.strip() == found


@given(documents())
def test_places_follow_each_other_in_the_order_of_the_file(document: Document) -> None:
    places = [scalar.place for scalar in scalars(parse(document.text, "file.yaml"))]
    for before, after in pairwise(places):
        assert (before.line, before.column) <= (before.end_line, before.end_column) <= (after.line, after.column)


@pytest.mark.parametrize(
    ("text", "written", "place"),
    [
        ("a: 'b\tc'  ", "b\tc", (1, 4, 1, 9)),
        ("a: 😀 b", "😀 b", (1, 4, 1, 7)),
        ("😀: {漢: [x]}", "x", (1, 9, 1, 10)),
        ("a: 1\r\nb: [2,\r\n 3]\r\n", "3", (3, 2, 3, 3)),
        ("a: \"x\n  y\"\n", "x y", (1, 4, 2, 5)),
        ("a: |\n  x\n  y\n\n\nb: [2]\n", "x\ny\n", (1, 4, 3, 4)),
        ("a: &x # why\n  value", "value", (2, 3, 2, 8)),
        ("a: &x 'v'\nb: *x\n", "v", (1, 7, 1, 10)),
        ("a: ''", "", (1, 4, 1, 6)),
        ("a:\nb: 1", "", (1, 3, 1, 3)),
    ],
)  # fmt: skip
def test_a_place_is_exact(text: str, written: str, place: tuple[int, ...]) -> None:
    assert (written, place) in [
        (scalar.written, tuple(scalar.place[:4])) for scalar in scalars(parse(text, "file.yaml"))
    ]


@given(documents(TABS))
@example(Document("a:\t\tb c\t# x", {"a": "b c"}))
@example(Document("a: [1,\t2]\t", {"a": [1, 2]}))
def test_tabs_between_values_are_blanks_where_the_parser_of_libyaml_is_there(parser: str, document: Document) -> None:
    if parser == "pure Python":
        assert all("a tab" in problem.message and problem.place for problem in problems(document.text))
        return
    root = parse(document.text, "file.yaml")
    assert repr(plain(root)) == repr(document.value)
    for scalar in scalars(root):
        found = slice_of(document.text, scalar.place)
        assert found.strip() == found
        assert scalar.written == (plain_text(found) if found else "")


def plain_text(found: str) -> str:
    (again,) = scalars(parse(f"{found}\n", "slice"))
    return again.written


def test_a_collection_ends_behind_its_last_value() -> None:
    root = parse("a:\n  - x\n  - yy\n\n# c\nb: [1,\n  2]\n", "file.yaml")
    assert isinstance(root, Mapping)
    assert root.place == Place(1, 1, 7, 5)
    assert root.items["a"][1].place == Place(2, 3, 3, 7)
    assert root.items["b"][1].place == Place(6, 4, 7, 5)


@pytest.mark.parametrize("text", ["a: &x foo\u00a0\nb: 1", "a: |\n  foo\u00a0\nb: 1"])
def test_a_no_break_space_is_part_of_a_value(text: str) -> None:
    first = scalars(parse(text, "file.yaml"))[1]
    assert slice_of(text, first.place).endswith("\u00a0")


def test_the_place_of_a_value_leaves_out_a_verbatim_tag() -> None:
    text = "a: !<tag:yaml.org,2002:str> 1"
    assert slice_of(text, scalars(parse(text, "file.yaml"))[1].place) == "1"


def test_the_tag_of_no_type_makes_text() -> None:
    assert plain(parse("a: ! '1'", "file.yaml")) == {"a": "1"}


def test_a_value_by_alias_has_the_place_of_its_anchor() -> None:
    root = parse("a: &x {k: v}\nb: *x\n", "file.yaml")
    assert plain(root) == {"a": {"k": "v"}, "b": {"k": "v"}}
    assert [tuple(scalar.place[:4]) for scalar in scalars(root) if scalar.written == "v"] == [(1, 11, 1, 12)] * 2


def test_a_duplicate_key_is_refused_with_both_places() -> None:
    (found,) = refused("a: 1\nb: 2\n'a': 3\n")
    assert found.message == "the key `a` appears twice"
    assert found.place == Place(3, 1, 3, 4)
    assert found.related == (("first here", Place(1, 1, 1, 2)),)
    assert found.hint == "keep one of them"


def test_every_duplicate_key_is_told_at_any_depth() -> None:
    found = refused("a: {x: 1, x: 2}\nb:\n  - c: 1\n    c: 2\nb: 3\n")
    assert [(diagnostic.message, diagnostic.place and diagnostic.place[:2]) for diagnostic in found] == [
        ("the key `x` appears twice", (1, 11)),
        ("the key `c` appears twice", (4, 5)),
        ("the key `b` appears twice", (5, 1)),
    ]


APART = "put each in a file of its own"
REFUSED = [
    ("a: 1\n---\nb: 2\n", "the file holds more than one document", (2, 1), APART),
    ("a: 1\n...\n---\nb: 2\n", "the file holds more than one document", (3, 1), APART),
    ("", "the file is empty", (1, 1), "a workload needs at least `version: 1` and a `name`"),
    ("# only this\n", "the file is empty", (1, 1), "a workload needs at least `version: 1` and a `name`"),
    ("a: *x\n", "an alias has no anchor before it", (1, 4), "quote the value if the `*` belongs to it"),
    ("a: &x [1, *x]\n", "an alias refers to what contains it", (1, 11), "quote the value if the `*` belongs to it"),
    ("&x {a: *x}\n", "an alias refers to what contains it", (1, 8), "quote the value if the `*` belongs to it"),
    ("a: !local x\n", "tags are not supported here", (1, 11), "write the plain value"),
    ("a: !!int '1'\n", "tags are not supported here", (1, 10), "write the plain value"),
    ("a: !!python/object/apply:os.system [id]\n", "tags are not supported here", (1, 4), "write the plain value"),
    ("a: !!set {b: }\n", "tags are not supported here", (1, 4), "write the plain value"),
    ("b: {c: 1}\na:\n  <<: {d: 2}\n", "merge keys (`<<`) are not part of YAML 1.2", (3, 3), "write the keys out"),
    ("[a, b]: c\n", "a key must be a single word", (1, 1), None),
    ("? {a: b}\n: c\n", "a key must be a single word", (1, 3), None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message", "start", "hint"), REFUSED)
def test_what_is_not_taken_is_refused(text: str, message: str, start: tuple[int, int], hint: str | None) -> None:
    (found,) = refused(text)
    assert found.place is not None
    assert (found.message, found.place[:2], found.hint) == (message, start, hint)


SYNTAX = [
    ("a: [1, 2\n", 1, 4, "a `[` is opened here and not closed"),
    ("a: 1\nb: {c: 1\nd: 2\n", 2, 4, "a `{` is opened here and not closed"),
    ("a:\n\t- 1\n", 2, 1, "a tab stands where YAML takes spaces alone"),
    ("\ta: 1\n", 1, 1, "a tab stands where YAML takes spaces alone"),
    ("a: 1\n b: 2\n", 2, 3, "a `:` cannot stand here"),
    ("a:\n  b: 1\n c: 2\n", 3, 2, "the line is indented as none of those it belongs to"),
    ("a: 'x\nb: 1\n", 1, 4, "a quote is opened here and never closed"),
    ("a: b: c\n", 1, 5, "a `:` cannot stand here"),
    ("a: @x\n", 1, 4, "a text cannot begin with `@`"),
    ('a: "b" c\n', 1, 8, "text follows a value that has ended"),
    ("}\n", 1, 1, "expected a value here"),
    ("- a\nb: 1\n", 2, 1, "expected an item that begins with `-`, as those above it do"),
]


@pytest.mark.parametrize(("text", "line", "column", "said"), SYNTAX)
def test_a_syntax_error_is_told_with_its_place(text: str, line: int, column: int, said: str) -> None:
    message, place, _ = only(text)
    assert message == f"the file is not valid YAML: {said}"
    assert place is not None
    assert place[:2] == (line, column)


@pytest.mark.parametrize("character", ["\0", "\x07", "\x1b", "\ufffe", "\x7f"])
def test_control_characters_are_no_yaml_text(character: str) -> None:
    (found,) = refused(f"a: 1\nb: x{character}y\n")
    assert found.message == f"the file is not YAML text: a control character (U+{ord(character):04X}) is not allowed"
    assert found.place is not None
    assert found.place[:2] == (2, 5)


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "[{a: "])
def test_a_hundred_thousand_nested_collections_are_a_clean_error_at_once(opening: str) -> None:
    started = time.perf_counter()
    message, _, _ = only(opening * 100_000)
    assert message == f"the file is nested deeper than {DEEPEST} levels"
    assert time.perf_counter() - started < 2


def test_nesting_up_to_the_limit_is_read() -> None:
    assert parse("[" * DEEPEST + "]" * DEEPEST, "file.yaml")
    assert only("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1))[1] == (1, DEEPEST + 1, 1, DEEPEST + 2)


def test_aliases_that_multiply_are_bounded() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    started = time.perf_counter()
    message, place, _ = only("\n".join(lines))
    assert message == f"the file holds more than {MOST_NODES} values, aliases expanded"
    assert place is not None
    assert time.perf_counter() - started < 2


def test_the_number_of_values_is_bounded(parser: str) -> None:
    if parser == "pure Python":
        pytest.skip("the bound is the builder's, and the events are slow to come by here")
    assert only("[" + "1," * MOST_NODES + "]")[0] == f"the file holds more than {MOST_NODES} values, aliases expanded"
    assert len(scalars(parse("[" + "1," * (MOST_NODES - 1) + "]", "file.yaml"))) == MOST_NODES - 1


@given(documents())
def test_a_document_cut_anywhere_is_read_or_refused_with_a_place(document: Document) -> None:
    for end in range(0, len(document.text), 1 + len(document.text) // 8):
        assert all(problem.place is not None for problem in problems(document.text[:end]))

"""Comments are read from the gaps between nodes, and each stands for what begins on its line, else for what is next."""

import pytest

from archadvisor.loading.comments import comments
from archadvisor.loading.document import parse

# A text -> its comments with `!`, each as (line, column, the lines for which it stands).
CASES: dict[str, tuple[str, list[tuple[int, int, tuple[int, ...]]]]] = {
    "behind a value": ("a: 1 #!\nb: 2\n", [(1, 6, (1,))]),
    "above a key": ("a: 1\n#!\nb: 2\n", [(2, 1, (3,))]),
    "above a key, with lines between": ("#!\n\n# other\n\nb: 2\n", [(1, 1, (5,))]),
    "two above one key": ("#!\n#!\nb: 2\n", [(1, 1, (3,)), (2, 1, (3,))]),
    "behind the last value of a block, deeper": ("a:\n  x: 1\n  #!\nb: 2\n", [(3, 3, (4,))]),
    "behind a key of a mapping": ("a: #!\n  b: 1\n", [(1, 4, (1,))]),
    "behind a key with its value below": ("a: #!\n  1\nb: 2\n", [(1, 4, (1, 2))]),
    "between a key and its value": ("a:\n  #!\n  1\n", [(2, 3, (3,))]),
    "behind a key of a list": ("a: #!\n  - 1\n  - 2\n", [(1, 4, (1, 2))]),
    "behind a list item": ("a:\n  - 1\n  - 2 #!\n", [(3, 7, (3,))]),
    "behind a dash": ("a:\n  - 1\n  - #!\n    x: 1\n", [(3, 5, (4,))]),
    "in single quotes": ("a: 'x #! y'\n", []),
    "in double quotes": ('a: "x #! y"\n', []),
    "in double quotes over lines": ('a: "x\n  #! y"\n', []),
    "behind double quotes": ('a: "x # y" #!\n', [(1, 12, (1,))]),
    "behind quotes that began above": ('a: "x\n  y" #!\nb: 1\n', [(2, 6, ())]),
    "in a key in quotes": ('"a #!": 1\n', []),
    "in a plain value, which needs a space": ("a: x#! y\n", []),
    "in a plain value over lines": ("a: x\n  y#!\n", []),
    "behind a plain value over lines": ("a: x\n  y #!\nb: 1\n", [(2, 5, ())]),
    "in a literal block": ("a: |\n  x\n  #! y\n  # z\nb: 1\n", []),
    "in a folded block": ("a: >-\n  x #! y\n", []),
    "in a block at the end of the file": ("a: |\n  #!", []),
    "behind the sign of a block": ("a: |2- #!\n   #! x\nb: 1\n", [(1, 8, (1,))]),
    "behind a block, at less indent": ("a: |\n   x\n #!\nb: 1\n", [(3, 2, (4,))]),
    "behind a block with its blank lines": ("a: |+\n  x\n\n#!\nb: 1\n", [(4, 1, (5,))]),
    "behind a flow list": ("a: [1, 2] #!\n", [(1, 11, (1,))]),
    "in a flow list over lines": ("a: [ #!\n  1, #!\n  #!\n  2\n]\nb: 1\n", [(1, 6, (1,)), (2, 6, (2,)), (3, 3, (4,))]),
    "behind the end of a flow list that began above": ("a: [\n  1\n] #!\nb: 1\n", [(3, 3, ())]),
    "before the end of a flow list": ("a: [\n  1\n  #!\n]\nb: 1\n", [(3, 3, (5,))]),
    "in a flow mapping": ("{a: 1, #!\n b: 2}\n", [(1, 8, (1,))]),
    "in quotes in a flow list": ("a: ['#!', \"#!\", x#!]\n", []),
    "behind an anchor": ("a: &x #!\n  1\n", [(1, 7, (1, 2))]),
    "behind an anchor, on its own line": ("a: &x\n  #!\n  1\nb: 2\n", [(2, 3, (4,))]),
    "behind an anchor of a mapping": ("a: &x #!\n  b: 1\n", [(1, 7, (1,))]),
    "behind an anchor and a tag": ("a: &x !!str #!\n  1\n", [(1, 13, (1, 2))]),
    "behind an anchor and the sign of a block": ("a: &x | #!\n  #! y\n", [(1, 9, (1,))]),
    "behind an alias": ("a: &x 1\nb: *x #!\n", [(2, 7, (2,))]),
    "behind nothing": ("a: #!\nb: 1\n", [(1, 4, (1,))]),
    "with Windows line ends": ("a: 1 #!\r\n#!\r\nb: 'x\r\n  #!'\r\n", [(1, 6, (1,)), (2, 1, (3,))]),
    "with old Macintosh line ends": ("a: 1 #!\r#!\rb: 2\r", [(1, 6, (1,)), (2, 1, (3,))]),
    "with Unicode line ends": ("a: 1 #!\u2028b: 2 #!\x85c: 3\n", [(1, 6, (1,)), (2, 6, (2,))]),
    "behind tabs": ("a: 1\t#!\nb: [\n\t#!\n\t2]\n", [(1, 6, (1,)), (3, 2, (4,))]),
    "behind wide characters": ("a: 日本 𝒳é #!\nb: '日 #!' #!\n", [(1, 10, (1,)), (2, 11, (2,))]),
    "before a document": ("%YAML 1.2\n#!\n--- #!\na: 1\n", [(2, 1, (4,)), (3, 5, (4,))]),
    "behind a document": ("a: 1\n...\n#!\n", [(3, 1, ())]),
    "at the end": ("a: 1\n#!", [(2, 1, ())]),
    "behind a key asked for": ("? a #!\n: 1 #!\n", [(1, 5, (1, 2)), (2, 5, (2,))]),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_comment_is_found_where_it_is_one_and_stands_for_one_thing(name: str) -> None:
    text, expected = CASES[name]
    found = comments(text, parse(text, "x.yaml"))
    assert [(each.line, each.column, each.stands_for) for each in found if "!" in each.text] == expected

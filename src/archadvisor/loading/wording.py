"""How a diagnostic names what was expected."""

from collections.abc import Iterable, Sequence

_MOST_COMPARED = 5


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like a misspelled one, or None where none is near."""
    import difflib

    by_lower = {name.lower(): name for name in sorted(known, reverse=True)}
    close = difflib.get_close_matches(word.lower(), by_lower, n=_MOST_COMPARED, cutoff=0.6)
    return by_lower[min(close, key=lambda name: _slips(word.lower(), name))] if close else None


def _slips(word: str, other: str) -> int:
    """How many letters are left out, added, mistaken for another, or changed places with the next one."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for at, letter in enumerate(word, 1):
        row = [at]
        for to, wanted in enumerate(other, 1):
            fewest = min(last[to] + 1, row[-1] + 1, last[to - 1] + (letter != wanted))
            swapped = at > 1 and to > 1 and letter == other[to - 2] != wanted == word[at - 2]
            row.append(min(fewest, before[to - 2] + 1) if swapped else fewest)
        before, last = last, row
    return last[-1]


def listed(words: Sequence[str], joint: str = "or") -> str:
    """Words as a person lists them: `a`, `b` or `c`; a long list is cut."""
    if len(words) > 12:
        return listed([*words[:11], f"{len(words) - 11} more"], joint)
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {joint} {words[-1]}"


def suggestion(word: str, known: Sequence[str]) -> str:
    """A hint for a word that is none of the known ones."""
    close = nearest(word, known)
    return f"did you mean `{close}`?" if close else f"expected {listed([f'`{name}`' for name in known])}"


def near_names(word: str, known: Iterable[str]) -> str | None:
    """The known names most like a misspelled one, as a hint, or None where none is near."""
    import difflib

    close = difflib.get_close_matches(word, sorted(known), n=3, cutoff=0.5)
    return f"did you mean {listed([f'`{name}`' for name in close])}?" if close else None

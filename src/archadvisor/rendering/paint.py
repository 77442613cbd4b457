"""Colours and links for a terminal, and text folded to its width."""

from collections.abc import Iterator

from archadvisor.model.frozen import dataclass
from archadvisor.model.rule import Severity

_CODES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "blue": "34", "cyan": "36"}
SEVERITY_COLOURS: dict[Severity, str] = {"error": "red", "warning": "yellow", "note": "cyan"}


@dataclass(frozen=True, slots=True)
class Paper:
    """What text is put on: its width in columns, and whether it shows colours and links."""

    width: int = 80
    colours: bool = False
    links_from: str | None = None
    """The folder that links to files start from; None where links are not shown."""

    def paint(self, text: str, *styles: str) -> str:
        """The text in some styles, where colours are shown."""
        if not self.colours or not styles:
            return text
        return f"\x1b[{';'.join(_CODES[style] for style in styles)}m{text}\x1b[0m"

    def link(self, text: str, url: str | None) -> str:
        """The text as a link, where links are shown and there is something to link to."""
        if self.links_from is None or url is None:
            return text
        return f"\x1b]8;;{printable(url)}\x1b\\{text}\x1b]8;;\x1b\\"

    def link_to_file(self, text: str, file: str) -> str:
        """The text as a link to a file."""
        if self.links_from is None:
            return text
        from archadvisor.rendering.address import file_url

        return self.link(text, file_url(file, self.links_from))


def folded(text: str, width: int, first: str = "", rest: str = "") -> Iterator[str]:
    """Lines of at most `width` columns where words allow: the first begins with `first`, the others with `rest`."""
    words = printable(text).split()
    whole = first + " ".join(words)
    measured = len if whole.isascii() and rest.isascii() else columns
    if measured(whole) <= width:
        yield whole
        return
    line, taken, empty = first, measured(first), True
    for word in words:
        wide = measured(word)
        if not empty and taken + 1 + wide > width:
            yield line
            line, taken, empty = rest, measured(rest), True
        line += word if empty else f" {word}"
        taken += wide if empty else wide + 1
        empty = False
    yield line


def printable(text: str) -> str:
    """A text without characters that would act on a terminal or turn its direction."""
    return text if text.isprintable() else "".join(c if c.isprintable() else "�" for c in text)


def columns(text: str) -> int:
    """How many columns a terminal gives to a text; wide characters take two."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def counted(number: int, word: str) -> str:
    """A number of things: `1 rule`, `2 rules`."""
    return f"{number} {word}{'' if number == 1 else 's'}"


def cut(text: str, width: int) -> str:
    """A text of at most `width` columns; what is cut off shows as `…`."""
    return text if columns(text) <= width else f"{parted(text, width - 1)[0]}…"


def parted(text: str, width: int) -> tuple[str, str]:
    """As much of a text as `width` columns hold, and the rest."""
    taken = 0
    for end, character in enumerate(text):
        taken += columns(character)
        if taken > width:
            return text[:end], text[end:]
    return text, ""

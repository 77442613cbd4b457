"""A place in a file as a compiler shows it: the line, and carets under what is meant."""

from collections.abc import Iterator, Sequence

from archadvisor.model.place import Place
from archadvisor.rendering.paint import Paper, columns, cut, parted, printable

_TAB = "    "


def frame(file: str, place: Place | None, lines: Sequence[str], paper: Paper, colour: str) -> Iterator[str]:
    """The lines of a frame: where, then the source line with carets below; the latter only where it is known."""
    if place is None:
        yield f"  {paper.paint('-->', 'blue')} {paper.link_to_file(printable(file), file)}"
        return
    number = str(place.line)
    gutter = " " * len(number)
    where = paper.link_to_file(f"{printable(file)}:{place.line}:{place.column}", file)
    yield f"{gutter} {paper.paint('-->', 'blue')} {where}"
    if place.line > len(lines):
        return
    line = lines[place.line - 1]
    before, marked = line[: place.column - 1], _marked(line, place)
    text, indent, carets = _cut(
        before.replace("\t", _TAB),
        marked.replace("\t", _TAB),
        line[len(before) + len(marked) :].replace("\t", _TAB),
        paper.width - len(number) - 3,
    )
    bar = paper.paint("|", "blue")
    yield f"{gutter} {bar}"
    yield f"{paper.paint(number, 'blue')} {bar} {printable(text)}"
    yield f"{gutter} {bar} {' ' * indent}{paper.paint('^' * carets, colour)}"


def _marked(line: str, place: Place) -> str:
    """What of a line lies in a place; at least the character it starts with."""
    end = place.end_column - 1 if place.end_line == place.line else len(line)
    return line[place.column - 1 : max(end, place.column)].rstrip()


def _cut(before: str, marked: str, after: str, width: int) -> tuple[str, int, int]:
    """A line cut to a width around what is marked, with the indent and length of the carets in columns."""
    start = max(0, columns(before) + min(columns(marked), width // 2) - width)
    shown = f"…{_end(before, columns(before) - start - 1)}" if start else before
    carets = max(1, min(columns(marked), width - columns(shown)))
    return cut(shown + marked + after, width), columns(shown), carets


def _end(text: str, width: int) -> str:
    """As much of the end of a text as `width` columns hold."""
    return parted(text[::-1], width)[0][::-1]

"""Where a file is, as other tools want to be told: relative to a folder, or as a URI."""

from urllib.parse import quote


def relative(file: str, folder: str) -> str:
    """The path of a file from a folder, with `/` and no dots; absolute where the file lies elsewhere."""
    path, base = _slashed(file, folder), _slashed(folder, folder)
    if _is_absolute(path) and not base:
        return path
    start = _names(base)
    names = _names(path if _is_absolute(path) else f"{base}/{path}")
    if names[: len(start)] == start:
        return "/".join(names[len(start) :]) or "."
    absolute = "/".join(names)
    return absolute if _is_absolute(absolute) else f"/{absolute}"


def uri(path: str) -> str:
    """A relative path as a relative URI, an absolute one as a `file:` URI."""
    if _is_absolute(path):
        return f"file:///{quote(path.lstrip('/'), safe='/:', errors='surrogateescape')}"
    return quote(path, safe="/", errors="surrogateescape")


def file_url(file: str, folder: str) -> str:
    """The `file:` URL of a file that is named from a folder."""
    path = relative(file, folder)
    return uri(path if _is_absolute(path) else f"{_slashed(folder, folder)}/{path}")


def _slashed(path: str, folder: str) -> str:
    """A path with `/` between its names, where the folder shows that it is one of Windows."""
    return path.replace("\\", "/") if "\\" in folder else path


def _is_absolute(path: str) -> bool:
    return path.startswith("/") or path[1:3] == ":/"


def _names(path: str) -> list[str]:
    """The names on the way to a path, dots resolved."""
    names: list[str] = []
    for name in path.split("/"):
        if name == "..":
            del names[-1:]
        elif name not in ("", "."):
            names.append(name)
    return names

"""A page as PDF, by a Chromium browser of this machine."""

import os
import re
import shutil
import subprocess
import tempfile

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
_SWITCHES = (
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--no-pdf-header-footer",
)
_SECONDS = 120
_DATE = re.compile(rb"(/(?:Creation|Mod)Date \(D:)\d{14}[^)]*\)")
_ENTRY = re.compile(rb"\(node\d{8}\) \d+ 0 R")
_INDEX = re.compile(rb"/Limits \[[^\]]*\]\n/Names \[(?:\(node\d{8}\) \d+ 0 R ?)+")
_NODE = re.compile(rb"\(node\d{8}\)")


class PrintingFailed(Exception):
    """There is no browser, or it made no PDF; says which."""


def pdf(page: str, day: str) -> bytes:
    """A page as it is printed, dated to an ISO day: the same bytes from the same browser.

    Raises:
        PrintingFailed: there is no browser, or it does not print.
    """
    browser = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if browser is None:
        raise PrintingFailed(f"no browser was found to print with; expected one of {', '.join(_BROWSERS)}")
    with tempfile.TemporaryDirectory() as folder:
        source, target = os.path.join(folder, "report.html"), os.path.join(folder, "report.pdf")
        with open(source, "w", encoding="utf-8", errors="replace") as file:
            file.write(page)
        _print(browser, source, target, folder)
        with open(target, "rb") as made:
            return _steady(made.read(), day)


def _print(browser: str, source: str, target: str, folder: str) -> None:
    command = [browser, *_SWITCHES, *_unconfined(), f"--user-data-dir={folder}", f"--print-to-pdf={target}", source]
    try:
        ran = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise PrintingFailed(f"`{browser}` did not end within {_SECONDS} s") from None
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise PrintingFailed(f"`{browser}` cannot be run: {reason}") from None
    if not os.path.exists(target):
        raise PrintingFailed(f"`{browser}` made no PDF and ended with {ran.returncode}")


def _unconfined() -> list[str]:
    """Chromium refuses its sandbox to the superuser, as which containers of pipelines run."""
    return ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []


def _steady(made: bytes, day: str) -> bytes:
    """The same with another date, and with nodes named as they follow each other: the browser counts as it pleases.

    Everything is replaced by what is as long, so no position in the file moves.
    """
    stamp = f"{day.replace('-', '')}000000".encode()
    dated = _DATE.sub(lambda found: found[1] + stamp + found[0][len(found[1]) + len(stamp) :], made)
    names = {name: b"(node%08d)" % number for number, name in enumerate(dict.fromkeys(_NODE.findall(dated)))}
    return _INDEX.sub(_sorted, _NODE.sub(lambda found: names[found[0]], dated))


def _sorted(index: re.Match[bytes]) -> bytes:
    """The index of nodes in the order of their names, and from which name to which it goes."""
    entries = sorted(_ENTRY.findall(index[0]))
    first, last = (_NODE.findall(entries[end])[0] for end in (0, -1))
    return b"/Limits [%b %b]\n/Names [%b" % (first, last, b" ".join(entries))

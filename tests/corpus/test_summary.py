"""The importer makes of all real files what the summary says, without a traceback, and soon."""

import time

from tests.corpus.files import PRESENT
from tests.corpus.summary import SUMMARY, line, names, text

_LONGEST = 5.0
"""Seconds of the processor, for one file."""


@PRESENT
def test_every_file_is_imported_or_refused_as_the_summary_says() -> None:
    lines, slow = [], []
    for name in names():
        start = time.process_time()
        lines.append(line(name))
        if (taken := time.process_time() - start) > _LONGEST:
            slow.append(f"{name}: {taken:.1f} s")
    assert not slow, "\n".join(slow)
    assert text(lines).splitlines() == SUMMARY.read_text(encoding="utf-8").splitlines(), (
        "look at what is new, and run `python -m tests.corpus.summary`"
    )


@PRESENT
def test_the_summary_has_a_line_for_each_file_of_the_corpus() -> None:
    listed = [row.partition("\t")[0] for row in SUMMARY.read_text(encoding="utf-8").splitlines()[1:]]
    assert listed == names()
    assert len(listed) > 700

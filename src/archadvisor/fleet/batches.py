"""Files put together in batches, so that a file more changes one batch and not all that follow."""

import hashlib
from collections.abc import Iterator, Sequence

from archadvisor.model.fleet import Batch, Item

USUAL = 128
"""About how many files a batch has: so many that what a batch costs besides is little."""
MOST = 256


def batches(items: Sequence[Item], key: str) -> Iterator[Batch]:
    """The items in batches; `key` is what their results depend on besides."""
    start = 0
    for end, item in enumerate(items, 1):
        if end - start == MOST or end == len(items) or _ends_batch(item.uri):
            own = tuple(items[start:end])
            yield Batch(_id(own, key), own)
            start = end


def _ends_batch(uri: str) -> bool:
    """Whether a batch ends after a file; its name alone decides, so the others stay as they are when files come."""
    return int.from_bytes(hashlib.sha256(uri.encode()).digest()[:4]) % USUAL == 0


def _id(items: Sequence[Item], key: str) -> str:
    digest = hashlib.sha256(key.encode())
    for item in items:
        digest.update(f"\0{(item.uri, item.mark, item.team)!r}".encode())
    return digest.hexdigest()[:24]

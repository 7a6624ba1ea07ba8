"""What is worked out once for many readers: kept in the process until any figure changes."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Final

from tettpaa.data.indicators.queries import watermark

MOST: Final = 256  # answers kept at once in one process
_kept: OrderedDict[Hashable, Any] = OrderedDict()
_lock = threading.Lock()


def remembered[Answer](key: Hashable, work_out: Callable[[], Answer], *, mark: Hashable = None) -> Answer:
    """The answer for `key`, worked out anew after any release or withdrawal.

    `key` must name everything the answer depends on besides the figures: place, edition, language. `mark` is
    the watermark when the caller has read it already (one query).
    """
    full = (mark if mark is not None else watermark(), key)
    with _lock:
        if full in _kept:
            _kept.move_to_end(full)
            found: Answer = _kept[full]
            return found
    answer = work_out()
    with _lock:
        _kept[full] = answer
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return answer


def forget() -> None:
    """Drop everything; for tests, where rolled back figures leave the same watermark."""
    with _lock:
        _kept.clear()

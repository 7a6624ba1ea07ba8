"""What is worked out once for many readers: kept in the process until any figure changes."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Final

from django.utils import timezone

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.core.ui.language import reader_language
from tettpaa.data.indicators.queries import Watermark, edition_for, watermark

MOST: Final = 512  # answers kept at once in one process
_kept: OrderedDict[Hashable, Any] = OrderedDict()
_lock = threading.Lock()


def remembered[Answer](
    key: Hashable, work_out: Callable[[], Answer], *, mark: Watermark | None = None
) -> Answer:
    """The answer for `key`, worked out anew after any release or withdrawal.

    `key` must name everything the answer depends on besides the figures: place, edition, language. `mark` is
    the watermark when the page has read it already; else it is read here (one query).
    """
    full = (mark or watermark(), key)
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


def shared[Answer](viewer: Viewer, owner: Unit, what: Hashable, work_out: Callable[[], Answer]) -> Answer:
    """An answer on the owner's pages: the same for all who see the owner in one edition, language and colour."""
    key = (
        what,
        owner.code,
        edition_for(viewer, owner),
        reader_language(),
        owner.settings.accent,
        owner.settings.changed_at,
        timezone.localdate(),
    )
    return remembered(key, work_out)


def forget() -> None:
    """Drop everything; for tests, where rolled back figures leave the same watermark."""
    with _lock:
        _kept.clear()

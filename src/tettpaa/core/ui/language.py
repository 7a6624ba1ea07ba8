"""The language of the page being made, as the rooms without Django know it."""

from typing import Literal

from django.utils.translation import get_language

from tettpaa.core.ui import formats


def reader_language() -> Literal["nb", "nn", "en"]:
    """The reader's language; bokmål when it is none of the three."""
    spoken = formats.known(get_language())
    return "nn" if spoken == "nn" else "en" if spoken == "en" else "nb"

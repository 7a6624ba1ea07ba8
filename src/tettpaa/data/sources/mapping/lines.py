"""Lines of our own template as the bytes that are kept of a pointed file. Plain Python."""

import csv
import io
from collections.abc import Iterable, Sequence

from tettpaa.data.sources.open_template import HEADS


def template_bytes(lines: Iterable[Sequence[str]]) -> bytes:
    """The open template, filled: UTF-8, semicolons, all quoted."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(HEADS)
    writer.writerows(lines)
    return out.getvalue().encode()

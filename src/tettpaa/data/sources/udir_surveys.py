"""The Pupil Survey in Udir's interfaces: what its indices are called there, and how grades are written (data.md 1A, 5)."""

import re
from typing import Final

from tettpaa.data.sources.udir_heads import GRADE

BULLYING: Final = "EUIndeks_1398"
INDICES: Final = {
    "EUIndeks_1378": "eu_utfordring",
    "EUIndeks_1379": "eu_trivsel",
    "EUIndeks_1380": "eu_stotte_laerer",
    "EUIndeks_1381": "eu_stotte_hjemme",
    "EUIndeks_1382": "eu_vfl",
    "EUIndeks_1383": "eu_laeringskultur",
    "EUIndeks_1384": "eu_mestring",
    "EUIndeks_1385": "eu_motivasjon",
    "EUIndeks_1386": "eu_medvirkning",
    "EUIndeks_1387": "eu_felles_regler",
    "EUIndeks_1389": "eu_radgivning",
    BULLYING: "eu_mobbing",
}
_UPPER: Final = re.compile(r"videregående trinn ([123])", re.IGNORECASE)


def grade_of(text: str) -> int | None:
    """`7. årstrinn` → 7, `Videregående trinn 2` → 12, anything else None."""
    text = text.strip()
    if match := GRADE.fullmatch(text):
        return int(match[1])
    match = _UPPER.fullmatch(text)
    return 10 + int(match[1]) if match else None

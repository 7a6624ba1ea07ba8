"""Small files of the open template for the tests of the import: one figure a line."""

from collections.abc import Iterable

HEADS = (
    "orgnr;skole;skoleaar;trinn;indikator;dimensjon;kategori;verdi;n;teller;nevner;usikkerhet;status;kilde"
)
NES, VIK, UTVIK = "F00000001", "F00000002", "U00000001"


def line(unit: str = VIK, **changes: str) -> str:
    """One row; any cell can be changed by its heading."""
    cells = dict.fromkeys(HEADS.split(";"), "") | {
        "orgnr": unit, "skole": "Skole", "skoleaar": "2024-25", "trinn": "7", "indikator": "eu_trivsel",
        "verdi": "4,2", "n": "40", "status": "ok", "kilde": "Prøve",
    } | changes  # fmt: skip
    return ";".join(cells.values())


def template(*lines: str) -> bytes:
    return "\n".join([HEADS, *lines, ""]).encode()


def years(unit: str, values: Iterable[tuple[int, str]]) -> list[str]:
    """Rows of one unit over several school years."""
    return [line(unit, skoleaar=f"{year}-{(year + 1) % 100:02d}", verdi=value) for year, value in values]

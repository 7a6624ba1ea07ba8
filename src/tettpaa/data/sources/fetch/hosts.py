"""The only places this product speaks to when it fetches (R13), and how gently. Nobody can give it another address."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Host:
    """A named host. `pause_s`: least time between two questions; `credit` whose data it is, for the trail."""

    name: str
    pause_s: float
    publisher: str


# Pauses: Statistics Norway allows 30 calls a minute from one address and errs after some fifteen quick ones (data.md 3, measured);
# Udir states no limit and answers in 3-6 seconds (data.md 1B), the registers state none.
HOSTS: Final = MappingProxyType(
    {
        host.name: host
        for host in (
            Host("api.statistikkbanken.udir.no", 1.0, "Utdanningsdirektoratet"),
            Host("statistikkportalen.udir.no", 1.0, "Utdanningsdirektoratet"),
            Host("data-nsr.udir.no", 0.5, "Utdanningsdirektoratet"),
            Host("data.brreg.no", 0.5, "Brønnøysundregistrene"),
            Host("data.ssb.no", 2.2, "Statistisk sentralbyrå"),
        )
    }
)

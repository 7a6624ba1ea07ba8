"""What is hidden of a set of figures: the engine for own figures, and the invariants of the first form for all."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tettpaa.data.indicators.actions.certify import SMALL_COUNT, Refusal, certified, key_of
from tettpaa.data.indicators.actions.ledger import Ledger
from tettpaa.data.indicators.actions.proof import Proof
from tettpaa.data.suppression.first import Candidate, protect
from tettpaa.data.suppression.kinds import Status


@dataclass(frozen=True, slots=True)
class Decision:
    """Positions that are hidden, with the proofs, and the tables that have none."""

    hidden: set[int]
    proofs: list[Proof] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)


def decide(candidates: Sequence[Candidate], known: Ledger | None, memory: dict[str, Any]) -> Decision:
    """Without a ledger the source has shielded its figures itself: we answer only for what we hide besides.

    The engine decides first. Then `protect` hides more where its invariants want it, and what was hidden in an
    earlier release stays hidden; neither can break a proof, since the counter-tables move hidden numbers only.
    """
    if known is None:
        return Decision(protect(candidates))
    found = certified(candidates, known, memory)
    stays: set[int] = set()
    if known.hidden:
        stays = {
            at for at, one in enumerate(candidates) if one.status is Status.OK and key_of(one) in known.hidden
        }
    gone = found.hidden | stays
    marked = list(candidates)
    for at in gone:
        marked[at] = _hidden(candidates[at])
    return Decision(protect(marked, small_count=SMALL_COUNT) | gone, found.proofs, found.refused)


def _hidden(one: Candidate) -> Candidate:
    """So that `protect` takes the figure for small, and knows its pupils."""
    if one.n is None or one.status is not Status.OK:
        return one
    return replace(one, smallest=one.n + 1)

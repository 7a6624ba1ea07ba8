"""What is lost with and without each breakdown, and which coarser table would do."""

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from tettpaa.data.indicators.actions.certify import Refusal
from tettpaa.data.indicators.actions.decide import Decision, decide
from tettpaa.data.indicators.actions.ledger import Ledger
from tettpaa.data.suppression.first import Candidate
from tettpaa.data.suppression.kinds import Gender, Status

LARGE: Final = 0.25  # of the pupils: then a coarser table is proposed


class Loss(NamedTuple):
    """Figures and pupils of a table, and how many of each are hidden. `without`: the breakdown left out, or empty.

    Pupils are those behind the figures of the lowest units, once for each indicator and year.
    """

    without: str
    figures: int
    hidden: int
    pupils: int
    hidden_pupils: int

    @property
    def share(self) -> float:
        return self.hidden_pupils / self.pupils if self.pupils else 0.0


def losses(
    candidates: Sequence[Candidate], decision: Decision, known: Ledger, memory: dict[str, Any]
) -> list[Loss]:
    """The loss of the table as it is, then without each breakdown it has. Empty when nothing is hidden."""
    if not decision.hidden:
        return []
    found = [_loss("", candidates, decision.hidden)]
    # A coarser table hides nothing where the finer one does not: years and grades without a hidden figure wait outside.
    places = {candidates[at].family[1:] for at in decision.hidden}
    for name, some in _coarser(candidates):
        near = [one for one in some if one.family[1:] in places]
        far = [one for one in some if one.family[1:] not in places]
        without = decide(near, known, memory)
        if not without.refused:
            found.append(_loss(name, near + far, without.hidden))
    return found


def with_coarser(
    candidates: Sequence[Candidate], decision: Decision, known: Ledger | None, memory: dict[str, Any]
) -> list[Refusal]:
    """The refused tables, each with the coarser one that could be published."""
    if known is None or not decision.refused:
        return decision.refused
    helped: dict[Refusal, str] = {}
    for name, some in _coarser(candidates):
        still = set(decide(some, known, memory).refused)
        for one in decision.refused:
            if one not in still:
                helped.setdefault(one, name)
    return [one._replace(coarser=helped.get(one, "")) for one in decision.refused]


def proposed(found: Sequence[Loss]) -> Loss | None:
    """The coarser table to propose when the loss is large: the first that is not, else the one that loses least."""
    if not found or found[0].share <= LARGE:
        return None
    better = [loss for loss in found[1:] if loss.share < found[0].share]
    return next(
        (loss for loss in better if loss.share <= LARGE), min(better, key=lambda x: x.share, default=None)
    )


def _coarser(candidates: Sequence[Candidate]) -> Iterator[tuple[str, list[Candidate]]]:
    """The same figures without the split by gender, and without the lowest units, where there are such."""
    whole = [one for one in candidates if one.gender is Gender.ALL]
    if 0 < len(whole) < len(candidates):
        yield "gender", whole
    parts = _lowest(candidates)
    above = [one for at, one in enumerate(candidates) if at not in parts]
    if above and len(above) < len(candidates):
        yield "schools", above


def _lowest(candidates: Sequence[Candidate]) -> set[int]:
    """Positions of the figures that are part of another."""
    wholes = {(one.family, one.unit) for one in candidates}
    return {at for at, one in enumerate(candidates) if (one.family, one.parent) in wholes}


def _loss(without: str, candidates: Sequence[Candidate], hidden: set[int]) -> Loss:
    mine = [at for at, one in enumerate(candidates) if one.status is Status.OK]
    lowest = _lowest(candidates) or set(mine)
    counted = [at for at in mine if at in lowest and candidates[at].gender is Gender.ALL]
    pupils = {at: candidates[at].n or 0 for at in counted}
    gone = sum(n for at, n in pupils.items() if at in hidden)
    return Loss(without, len(mine), sum(at in hidden for at in mine), sum(pupils.values()), gone)

"""Why a step cannot be taken."""


class NotOpenError(Exception):
    """The offer takes no registration from this person on this day. `why` is one of the room's words."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class TooFewSeatsError(ValueError):
    """More people have a seat than the number somebody wants to set."""


class NotReadyError(ValueError):
    """Something that must be said is missing. `what` names it."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class NotTakingPartError(Exception):
    """The person has no part in the gathering or the network."""


class AnsweredError(Exception):
    """The person has used the one answer of the evaluation."""


class WrongAnswersError(ValueError):
    """There is not exactly one step of the scale, or "vet ikke", for each question."""

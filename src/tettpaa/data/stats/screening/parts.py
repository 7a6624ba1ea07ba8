"""The variance parts of the model of several tests together, and the shipped ones."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Final

from tettpaa.data.stats.constants import ConstantsError

SHIPPED: Final = "np-2022"
SCALE: Final = 10.0  # the pupils' spread that the shipped parts are told for


@dataclass(frozen=True, slots=True)
class Parts:
    """m = nation + a + b + g + h + e, each part normal around 0 (statistics.md B2). Variances, squared units.

    `school` a: lasting, the same on all tests. `test` b: lasting, of the school on one test. `cohort` g: one
    cohort in one year, the same on all its tests. `own` h: one test of one cohort in one year, beyond chance.
    e is chance with variance sd² / n; `rho` is its correlation between two tests that the same pupils sat.
    `rounding`: the step that the means were rounded to (0: not rounded).
    """

    sd: float
    school: float
    test: float
    cohort: float
    own: float
    rho: float
    rounding: float = 0.0

    def __post_init__(self) -> None:
        variances = (self.school, self.test, self.cohort, self.own, self.rounding)
        if self.sd <= 0 or min(variances) < 0 or not 0 <= self.rho < 1:
            raise ConstantsError(f"impossible variance parts: {self}")

    @property
    def free(self) -> tuple[float, ...]:
        """The five that are estimated, in the order of `fit.NAMES`."""
        return (self.school, self.test, self.cohort, self.own, self.rho)

    def with_free(self, values: Sequence[float]) -> "Parts":
        school, test, cohort, own, rho = (float(value) for value in values)
        return replace(self, school=school, test=test, cohort=cohort, own=own, rho=rho)

    def on_scale(self, sd: float) -> "Parts":
        """The same parts where pupils spread by `sd`: variances follow the square of the scale."""
        k = (sd / self.sd) ** 2
        return replace(
            self, sd=sd, school=k * self.school, test=k * self.test, cohort=k * self.cohort, own=k * self.own
        )


@cache
def shipped(key: str = SHIPPED) -> Parts:
    """Variance parts measured on national files, as they stand in `constants/<key>.toml` with source and date."""
    text = (files("tettpaa.data.stats.screening") / "constants" / f"{key}.toml").read_text(encoding="utf-8")
    return parse(text)


def parse(text: str) -> Parts:
    """Read the table `[parts]`. Raises ConstantsError for missing or unknown fields."""
    try:
        return Parts(**tomllib.loads(text)["parts"])
    except (KeyError, TypeError) as error:
        raise ConstantsError(f"a table of variance parts lacks or misspells a field: {error}") from error

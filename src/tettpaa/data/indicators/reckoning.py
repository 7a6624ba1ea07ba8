"""How a definition's model is reckoned with: the bridge from the catalogue to the statistics."""

from typing import Final

from tettpaa.data.stats.kinds import Kind

KINDS: Final = {
    "normal_sd10": Kind.MEAN,
    "survey_mean": Kind.MEAN,
    "share": Kind.SHARE,
    "census": Kind.CENSUS,
}

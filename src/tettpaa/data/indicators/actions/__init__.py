"""Writing figures: compare a file with what is published, publish it, withdraw it."""

from tettpaa.data.indicators.actions.compare import Comparison, compare
from tettpaa.data.indicators.actions.publish import discard_unfinished, publish
from tettpaa.data.indicators.actions.withdraw import withdraw

__all__ = ["Comparison", "compare", "discard_unfinished", "publish", "withdraw"]

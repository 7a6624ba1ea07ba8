"""The few choices an address can carry. Their values stand in addresses, so they are Norwegian and stable."""

from enum import StrEnum


class Against(StrEnum):
    """What a school is held against: `?mot=`."""

    NATION = "landet"
    MUNICIPALITY = "kommunen"
    COUNTY = "fylket"
    SIMILAR = "lignende"
    SELF = "for"

    @classmethod
    def of(cls, text: str | None) -> "Against":
        """The choice in an address; anything unknown is the nation."""
        return cls(text) if text in set(cls) else cls.NATION


class ChartKind(StrEnum):
    """Kinds of chart that have an address."""

    TREND = "trend"
    SPARK = "spark"
    PANEL = "panel"
    STRIP = "strip"
    ROWS = "rows"
    FUNNEL = "funnel"
    COHORT = "cohort"

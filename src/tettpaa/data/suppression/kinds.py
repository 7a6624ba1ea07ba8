"""What a figure can be: its status, edition and gender. Plain Python, shared by every floor above."""

from enum import IntEnum


class Status(IntEnum):
    """Why a figure is shown or missing. The faces are kept apart: never 0, never blank (data.md §6)."""

    OK = 0
    HIDDEN_BY_SOURCE = 1  # the source shielded it (`*`)
    HIDDEN_BY_US = 2  # our rule hid it; primary and cover look the same on purpose
    NO_PARTICIPANTS = 3  # the group exists, nobody took part
    NOT_APPLICABLE = 4  # the group does not exist (school lacks the grade)
    MISSING = 5  # the source has no such figure
    CONFIDENTIAL = 6  # `12*`: may be used inside by the owner, never shown outside

    @property
    def key(self) -> str:
        """Stable text key for files and the API."""
        return self.name.lower()


class Edition(IntEnum):
    """Who a figure is prepared for (design.md §3.6)."""

    PUBLIC = 0
    INTERNAL = 1

    @property
    def key(self) -> str:
        return self.name.lower()


class Gender(IntEnum):
    ALL = 0
    GIRLS = 1
    BOYS = 2

    @property
    def key(self) -> str:
        return self.name.lower()


class Level(IntEnum):
    """Level of a unit in a source file, as in Udir's `EnhetNivaa`; a group of municipalities is Statistics Norway's own."""

    NATION = 1
    COUNTY = 2
    MUNICIPALITY = 3
    SCHOOL = 4
    GROUP = 5

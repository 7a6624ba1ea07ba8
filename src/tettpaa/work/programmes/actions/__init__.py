"""All writing of the room: programmes on their road, the parts of a programme, and what readers say of the page."""

from tettpaa.work.programmes.actions.parts import (
    PartInUseError,
    add_part,
    change_part,
    move_milestone,
    remove_part,
)
from tettpaa.work.programmes.actions.programmes import (
    FIELDS,
    ReasonMissingError,
    add_programme,
    answer_page,
    edit_programme,
    move_programme,
    publish,
    withdraw,
)

__all__ = [
    "FIELDS",
    "PartInUseError",
    "ReasonMissingError",
    "add_part",
    "add_programme",
    "answer_page",
    "change_part",
    "edit_programme",
    "move_milestone",
    "move_programme",
    "publish",
    "remove_part",
    "withdraw",
]

"""All that changes the room."""

from tettpaa.work.competence.actions.people import (
    NewEmployee,
    add_employee,
    add_exemption,
    add_qualification,
    end_employment,
    remove_exemption,
    remove_qualification,
    save_employee,
    set_teaching,
)

__all__ = [
    "NewEmployee",
    "add_employee",
    "add_exemption",
    "add_qualification",
    "end_employment",
    "remove_exemption",
    "remove_qualification",
    "save_employee",
    "set_teaching",
]

"""Reading the wheel; the viewer comes first."""

from tettpaa.work.yearwheel.queries.feeds import feed_bytes, task_bytes
from tettpaa.work.yearwheel.queries.lines import Group, TaskLine, grouped, role_name, soon_or_late, tasks_for
from tettpaa.work.yearwheel.queries.links import link_closed, link_expired, may_undo
from tettpaa.work.yearwheel.queries.pages import (
    MONTHS,
    Chosen,
    Dot,
    Wheel,
    feed_of,
    front_items,
    has_tasks,
    last_answer,
    matrix,
    other_procedures,
    procedure_words,
    procedures,
    schools_for,
    task_page,
    wheel,
)
from tettpaa.work.yearwheel.queries.rounds import offer_to_tell, owners_with_procedures

__all__ = [
    "MONTHS",
    "Chosen",
    "Dot",
    "Group",
    "TaskLine",
    "Wheel",
    "feed_bytes",
    "feed_of",
    "front_items",
    "grouped",
    "has_tasks",
    "last_answer",
    "link_closed",
    "link_expired",
    "matrix",
    "may_undo",
    "offer_to_tell",
    "other_procedures",
    "owners_with_procedures",
    "procedure_words",
    "procedures",
    "role_name",
    "schools_for",
    "soon_or_late",
    "task_bytes",
    "task_page",
    "tasks_for",
    "wheel",
]

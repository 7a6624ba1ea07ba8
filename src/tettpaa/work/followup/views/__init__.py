"""The room's pages. Each look at a case is written down before anything of it is shown."""

from tettpaa.work.followup.views.deciding import assess, close, comment, decide, remark, review, step
from tettpaa.work.followup.views.engagements import contact, engage, engagement, point, verb
from tettpaa.work.followup.views.reading import case, cases, look, school_cases
from tettpaa.work.followup.views.supporting import criterion, link, met, support, support_step

__all__ = [
    "assess",
    "case",
    "cases",
    "close",
    "comment",
    "contact",
    "criterion",
    "decide",
    "engage",
    "engagement",
    "link",
    "look",
    "met",
    "point",
    "remark",
    "review",
    "school_cases",
    "step",
    "support",
    "support_step",
    "verb",
]

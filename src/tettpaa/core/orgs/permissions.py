"""What a person may do, and the roles that give it. Roles are data: `roles.toml` beside this file."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path


class Permission(StrEnum):
    """NOUN_VERB, grouped by noun."""

    FIGURES_READ = "figures.read"  # the public edition on the owner's pages
    FIGURES_INTERNAL = "figures.internal"  # confidential figures of one's own place
    IMPORTS_READ = "imports.read"
    IMPORTS_WRITE = "imports.write"  # upload, check, publish, withdraw
    REPORTS_READ = "reports.read"  # drafts and the internal edition
    REPORTS_PUBLISHED = "reports.published"  # frozen public editions
    REPORTS_EDIT = "reports.edit"
    REPORTS_FREEZE = "reports.freeze"
    SETTINGS_WRITE = "settings.write"
    AUDIT_READ = "audit.read"
    ACCESS_READ = "access.read"
    WORK_SEE = "work.see"  # open the owner's work pages; each row is asked for by itself
    PLANS_READ = "plans.read"  # adopted plans, and drafts on hearing
    PLANS_EDIT = "plans.edit"
    PLANS_DECIDE = "plans.decide"  # carry the owner's plan along its road
    SCHOOL_PLANS_READ = "school_plans.read"
    SCHOOL_PLANS_EDIT = "school_plans.edit"
    ASSESSMENTS_READ = "assessments.read"  # the distribution of a closed self-assessment
    ASSESSMENTS_RUN = "assessments.run"
    ASSESSMENTS_ANSWER = "assessments.answer"
    WHEEL_READ = "wheel.read"
    WHEEL_EDIT = "wheel.edit"  # procedures and their rules
    TASKS_DO = "tasks.do"
    INITIATIVES_READ = "initiatives.read"
    INITIATIVES_EDIT = "initiatives.edit"
    MEETINGS_READ = "meetings.read"
    MEETINGS_LEAD = "meetings.lead"  # the owner's side: plan, invite, freeze, minutes
    MEETINGS_SCHOOL = "meetings.school"  # the school's side: analysis, sharing, answers to proposals
    MEETINGS_PROPOSE = "meetings.propose"  # a body's voice and its items
    MEETINGS_APPROVE = "meetings.approve"
    AGREEMENTS_PUBLIC = "agreements.public"  # the open part of what both have signed
    AGREEMENTS_READ = "agreements.read"
    AGREEMENTS_EDIT = "agreements.edit"
    AGREEMENTS_SIGN = "agreements.sign"
    AGREEMENTS_ANNEX = "agreements.annex"  # small figures and persons; every look is written down
    CASES_READ = "cases.read"  # follow-up of weak results; every look is written down
    CASES_WRITE = "cases.write"
    CASES_DECIDE = "cases.decide"
    CASES_COMMENT = "cases.comment"
    DECISIONS_READ = "decisions.read"
    DECISIONS_EDIT = "decisions.edit"
    DECISIONS_SUBMIT = "decisions.submit"  # the chief executive sends the case
    HEARINGS_ANSWER = "hearings.answer"
    COMPETENCE_READ = (
        "competence.read"  # the competence plan, counts of coverage, programmes and schemes: no persons
    )
    COMPETENCE_EDIT = "competence.edit"
    COMPETENCE_ADOPT = "competence.adopt"
    PROGRAMMES_EDIT = "programmes.edit"
    STAFF_OWN = "staff.own"  # one's own records, registrations and applications
    STAFF_READ = "staff.read"  # records of one's own staff; every look is written down
    STAFF_EDIT = "staff.edit"
    STAFF_DECIDE = "staff.decide"  # a deviation from the requirements, decided anew each school year
    OFFERS_READ = "offers.read"
    OFFERS_EDIT = "offers.edit"
    OFFERS_APPROVE = "offers.approve"  # a leader's yes to one's own staff
    NETWORKS_LEAD = "networks.lead"  # the networks one is named the leader of
    FUNDS_READ = "funds.read"  # calls, schemes and grants: no persons
    FUNDS_APPLY = "funds.apply"  # a teacher's own application
    FUNDS_ENDORSE = (
        "funds.endorse"  # the leader's word on own staff's applications; the school's own application
    )
    FUNDS_RANK = "funds.rank"  # the owner's ranking, with reasons, and grants


@dataclass(frozen=True, slots=True)
class Role:
    """A role reads like a job description: who, one sentence, and what it may do where.

    `permissions` hold on the role's own unit and below it; `owner_wide` also on the owner above a school.
    """

    key: str
    names: Mapping[str, str]
    sentence: Mapping[str, str]
    permissions: frozenset[Permission]
    owner_wide: frozenset[Permission]


@cache
def roles() -> Mapping[str, Role]:
    """All roles by key, in the order of the file. Raises ValueError for an unknown permission."""
    with (Path(__file__).parent / "roles.toml").open("rb") as file:
        table = tomllib.load(file)
    return {
        key: Role(
            key=key,
            names=row["name"],
            sentence=row["sentence"],
            permissions=frozenset(map(Permission, row.get("permissions", ()))),
            owner_wide=frozenset(map(Permission, row.get("owner_wide", ()))),
        )
        for key, row in table.items()
    }

"""Where the year is lived: an owner, its schools by their part in the story, and who does what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from tettpaa.core.accounts.models import User
from tettpaa.core.orgs.models import Unit
from tettpaa.work.plans.models import Goal
from tettpaa.work.plans.queries import goals_of
from tettpaa.work.yearwheel.rules import school_year_of


@dataclass(frozen=True)
class Place:
    """`school` is the one whose whole thread is told; `others` have a meeting each, and may be none.

    `people` is role → e-mail; `staff` are those at `school` who answer a self-assessment (at least five, or the
    distribution stays hidden). Days are told from `today`, so that the year is always alive.
    """

    owner: Unit
    school: Unit
    others: Sequence[Unit]
    people: Mapping[str, str]
    staff: Sequence[User]
    today: date

    def by(self, role: str) -> str:
        return self.people[role]

    def head(self, school: Unit | None) -> str:
        """The principal of a school of the story; the other schools share one."""
        is_first = school is None or school.pk == self.school.pk
        return self.people["principal" if is_first else "other_principal"]

    def day(self, days: int) -> date:
        return self.today + timedelta(days=days)

    def workday(self, days: int) -> int:
        """So many days from today, or the nearest day that people meet on: nobody meets on a Saturday or a Sunday."""
        return days + {5: -1, 6: 1}.get(self.day(days).weekday(), 0)

    def at(self, days: int, hour: int = 9) -> datetime:
        """A moment so many days from today, in the owner's own time."""
        return timezone.make_aware(datetime.combine(self.day(days), time(hour)))

    def goal(self, key: str) -> Goal:
        """A goal of the plan by its key. Raises KeyError."""
        return {goal.key: goal for goal in goals_of(self.owner)}[key]

    @property
    def school_year(self) -> int:
        """The school year that runs today; 2026 means 2026-27."""
        return school_year_of(self.today)

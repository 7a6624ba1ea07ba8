"""The year wheel: rolled, most of what is over is done, and one task is on its way to somebody else."""

from tettpaa.core.accounts.queries import user_by_email
from tettpaa.doors.demo.year.place import Place
from tettpaa.work.yearwheel.actions import NewAnswer, answer_task, give_task, roll_year
from tettpaa.work.yearwheel.enums import State
from tettpaa.work.yearwheel.models import Task

LATE_SINCE = -12  # days: what was due before this is done


def roll(place: Place) -> None:
    """This school year's tasks; those of a while ago are answered, the last few are late."""
    by = place.by("head_of_schools")
    roll_year(owner=place.owner, school_year=place.school_year, by=by, on=place.today)
    tasks = list(Task.objects.filter(owner=place.owner, procedure__isnull=False).order_by("due_on", "pk"))
    over = [task for task in tasks if task.due_on < place.day(LATE_SINCE)]
    for number, task in enumerate(over):
        answer = NewAnswer(State.DONE, role=task.role)
        if number % 17 == 3:
            answer = NewAnswer(State.SKIPPED, text="Vi har ikke dette trinnet i år.", role=task.role)
        answer_task(task=task.pk, answer=answer, by=by, at=place.at((task.due_on - place.today).days, 12))
    ahead = [task for task in tasks if task.due_on >= place.today and task.school_id == place.school.pk]
    receiver = user_by_email(place.people.get("department_head", ""))
    if ahead and receiver:
        give_task(
            task=ahead[0].pk,
            to=receiver.pk,
            to_role="department_head",
            note="Kan du ta denne?",
            by=place.by("principal"),
            at=place.at(-1),
        )

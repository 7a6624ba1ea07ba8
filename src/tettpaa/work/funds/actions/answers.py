"""The state's answers, all of them or none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from tettpaa.work.funds.actions.applications import Said, move_application
from tettpaa.work.funds.enums import State
from tettpaa.work.funds.models import Application, Call, Scheme
from tettpaa.work.funds.telling import tell


@dataclass(frozen=True, slots=True)
class Answer:
    """One line of the portal's file: which application, granted or refused, and how it is paid."""

    application: Application
    is_granted: bool
    form: str = ""
    words: str = ""


@transaction.atomic
def take_answers(
    *,
    call: Call,
    answers: Sequence[Answer],
    by: str,
    on: date | None = None,
    columns: Mapping[str, str] | None = None,
) -> int:
    """Write the answers on the applications. Raises NotAllowedError at the first that has moved, and writes none.

    `columns` (portal.Columns) stay with the scheme, so that the next file is read without pointing.
    """
    for answer in answers:
        move_application(
            application=answer.application,
            to=State.GRANTED if answer.is_granted else State.REFUSED,
            by=by,
            said=Said(reason=answer.words, on=on, form=answer.form),
        )
    if columns is not None:
        Scheme.objects.filter(pk=call.scheme_id).update(answer_columns=dict(columns))
    tell("answers_taken", call.owner, "utlysning", call.pk, by, count=len(answers))
    return len(answers)

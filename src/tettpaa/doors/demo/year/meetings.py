"""Dialogue meetings: last year's, held and followed, this year's, which is getting ready, and the other schools'."""

from dataclasses import dataclass, replace

from django.db.models import F

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.queries import bodies_of
from tettpaa.doors.demo.year import words
from tettpaa.doors.demo.year.place import Place
from tettpaa.work.dialogue import actions
from tettpaa.work.dialogue.access import Standing
from tettpaa.work.dialogue.enums import ParagraphKind, PartKey, Side
from tettpaa.work.dialogue.models import AgreementRow, Meeting, MeetingKind, PackagePart

KIND = "dialogmote"
PRESENT = ("head_of_schools", "adviser", "principal", "department_head", "pupil_council", "parent_committee")


@dataclass(frozen=True)
class Lived:
    """A meeting of the story: where, how many days from today, and what was said and promised."""

    school: Unit
    days: int
    minutes: dict[int, tuple[str, str]]
    promises: tuple[tuple[str, str, str, str, int, str, int], ...]


def _kind(place: Place) -> MeetingKind:
    return MeetingKind.objects.get(owner=place.owner, key=KIND)


def plan(place: Place, school: Unit, days: int, planned: int) -> Meeting:
    """A meeting at nine o'clock so many days from today, or the nearest workday, planned that many days from today."""
    (made,) = actions.plan_meetings(
        owner=place.owner,
        kind=_kind(place),
        meetings=[actions.NewMeeting(school, place.at(place.workday(days)), goal=place.goal("stotte"))],
        by=place.by("head_of_schools"),
        on=place.day(planned),
    )
    return made


def hold(place: Place, lived: Lived) -> Meeting:
    """From planned to held, with minutes and promises written; the draft is out for comments."""
    by, days = place.by("head_of_schools"), place.workday(lived.days)
    lived = replace(lived, days=days)
    meeting = plan(place, lived.school, days, days - 90)
    actions.invite(meeting=meeting, by=by, at=place.at(days - 60))
    actions.open_package(meeting=meeting, by=by, at=place.at(days - 28))
    _analyse(place, meeting, days - 14)
    actions.freeze(meeting=meeting, by=by, at=place.at(days - 9))
    actions.send_agenda(meeting=meeting, by=by, at=place.at(days - 8))
    _write(place, meeting, lived)
    actions.hold_meeting(
        meeting=meeting, present=PRESENT, by=by, next_check_on=place.day(days + 49), at=place.at(days, 11)
    )
    actions.send_minutes(meeting=meeting, by=by, at=place.at(days + 3))
    return meeting


def _write(place: Place, meeting: Meeting, lived: Lived) -> None:
    by, at = place.by("adviser"), place.at(lived.days, 10)
    items = {item.number: item for item in meeting.items.all()}
    for number, (said, conclusion) in lived.minutes.items():
        actions.write_paragraph(item=items[number], text=said, by=by, at=at)
        actions.write_paragraph(
            item=items[number], text=conclusion, kind=ParagraphKind.CONCLUSION, by=by, at=at
        )
    rows: list[AgreementRow] = []
    for side, what, why, who, due, sign, answers in lived.promises:
        promise = actions.Promise(
            side=Side(side),
            what=what,
            goal=place.goal("stotte"),
            indicator="",
            why=why,
            who=who,
            due_on=place.day(due),
            sign=sign,
            answers=rows[answers - 1] if answers else None,
        )
        rows.append(actions.add_row(meeting=meeting, promise=promise, by=by))


def approve(place: Place, meeting: Meeting, days: int) -> None:
    """Comments are in, both sides approve, and the public minutes are out."""
    lead = place.by("head_of_schools")
    version = actions.close_comments(meeting=meeting, by=lead, at=place.at(days + 9))
    for side, role in ((Side.SCHOOL, "principal"), (Side.OWNER, "head_of_schools")):
        by = place.head(meeting.school) if role == "principal" else place.by(role)
        actions.approve(
            meeting=meeting, side=side, role=role, seen=version.sha256, by=by, at=place.at(days + 12)
        )
    actions.publish(meeting=meeting, by=lead, at=place.at(days + 14))


def comment(place: Place, meeting: Meeting, days: int) -> None:
    """What the school says to the draft."""
    who = Standing(
        role="principal", leads=False, is_school=True, approves=Side.SCHOOL, reads_all=True, reads_exempt=False,
        bodies=(),
    )  # fmt: skip
    actions.comment(
        meeting=meeting, who=who, text=words.COMMENT, by=place.head(meeting.school), at=place.at(days + 5)
    )


def prepare(place: Place, days: int = 20) -> Meeting:
    """This year's meeting: the package is open, some parts are shared, one withdrawn, some missing."""
    by, days = place.by("head_of_schools"), place.workday(days)
    meeting = plan(place, place.school, days, -75)
    actions.invite(meeting=meeting, by=by, at=place.at(-45))
    _propose(place, meeting)
    actions.open_package(meeting=meeting, by=by, at=place.at(days - 28))
    texts = {PartKey.PUPILS: words.PUPILS, PartKey.STAFF: words.STAFF, PartKey.QUESTIONS: words.QUESTIONS}
    roles = {
        PartKey.PUPILS: "pupil_council",
        PartKey.STAFF: "union_rep",
        PartKey.QUESTIONS: "head_of_schools",
    }
    for key, text in texts.items():
        part = _part(meeting, key)
        person = place.by(roles[key])
        actions.write_part(
            part=part, content={"text": text}, version=part.version, by=person, at=place.at(-7)
        )
        actions.share_part(part=part, by=person, at=place.at(-7))
    actions.withdraw_part(part=_part(meeting, PartKey.STAFF), by=place.by("union_rep"), at=place.at(-4))
    analysis = _part(meeting, PartKey.ANALYSIS)
    half = {box: words.ANALYSIS[box] for box in ("proud", "worried")}
    actions.write_part(
        part=analysis, content=half, version=analysis.version, by=place.by("principal"), at=place.at(-3)
    )
    return meeting


def _propose(place: Place, meeting: Meeting) -> None:
    body = next(one for one in bodies_of(place.owner) if one.role == "parent_committee")
    by, days = place.by("parent_committee"), (-20, -6)
    for number, (title, text, answer) in enumerate(words.PROPOSALS):
        made = actions.propose(
            meeting=meeting, body=body, title=title, text=text, by=by, at=place.at(days[number])
        )
        if answer:
            item = meeting.items.get(number=5)
            lead = place.by("head_of_schools")
            actions.take_proposal(proposal=made, item=item, answer=answer, by=lead, at=place.at(-15))


def _part(meeting: Meeting, key: str) -> PackagePart:
    return PackagePart.objects.select_related("meeting__kind", "meeting__owner", "meeting__school").get(
        meeting=meeting, key=key
    )


def _analyse(place: Place, meeting: Meeting, days: int) -> None:
    part, by = _part(meeting, PartKey.ANALYSIS), place.head(meeting.school)
    actions.write_part(part=part, content=words.ANALYSIS, version=part.version, by=by, at=place.at(days))
    actions.share_part(part=part, by=by, at=place.at(days))


def others(place: Place) -> None:
    """The other schools: one with minutes out, one published, one planned, one postponed, as many as there are."""
    lead = place.by("head_of_schools")
    for number, school in enumerate(place.others):
        tongue = "nn" if school.main_language == "nn" else "nb"
        lived = Lived(
            school, -20 - 5 * number, {2: words.OTHER_MINUTES[tongue]}, words.OTHER_PROMISES[tongue]
        )
        if number == 0:
            comment(place, hold(place, lived), lived.days)
        elif number == 1:
            approve(place, hold(place, lived), lived.days)
        elif number == 2:
            meeting = plan(place, school, 25, -75)
            actions.invite(meeting=meeting, by=lead, at=place.at(-20))
            actions.postpone(meeting=meeting, reason=words.POSTPONED, by=lead, at=place.at(-2))
        else:
            plan(place, school, 30 + 7 * number, -75)


def last_of(place: Place) -> Meeting | None:
    """The meeting of the story that has been held, if there is one."""
    held = Meeting.objects.filter(school=place.school, starts_at__lt=place.at(0, 0)).order_by(
        F("starts_at").desc()
    )
    return held.first()

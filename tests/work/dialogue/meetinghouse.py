"""Meetings of Fjordvik to test on: a kind, bodies, and meetings brought to a state by the product's own actions."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from tests.factories.cast import Cast
from tettpaa.core.orgs.models import Body, Unit
from tettpaa.core.orgs.viewer import Viewer, load_viewer
from tettpaa.work.dialogue import actions
from tettpaa.work.dialogue.access import Standing, standing
from tettpaa.work.dialogue.enums import MeetingState, Side
from tettpaa.work.dialogue.models import AgendaItem, Meeting, MeetingKind

BERIT, AUD, FIA, ODD, TOR = (f"{name}@example.test" for name in ("berit", "aud", "fia", "odd", "tor"))
ITEMS = [
    {"title": "Velkommen", "minutes": 5, "voice": "", "about": ""},
    {"title": "Elever, foreldre og ansatte", "minutes": 20, "voice": "all", "about": ""},
    {"title": "Læring", "minutes": 20, "voice": "", "about": ""},
    {"title": "Avtalen leses høyt", "minutes": 15, "voice": "", "about": ""},
]
BODIES = (
    ("elevrad", "Elevrådet", "pupil_council", "pupils"),
    ("fau", "FAU", "parent_committee", "parents"),
    ("tillitsvalgte", "De tillitsvalgte", "union_rep", "staff"),
)
START = datetime(2026, 12, 3, 9, tzinfo=timezone.get_default_timezone())
PLANNED_ON = date(2026, 8, 20)


def make_bodies(owner: Unit) -> None:
    for order, (key, name, role, voice) in enumerate(BODIES):
        Body.objects.create(
            owner=owner, key=key, name=name, level="school", role=role, voice=voice, order=order
        )


def make_kind(owner: Unit, **more: Any) -> MeetingKind:
    fields: dict[str, Any] = {
        "name": "Dialogmøte",
        "roles": ["head_of_schools", "adviser", "principal", "department_head"],
        "bodies": ["elevrad", "fau", "tillitsvalgte"],
        "items": ITEMS,
        "place": "På skolen",
    }
    return actions.save_kind(owner=owner, key=more.pop("key", "ordinary"), fields=fields | more, by=BERIT)


def make_meeting(
    cast: Cast, *, school: Unit | None = None, starts_at: datetime = START, **more: Any
) -> Meeting:
    """A planned meeting at Nes, unless told otherwise."""
    if not Body.objects.filter(owner=cast.fjordvik).exists():
        make_bodies(cast.fjordvik)
    kind = MeetingKind.objects.filter(owner=cast.fjordvik, key="ordinary").first() or make_kind(cast.fjordvik)
    wish = actions.NewMeeting(school or cast.nes, starts_at, **more)
    return actions.plan_meetings(owner=cast.fjordvik, kind=kind, meetings=[wish], by=BERIT, on=PLANNED_ON)[0]


def at(days_before: int, hour: int = 12) -> datetime:
    return timezone.make_aware(datetime.combine(START.date() - timedelta(days_before), time(hour)))


def bring(meeting: Meeting, to: str) -> Meeting:
    """Along the road to a state, each step on a fitting day."""
    road: list[tuple[str, Any]] = [
        ("invited", lambda: actions.invite(meeting=meeting, by=BERIT, at=at(30))),
        ("open", lambda: actions.open_package(meeting=meeting, by=BERIT, at=at(21))),
        ("frozen", lambda: actions.freeze(meeting=meeting, by=BERIT, at=at(7))),
        ("agenda", lambda: actions.send_agenda(meeting=meeting, by=BERIT, at=at(7))),
        ("held", lambda: _hold(meeting)),
        ("draft", lambda: actions.send_minutes(meeting=meeting, by=BERIT, at=at(-3))),
        ("commented", lambda: actions.close_comments(meeting=meeting, by=BERIT, at=at(-7))),
        ("approved", lambda: _approve(meeting)),
        ("published", lambda: actions.publish(meeting=meeting, by=BERIT, at=at(-9))),
        ("followed", lambda: actions.follow_up(meeting=meeting, by=BERIT, at=at(-10))),
        ("closed", lambda: actions.close(meeting=meeting, by=BERIT, at=at(-11))),
    ]
    states = [name for name, _deed in road]
    done = states.index(meeting.state) + 1 if meeting.state in states else 0
    for name, deed in road[done:]:
        if meeting.state == to:
            break
        deed()
        meeting.refresh_from_db()
        assert meeting.state == name
    assert meeting.state == to
    return meeting


def _hold(meeting: Meeting) -> None:
    if not meeting.paragraphs.exists():
        actions.write_paragraph(item=item(meeting, 3), text="Vi snakket om lesing.", by=BERIT, at=at(0))
    actions.hold_meeting(
        meeting=meeting,
        present=["head_of_schools", "principal"],
        by=BERIT,
        at=at(0),
        next_check_on=date(2027, 2, 1),
    )


def _approve(meeting: Meeting) -> None:
    seen = meeting.versions.last().sha256  # type: ignore[union-attr]
    actions.approve(meeting=meeting, side=Side.SCHOOL, role="principal", seen=seen, by=AUD, at=at(-8))
    actions.approve(meeting=meeting, side=Side.OWNER, role="head_of_schools", seen=seen, by=BERIT, at=at(-8))


def item(meeting: Meeting, number: int) -> AgendaItem:
    return meeting.items.get(number=number)


def promise(**more: Any) -> actions.Promise:
    fields: dict[str, Any] = {
        "side": Side.SCHOOL,
        "what": "ha to lærere i lesetimene",
        "goal": None,
        "indicator": "",
        "why": "27 % leser på laveste nivå",
        "who": "principal",
        "due_on": date(2027, 2, 1),
        "sign": "elevene sier de får hjelp",
    }
    return actions.Promise(**(fields | more))


def viewer(cast: Cast, name: str) -> Viewer:
    return load_viewer(cast.users[name], PLANNED_ON)


def who(cast: Cast, name: str, meeting: Meeting) -> Standing:
    return standing(viewer(cast, name), meeting)


def address(meeting: Meeting, end: str = "") -> str:
    place = f"/skoler/{meeting.school.code}" if meeting.school else ""
    return f"/{meeting.owner.code}{place}/moter/{meeting.pk}/{end}"


ALL_STATES = list(MeetingState)

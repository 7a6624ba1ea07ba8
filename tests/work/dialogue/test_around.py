"""What the room gives others: its knot, front lines, letters, its part of a pack, the data sheet and the counts."""

from datetime import date, timedelta

import pytest
from django.core import mail
from pydantic import ValidationError

from tests.work.dialogue import meetinghouse as house
from tests.work.planning import plan_of
from tettpaa.core.jobs.actions import run
from tettpaa.core.jobs.models import Job
from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.ui.panels import Asked, Link
from tettpaa.data.suppression.kinds import Edition
from tettpaa.work.dialogue import actions, datasheet, letters, pack, pages, queries, wording
from tettpaa.work.dialogue.enums import LetterKind, MeetingState
from tettpaa.work.dialogue.models import Meeting, MeetingKind, SentLetter

TODAY = date(2026, 11, 14)


@pytest.fixture
def meeting(cast):
    return house.make_meeting(cast)


def asked(cast, name="berit", **more):
    return Asked(house.viewer(cast, name), cast.fjordvik, TODAY, **({"school": cast.nes} | more))


def said(knot):
    return "".join(words.text for words in knot.sentence)


def test_the_knot_frays_without_a_meeting(cast):
    knot = queries.knot(asked(cast))
    assert (knot.link, knot.state, knot.whose) == (Link.MEETING, "missing", "skoleeier")
    assert queries.knot(asked(cast, school=None)).state == "later"


def test_the_knot_before_and_after_the_meeting(cast, meeting):
    knot = queries.knot(asked(cast))
    assert knot.state == "later"
    assert said(knot) == "Vi møtes 3.\xa0desember 2026 for å snakke om det."
    assert knot.sentence[1].address == house.address(meeting)
    assert queries.knot(asked(cast, "vera")).sentence[1].address == ""
    (goal,) = plan_of(cast.fjordvik, "Alle leser")
    house.bring(meeting, "agenda")
    actions.add_row(meeting=meeting, promise=house.promise(goal=goal), by=house.BERIT)
    house.bring(meeting, "held")
    there = queries.knot(asked(cast, goal=goal.pk))
    assert (there.state, said(there)) == ("there", "Vi møttes 3.\xa0desember 2026 og snakket om det.")
    assert there.facts[:2] == ("Møtet er holdt", "Til stede: Skolesjef og rektor")


def test_the_knots_queries_are_constant(cast, meeting, django_assert_num_queries):
    ask = asked(cast)
    with django_assert_num_queries(3):
        queries.knot(ask)
    house.make_meeting(cast, starts_at=house.START + timedelta(30))
    with django_assert_num_queries(3):
        queries.knot(ask)


@pytest.mark.parametrize(
    ("state", "who", "title"),
    [
        ("planned", "berit", "Send innkallingen"),
        ("invited", "berit", "Åpne møtepakken"),
        ("open", "berit", "Skriv spørsmålene til skolen"),
        ("open", "aud", "Skriv skolens egen analyse"),
        ("open", "fia", "Skriv det dere vil si i møtet"),
        ("invited", "fia", "Foreslå en sak til møtet"),
        ("frozen", "berit", "Send saklista"),
        ("held", "berit", "Skriv ferdig referatet"),
        ("draft", "aud", "Les og kommenter referatet"),
        ("commented", "aud", "Godkjenn referatet"),
        ("commented", "berit", "Godkjenn referatet"),
        ("approved", "berit", "Gjør referatet offentlig"),
        ("published", "berit", "Si at møtet er fulgt opp"),
        ("followed", "berit", "Avslutt møtet"),
    ],
)
def test_each_is_told_of_the_next_step(cast, meeting, state, who, title):
    house.bring(meeting, state)
    mine = [one for one in queries.items(asked(cast, who)) if one.mine]
    assert [one.title for one in mine] == [title]
    assert mine[0].place == "Nes skole"


@pytest.mark.parametrize(
    ("state", "who"), [("frozen", "aud"), ("approved", "aud"), ("closed", "berit"), ("frozen", "fia")]
)
def test_nobody_is_told_when_somebody_else_is_waited_for(cast, meeting, state, who):
    house.bring(meeting, state)
    assert [one for one in queries.items(asked(cast, who)) if one.mine] == []


def test_a_duty_past_its_day_is_late(cast, meeting):
    (one,) = queries.items(asked(cast))
    assert (one.kind, one.when) == ("late", date(2026, 11, 12))
    actions.postpone(meeting=meeting, reason="Storm", by=house.BERIT)
    (other,) = queries.items(asked(cast))
    assert other.title == "Finn en ny dag for møtet"


def test_a_coming_meeting_stands_on_the_front(cast, meeting):
    (one,) = queries.items(asked(cast, "kai"))
    assert (one.kind, one.title, one.when, one.mine) == ("due", "Dialogmøte", date(2026, 12, 3), False)


def test_who_answers_a_waiting_proposal(cast, meeting):
    house.bring(meeting, "invited")
    body = house.who(cast, "fia", meeting).bodies[0]
    actions.propose(meeting=meeting, body=body, title="Skolevei", text="", by=house.FIA, at=house.at(20))
    for name in ("aud", "berit"):
        assert [one.title for one in queries.items(asked(cast, name)) if one.mine] == [
            "Svar på et forslag til sak"
        ]


def test_on_the_day_both_are_led_into_the_meeting(cast, meeting):
    house.bring(meeting, "agenda")
    meeting = Meeting.objects.get(pk=meeting.pk)
    for name in ("aud", "berit"):
        duty = queries.duty_of(meeting, house.who(cast, name, meeting), date(2026, 12, 3))
        assert duty.key == "in_meeting"
        assert queries.duty_of(meeting, house.who(cast, name, meeting), date(2026, 12, 2)) is None


def test_letters_go_once_to_each_who_takes_part(cast, meeting):
    house.bring(meeting, "invited")
    job = Job.objects.get(kind="dialogue.letters")
    run(job.pk)
    assert sorted(one.to[0] for one in mail.outbox) == sorted(
        f"{name}@example.test" for name in ("aud", "liv", "berit", "arne", "odd", "fia", "tor")
    )
    one = mail.outbox[0]
    assert one.subject == "Tett på: Dialogmøte torsdag 3. desember kl. 9"
    assert house.address(meeting) in one.body
    assert "Foreslå" not in one.body
    assert letters.send_all(str(meeting.pk), LetterKind.INVITATION, about=job.arguments["about"], progress=lambda *_: None) == 0  # fmt: skip
    assert len(mail.outbox) == 7


@pytest.mark.parametrize(
    ("kind", "number", "words"),
    [
        (LetterKind.AGENDA, 7, "9.05  Elever, foreldre og ansatte"),
        (LetterKind.COMMENTS, 4, "klart til kommentar"),
        (LetterKind.PUBLIC, 7, "offentlig/"),
        (LetterKind.POSTPONED, 7, "er utsatt"),
        (LetterKind.CANCELLED, 7, "er avlyst"),
    ],
)
def test_each_kind_of_letter_says_what_it_is(meeting, kind, number, words):
    assert letters.send_all(str(meeting.pk), kind, about="", progress=lambda *_: None) == number
    assert len(mail.outbox) == number
    assert words in mail.outbox[0].body
    assert "<a href=" in mail.outbox[0].alternatives[0][0]


def test_a_letter_that_could_not_be_sent_is_tried_again(meeting, monkeypatch):
    def fail(**_letter):
        raise OSError("mail server")

    monkeypatch.setattr(letters, "send_letter", fail)
    with pytest.raises(OSError, match="mail server"):
        letters.send_all(str(meeting.pk), LetterKind.AGENDA, about="", progress=lambda *_: None)
    assert not SentLetter.objects.exists()


def test_letters_are_in_the_schools_language(cast, meeting):
    cast.nes.main_language = "nn"
    cast.nes.save()
    letters.send_all(str(meeting.pk), LetterKind.AGENDA, about="", progress=lambda *_: None)
    assert "Dette er saklista til Dialogmøte" in mail.outbox[0].body
    assert mail.outbox[0].subject.startswith("Tett på: Saklista til Dialogmøte")


def test_the_pack_is_read_as_it_was_written(cast):
    house.make_bodies(cast.fjordvik)
    kind = pack.Kind(key="ordinary", name="Dialogmøte", roles=("principal",), bodies=("fau",), items=tuple(pack.Item(**one) for one in house.ITEMS))  # fmt: skip
    content = kind.model_dump(mode="json")
    for _twice in range(2):
        pack.write(owner=cast.fjordvik, path=("kinds", "ordinary"), content=content, by="x")
    pack.write(owner=cast.fjordvik, path=("",), content={}, by="x")
    assert pack.read(cast.fjordvik) == pack.Meetings(kinds=(kind,))
    pack.write(owner=cast.fjordvik, path=("kinds", "ordinary"), content=None, by="x")
    pack.write(owner=cast.fjordvik, path=("kinds", "ordinary"), content=None, by="x")
    assert not MeetingKind.objects.exists()


def test_a_kind_that_was_used_is_ended_not_deleted(cast, meeting):
    pack.write(owner=cast.fjordvik, path=("kinds", "ordinary"), content=None, by="x")
    assert MeetingKind.objects.get().is_active is False
    assert pack.read(cast.fjordvik).kinds == ()


@pytest.mark.parametrize(
    "wrong",
    [
        {"days_agenda": 6},
        {"days_freeze": 7, "days_agenda": 10},
        {"roles": ("nobody",)},
        {"items": (pack.Item(title="a"), pack.Item(title="b", voice="pupils"))},
        {"unknown": 1},
    ],
)
def test_a_wrong_kind_is_refused(wrong):
    with pytest.raises(ValidationError):
        pack.Kind(key="k", name="K", **wrong)


def test_counts_for_the_report(cast, meeting):
    house.bring(house.make_meeting(cast, school=cast.vik), "approved")
    other = house.make_meeting(cast, starts_at=house.START + timedelta(40))
    actions.cancel(meeting=other, reason="x", by=house.BERIT)
    assert queries.meeting_counts(cast.fjordvik, 2026) == {"planned": 2, "held": 1, "approved": 1}
    assert queries.years_with_meetings(cast.fjordvik) == [2026]


def test_an_empty_sheet_says_so(cast):
    made = datasheet.sheet(datasheet.owners_eyes(cast.fjordvik), cast.nes, edition=Edition.PUBLIC)
    assert made == {"years": [], "lines": [], "releases": []}
    assert datasheet.read(made, "nn") == {"years": [], "lines": [], "told": [], "rest": [], "hidden": 0}


def test_the_head_of_schools_eyes_see_nothing_unshared(cast):
    eyes = datasheet.owners_eyes(cast.fjordvik)
    assert eyes.may(Permission.MEETINGS_LEAD, cast.nes)
    assert not eyes.may(Permission.MEETINGS_SCHOOL, cast.nes)
    assert not eyes.may(Permission.MEETINGS_LEAD, cast.utvik)


def test_the_countdown_has_fourteen_boxes(meeting):
    house.bring(meeting, "open")
    found = pages.countdown(meeting, date(2026, 11, 20))
    assert (found.text, len(found.boxes), sum(box.is_past for box in found.boxes)) == ("6 dager", 14, 8)
    assert [box.day for box in found.boxes if box.is_now] == [date(2026, 11, 20)]
    assert [box.day for box in found.boxes if box.is_reminder] == [date(2026, 11, 24)]
    assert pages.countdown(meeting, date(2026, 11, 25)).text == "1 dag"
    assert pages.countdown(meeting, date(2026, 11, 26)).text == "i dag"
    assert pages.countdown(meeting, date(2026, 11, 27)).text == "fristen er ute"
    house.bring(meeting, "held")
    assert pages.countdown(meeting, date(2026, 12, 4)) is None


def test_the_road_says_where_a_meeting_stopped(meeting):
    house.bring(meeting, "frozen")
    actions.postpone(meeting=meeting, reason="Storm", by=house.BERIT)
    assert [one.state for one in pages.road_of(meeting)] == ["done", "done", "now", "later", "later", "later"]
    assert (pages.road_of(meeting)[2].title, pages.road_of(meeting)[2].text) == ("Utsatt", "Storm")


def test_every_state_has_an_answer(meeting):
    lines = set()
    for state in MeetingState:
        meeting.state = state
        lines.add(wording.first_line(meeting))
    assert len(lines) == 10  # the five before the meeting say when it is
    assert wording.role_name("gone") == "gone"
    assert wording.roles_text([]) == ""

"""Minutes: several write at once, both sides comment and approve, and the public sees no trace of what is exempt."""

import json
from datetime import date

import pytest

from tests.work.dialogue import meetinghouse as house
from tests.work.planning import plan_of
from tettpaa.core.audit.seal import fingerprint
from tettpaa.core.audit.states import NotAllowedError
from tettpaa.core.audit.versions import ConflictError
from tettpaa.work.agreements.models import Agreement, Commitment
from tettpaa.work.dialogue import actions, queries
from tettpaa.work.dialogue.enums import ParagraphKind, Side
from tettpaa.work.dialogue.models import AgreementRow, Meeting, Paragraph
from tettpaa.work.plans.models import SchoolPlanPremise

SECRET = "KANARI-En ansatt er sykmeldt"
BASIS = "offl13_fvl13_1"


@pytest.fixture
def meeting(cast):
    return house.bring(house.make_meeting(cast), "agenda")


def write(meeting, text, number=3, **more):
    return actions.write_paragraph(item=house.item(meeting, number), text=text, by=house.BERIT, **more)


def test_two_who_add_at_once_both_stay(cast, meeting):
    write(meeting, "Fra skolesjefen")
    actions.write_paragraph(item=house.item(meeting, 3), text="Fra rektor", by=house.AUD)
    found = queries.minutes_of(meeting, house.who(cast, "aud", meeting))[2]
    assert [one.text for one in found.said] == ["Fra skolesjefen", "Fra rektor"]


def test_two_who_change_the_same_paragraph_see_both_versions(meeting):
    one = write(meeting, "Først")
    mine, theirs = Paragraph.objects.get(pk=one.pk), Paragraph.objects.get(pk=one.pk)
    actions.change_paragraph(paragraph=theirs, text="Deres", version=1, by=house.AUD)
    with pytest.raises(ConflictError) as raised:
        actions.change_paragraph(paragraph=mine, text="Mine", version=1, by=house.BERIT)
    assert (raised.value.theirs.text, raised.value.mine.text) == ("Deres", "Mine")
    with pytest.raises(ConflictError):
        actions.strike_paragraph(paragraph=mine, version=1, by=house.BERIT)
    actions.strike_paragraph(paragraph=mine, version=2, by=house.BERIT)
    assert Paragraph.objects.get(pk=one.pk).is_struck


@pytest.mark.parametrize(
    "state", ["planned", "invited", "open", "frozen", "commented", "approved", "published"]
)
def test_nothing_is_written_outside_the_meeting_and_the_draft(cast, state):
    meeting = house.bring(house.make_meeting(cast, school=cast.vik), state)
    with pytest.raises(actions.RefusedError, match="skrives ikke"):
        write(meeting, "For sent")
    with pytest.raises(actions.RefusedError, match="skrives ikke"):
        actions.add_row(meeting=meeting, promise=house.promise(), by=house.BERIT)


def test_an_exempt_paragraph_is_read_by_those_who_may(cast, meeting):
    one = write(meeting, SECRET, basis=BASIS)
    shown = {}
    for name in ("berit", "aud", "liv", "tor", "kai"):
        found = queries.minutes_of(meeting, house.who(cast, name, meeting))[2].said[0]
        shown[name] = (found.text == SECRET, found.exempt)
    law = "offentleglova § 13, jf. forvaltningsloven § 13 første ledd nr. 1"
    assert shown == {
        "berit": (True, law),
        "aud": (True, law),
        "liv": (False, law),
        "tor": (False, law),
        "kai": (False, law),
    }
    liv = meeting.participants.get(role="department_head")
    actions.let_read_exempt(participant=liv, may=True, by=house.BERIT)
    meeting = Meeting.objects.get(pk=meeting.pk)
    assert queries.minutes_of(meeting, house.who(cast, "liv", meeting))[2].said[0].text == SECRET
    assert one.basis == BASIS


def test_a_basis_that_does_not_hold_is_refused(meeting):
    with pytest.raises(actions.RefusedError, match="gjelder ikke i dag"):
        write(meeting, "x", basis="offl99")
    with pytest.raises(actions.RefusedError, match="gjelder ikke i dag"):
        write(meeting, "x", basis=BASIS, at=house.at(9000))


def test_the_public_minutes_have_no_trace_of_what_is_exempt(meeting):
    write(meeting, "Åpent ord")
    write(meeting, SECRET, basis=BASIS)
    write(meeting, "Vi velger lesing.", kind=ParagraphKind.CONCLUSION)
    house.bring(meeting, "published")
    sealed, public = meeting.versions.get(), meeting.public
    assert SECRET in sealed.content
    assert "KANARI" not in public.content
    assert sealed.sha256 not in public.content
    assert meeting.frozen.sha256 not in public.content
    item = json.loads(public.content)["items"][2]
    assert item["said"] == [
        {"text": "Åpent ord"},
        {"exempt": "offentleglova § 13, jf. forvaltningsloven § 13 første ledd nr. 1"},
    ]
    assert item["conclusion"] == [{"text": "Vi velger lesing."}]
    assert fingerprint(public.content) == public.sha256


def test_the_public_minutes_do_not_tell_how_long_the_exempt_text_was(cast):
    contents = []
    for school, text in ((cast.nes, "kort"), (cast.vik, "mye lengre " * 40)):
        meeting = house.bring(house.make_meeting(cast, school=school), "agenda")
        write(meeting, text, basis=BASIS)
        house.bring(meeting, "published")
        content = json.loads(meeting.public.content)
        contents.append({**content, "meeting": "", "school": ""})
    assert contents[0] == contents[1]


def test_who_was_there_is_by_role(meeting):
    house.bring(meeting, "published")
    content = json.loads(meeting.public.content)
    assert content["present"] == [
        {"side": "owner", "role": "head_of_schools"},
        {"side": "school", "role": "principal"},
    ]
    assert {"side": "school", "role": "parent_committee"} in content["absent"]
    assert content["next_check_on"] == "2027-02-01"


def test_both_sides_comment_on_the_draft_and_only_then(cast, meeting):
    with pytest.raises(actions.RefusedError, match="ikke ute til kommentar"):
        actions.comment(meeting=meeting, who=house.who(cast, "aud", meeting), text="x", by=house.AUD)
    house.bring(meeting, "draft")
    for name, mail in (("aud", house.AUD), ("berit", house.BERIT)):
        actions.comment(
            meeting=meeting, who=house.who(cast, name, meeting), text=name, by=mail, at=house.at(-4)
        )
    found = [(one.side, one.role, one.text) for one in queries.comments_of(meeting)]
    assert found == [("school", "principal", "aud"), ("owner", "head_of_schools", "berit")]
    with pytest.raises(actions.RefusedError):
        actions.comment(meeting=meeting, who=house.who(cast, "fia", meeting), text="x", by=house.FIA)


def test_empty_minutes_are_not_sent(meeting):
    actions.hold_meeting(meeting=meeting, present=["principal"], by=house.BERIT)
    with pytest.raises(actions.RefusedError, match="Referatet er tomt"):
        actions.send_minutes(meeting=meeting, by=house.BERIT)


def approve(meeting, side, by, seen=None):
    seen = seen or queries.newest_version(meeting).sha256
    return actions.approve(meeting=meeting, side=side, role="x", seen=seen, by=by)


def test_both_approve_exactly_what_they_saw(meeting):
    house.bring(meeting, "commented")
    with pytest.raises(actions.ChangedSinceError, match="endret siden"):
        approve(meeting, Side.SCHOOL, house.AUD, seen="0" * 64)
    approve(meeting, Side.SCHOOL, house.AUD)
    assert Meeting.objects.get(pk=meeting.pk).state == "commented"
    with pytest.raises(actions.RefusedError, match="alt godkjent"):
        approve(meeting, Side.SCHOOL, "liv@example.test")
    with pytest.raises(actions.RefusedError, match="for begge"):
        approve(meeting, Side.OWNER, house.AUD)
    approve(meeting, Side.OWNER, house.BERIT)
    assert Meeting.objects.get(pk=meeting.pk).state == "approved"
    with pytest.raises(actions.RefusedError, match="ikke klart"):
        approve(meeting, Side.OWNER, house.BERIT)


def test_what_was_approved_does_not_count_for_a_new_version(meeting):
    house.bring(meeting, "commented")
    old = queries.newest_version(meeting).sha256
    approve(meeting, Side.SCHOOL, house.AUD)
    with pytest.raises(actions.RefusedError, match="Skriv hva som må rettes"):
        actions.reopen_minutes(meeting=meeting, reason=" ", by=house.BERIT)
    actions.reopen_minutes(meeting=meeting, reason="Feil frist.", by=house.BERIT)
    write(meeting, "Rettet")
    actions.close_comments(meeting=meeting, by=house.BERIT)
    with pytest.raises(actions.ChangedSinceError):
        approve(meeting, Side.OWNER, house.BERIT, seen=old)
    approve(meeting, Side.OWNER, house.BERIT)
    assert Meeting.objects.get(pk=meeting.pk).state == "commented"
    approve(meeting, Side.SCHOOL, house.AUD)
    assert Meeting.objects.get(pk=meeting.pk).state == "approved"
    assert [row.number for row in meeting.versions.all()] == [1, 2]


def test_minutes_are_not_published_before_both_have_approved(meeting):
    house.bring(meeting, "commented")
    approve(meeting, Side.SCHOOL, house.AUD)
    with pytest.raises(NotAllowedError):
        actions.publish(meeting=meeting, by=house.BERIT)


def test_a_promise_needs_a_why_and_answers_the_other_side(cast, meeting):
    with pytest.raises(actions.RefusedError, match="skriv hvorfor"):
        actions.add_row(meeting=meeting, promise=house.promise(why=""), by=house.BERIT)
    first = actions.add_row(meeting=meeting, promise=house.promise(), by=house.BERIT)
    with pytest.raises(actions.RefusedError, match="andre siden"):
        actions.add_row(meeting=meeting, promise=house.promise(answers=first), by=house.BERIT)
    (theirs,) = plan_of(cast.utvik, "Deres mål")
    with pytest.raises(actions.RefusedError, match="hører ikke til her"):
        actions.add_row(meeting=meeting, promise=house.promise(goal=theirs), by=house.BERIT)


def test_two_who_change_a_promise_see_both(meeting):
    row = actions.add_row(meeting=meeting, promise=house.promise(), by=house.BERIT)
    mine, theirs = AgreementRow.objects.get(pk=row.pk), AgreementRow.objects.get(pk=row.pk)
    actions.change_row(row=theirs, promise=house.promise(what="Deres"), version=1, by=house.AUD)
    with pytest.raises(ConflictError):
        actions.change_row(row=mine, promise=house.promise(what="Mine"), version=1, by=house.BERIT)
    actions.strike_row(row=mine, version=2, by=house.BERIT)
    assert queries.rows_of(meeting) == []


def test_rows_become_the_agreement_without_typing(cast, meeting):
    (goal,) = plan_of(cast.fjordvik, "Alle leser for å lære")
    school = actions.add_row(meeting=meeting, promise=house.promise(goal=goal), by=house.BERIT)
    answer = house.promise(
        side=Side.OWNER, what="gi 20 % lesespesialist", who="head_of_schools", answers=school
    )
    actions.add_row(meeting=meeting, promise=answer, by=house.BERIT)
    actions.strike_row(
        row=actions.add_row(meeting=meeting, promise=house.promise(what="Strøket"), by=house.BERIT),
        version=1,
        by=house.BERIT,
    )
    with pytest.raises(actions.RefusedError, match="når begge har godkjent"):
        actions.draft_from_rows(meeting=meeting, by=house.BERIT)
    house.bring(meeting, "published")
    with pytest.raises(actions.RefusedError, match="Lag avtalen"):
        actions.follow_up(meeting=meeting, by=house.BERIT)
    made = actions.draft_from_rows(meeting=meeting, by=house.BERIT)
    assert actions.draft_from_rows(meeting=meeting, by=house.BERIT) == made
    lines = list(Commitment.objects.filter(wording__agreement=made).order_by("number"))
    assert [(one.side, one.what, one.pair, one.why_goal) for one in lines] == [
        ("school", "ha to lærere i lesetimene", 1, goal),
        ("owner", "gi 20 % lesespesialist", 1, None),
    ]
    assert [row.commitment for row in queries.rows_of(meeting)] == [one.line for one in lines]
    assert (made.source, made.school) == (f"dialogue.meeting:{meeting.pk}", cast.nes)
    house.bring(meeting, "closed")


def test_an_agreement_in_force_gives_premises_to_the_plan_once(cast, meeting):
    actions.add_row(meeting=meeting, promise=house.promise(), by=house.BERIT)
    house.bring(meeting, "approved")
    made = actions.draft_from_rows(meeting=meeting, by=house.BERIT)
    assert actions.make_round(now=house.at(-20))["carried"] == 0
    Agreement.objects.filter(pk=made.pk).update(state="in_force", in_force=1)
    assert actions.make_round(now=house.at(-20))["carried"] == 1
    assert actions.make_round(now=house.at(-20))["carried"] == 0
    premise = SchoolPlanPremise.objects.get()
    assert (premise.text, premise.year, premise.school) == ("ha to lærere i lesetimene", 2027, cast.nes)
    assert Meeting.objects.get(pk=meeting.pk).carried_on == date(2026, 12, 23)


def test_a_meeting_without_promises_makes_no_agreement(meeting):
    house.bring(meeting, "approved")
    with pytest.raises(actions.RefusedError, match="ingen løfter"):
        actions.draft_from_rows(meeting=meeting, by=house.BERIT)
    house.bring(meeting, "closed")


def test_the_owners_meeting_is_approved_by_the_owner_and_makes_no_promises(cast):
    kind = house.make_kind(cast.fjordvik, key="laering", name="Dialog for læring", level="owner")
    wish = actions.NewMeeting(None, house.START)
    (meeting,) = actions.plan_meetings(owner=cast.fjordvik, kind=kind, meetings=[wish], by=house.BERIT)
    house.bring(meeting, "agenda")
    with pytest.raises(actions.RefusedError, match="hele kommunen"):
        actions.add_row(meeting=meeting, promise=house.promise(), by=house.BERIT)
    house.bring(meeting, "commented")
    approve(meeting, Side.OWNER, house.BERIT)
    assert Meeting.objects.get(pk=meeting.pk).state == "approved"

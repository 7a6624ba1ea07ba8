"""The package: who may write, share, withdraw and read each part, and what was frozen."""

import json

import pytest
from django.db import transaction

from tests.work.dialogue import meetinghouse as house
from tettpaa.core.audit.seal import canonical, fingerprint
from tettpaa.core.audit.states import NotAllowedError
from tettpaa.core.audit.versions import ConflictError
from tettpaa.core.ui import panels
from tettpaa.work.dialogue import actions, queries
from tettpaa.work.dialogue.enums import PartKey, PartState
from tettpaa.work.dialogue.models import FrozenPackage, Meeting, PackagePart

WORDS = {"proud": "Lesegleden", "worried": "Støtten", "why": "", "doing": "KANARI-ANALYSE"}


@pytest.fixture
def meeting(cast):
    return house.bring(house.make_meeting(cast), "open")


def part(meeting, key=PartKey.ANALYSIS):
    return PackagePart.objects.get(meeting=meeting, key=key)


def write(one, content=WORDS, **more):
    return actions.write_part(
        part=one, content=content, version=one.version, by=house.AUD, at=house.at(10), **more
    )


def seen(cast, name, meeting):
    meeting = Meeting.objects.get(pk=meeting.pk)
    package = queries.package_of(
        house.viewer(cast, name), meeting, house.who(cast, name, meeting), house.at(10).date()
    )
    return {one.key: one for one in package.parts}


def test_opening_makes_a_part_for_each_that_owes_one(meeting):
    rows = meeting.parts.values_list("key", "side", "body__key", "state")
    assert list(rows) == [
        ("analysis", "school", None, "missing"),
        ("voice_pupils", "", "elevrad", "missing"),
        ("voice_parents", "", "fau", "missing"),
        ("voice_staff", "", "tillitsvalgte", "missing"),
        ("data", "owner", None, "shared"),
        ("questions", "owner", None, "missing"),
    ]


@pytest.mark.parametrize(
    ("name", "owned"),
    [
        ("aud", {"analysis"}),
        ("liv", {"analysis"}),
        ("berit", {"data", "questions"}),
        ("odd", {"voice_pupils"}),
        ("fia", {"voice_parents"}),
        ("tor", {"voice_staff"}),
        ("kai", set()),
    ],
)
def test_each_part_has_one_owner(cast, meeting, name, owned):
    who = house.who(cast, name, meeting)
    assert {one.key for one in meeting.parts.select_related("body") if who.owns(one)} == owned


def test_only_the_school_sees_its_analysis_until_it_shares(cast, meeting):
    one = write(part(meeting))
    assert part(meeting).state == PartState.PRIVATE
    assert seen(cast, "aud", meeting)["analysis"].content["doing"] == "KANARI-ANALYSE"
    assert seen(cast, "berit", meeting)["analysis"].content is None
    actions.share_part(part=one, by=house.AUD, at=house.at(9))
    assert seen(cast, "berit", meeting)["analysis"].content["doing"] == "KANARI-ANALYSE"
    assert seen(cast, "tor", meeting)["analysis"].content["doing"] == "KANARI-ANALYSE"
    assert set(seen(cast, "fia", meeting)) == {"voice_parents"}
    assert set(seen(cast, "odd", meeting)) == {"voice_pupils"}


def test_withdrawing_tells_who_has_read_it_and_leaves_a_trace(cast, meeting):
    one = actions.share_part(part=write(part(meeting)), by=house.AUD, at=house.at(9))
    for _twice in range(2):
        actions.note_look(part=one, role="head_of_schools", at=house.at(9, 13))
    actions.withdraw_part(part=one, by=house.AUD, at=house.at(8))
    assert seen(cast, "berit", meeting)["analysis"].content is None
    assert seen(cast, "aud", meeting)["analysis"].seen_by == ("head_of_schools",)
    traces = list(one.traces.values_list("what", "seen_by", "at"))
    assert traces == [
        ("shared", [], house.at(9)),
        ("withdrawn", ["head_of_schools"], house.at(8)),
    ]
    again = actions.share_part(part=part(meeting), by=house.AUD, at=house.at(8, 13))
    actions.withdraw_part(part=again, by=house.AUD, at=house.at(8, 14))
    assert again.traces.last().seen_by == []


def test_nothing_empty_is_shared(meeting):
    with pytest.raises(actions.RefusedError, match="Skriv noe før du deler"):
        actions.share_part(part=part(meeting), by=house.AUD, at=house.at(9))


def test_two_pages_are_measured_in_characters(meeting):
    one = part(meeting)
    half = "x" * 3000
    write(one, {"proud": half, "worried": half})
    with pytest.raises(actions.RefusedError, match=r"6001 tegn\. Det er plass til 6000"):
        write(part(meeting), {"proud": half, "worried": half, "why": "y"})
    with pytest.raises(actions.RefusedError, match="3001 tegn"):
        write(part(meeting, "voice_parents"), {"text": "z" * 3001})


def test_the_second_writer_sees_the_first_ones_words(meeting):
    mine, theirs = part(meeting), part(meeting)
    write(theirs, {"proud": "Deres"})
    with pytest.raises(ConflictError) as raised:
        write(mine, {"proud": "Mine"})
    assert raised.value.theirs.content["proud"] == "Deres"
    assert raised.value.mine.content["proud"] == "Mine"
    assert part(meeting).content["proud"] == "Deres"


@pytest.mark.parametrize("deed", ["write", "share", "withdraw"])
def test_nothing_changes_after_the_freezing_time_even_before_the_job_has_run(meeting, deed):
    one = write(part(meeting))
    late = house.at(7, 6)
    deeds = {
        "write": lambda: actions.write_part(part=one, content={}, version=one.version, by=house.AUD, at=late),
        "share": lambda: actions.share_part(part=one, by=house.AUD, at=late),
        "withdraw": lambda: actions.withdraw_part(part=part(meeting, "data"), by=house.BERIT, at=late),
    }
    with pytest.raises(actions.FrozenError, match="Fristen er ute"):
        deeds[deed]()


def test_before_opening_there_is_no_part_to_write(cast):
    early = house.bring(house.make_meeting(cast), "invited")
    assert not early.parts.exists()
    assert (
        queries.package_of(
            house.viewer(cast, "aud"), early, house.who(cast, "aud", early), house.at(25).date()
        ).parts
        == ()
    )


def test_freezing_seals_what_is_shared_and_nothing_else(cast, meeting):
    actions.share_part(part=write(part(meeting)), by=house.AUD, at=house.at(9))
    write(part(meeting, "voice_parents"), {"text": "KANARI-IKKE-DELT"})
    frozen = actions.freeze(meeting=meeting, by=house.BERIT, at=house.at(7))
    content = json.loads(frozen.content)
    assert canonical(content) == frozen.content
    assert fingerprint(frozen.content) == frozen.sha256
    parts = {one["key"]: one for one in content["parts"]}
    assert parts["analysis"]["content"]["doing"] == "KANARI-ANALYSE"
    assert parts["voice_parents"] == {
        "key": "voice_parents", "body": "fau", "state": "private", "shared_at": None, "content": {},
    }  # fmt: skip
    assert "KANARI-IKKE-DELT" not in frozen.content
    assert (content["school"], set(content["data"])) == ("F00000001", {"public", "internal"})


def test_after_freezing_all_read_the_frozen_words(cast, meeting):
    actions.share_part(part=write(part(meeting)), by=house.AUD, at=house.at(9))
    actions.freeze(meeting=meeting, by=house.BERIT, at=house.at(7))
    PackagePart.objects.filter(key="analysis").update(content={**WORDS, "doing": "ENDRET ETTERPÅ"})
    assert seen(cast, "berit", meeting)["analysis"].content["doing"] == "KANARI-ANALYSE"
    with pytest.raises(actions.FrozenError, match="Skriv et tillegg"):
        write(part(meeting))


def test_a_dated_addition_stands_beside_what_was_frozen(cast, meeting):
    one = actions.share_part(part=write(part(meeting)), by=house.AUD, at=house.at(9))
    with pytest.raises(actions.FrozenError):
        actions.add_to_frozen(part=one, text="For tidlig", role="principal", by=house.AUD)
    house.bring(meeting, "frozen")
    actions.add_to_frozen(part=one, text="Nye tall", role="principal", by=house.AUD, at=house.at(5))
    (added,) = seen(cast, "berit", meeting)["analysis"].additions
    assert (added.text, added.role, added.at) == ("Nye tall", "principal", house.at(5))
    with pytest.raises(actions.RefusedError, match="ikke delt"):
        actions.add_to_frozen(
            part=part(meeting, "voice_parents"), text="x", role="parent_committee", by=house.FIA
        )
    with pytest.raises(actions.RefusedError, match="1500 tegn"):
        actions.add_to_frozen(part=one, text="x" * 1501, role="principal", by=house.AUD)


def test_freezing_twice_seals_once(meeting):
    actions.freeze(meeting=meeting, by=house.BERIT)
    with pytest.raises(NotAllowedError):
        actions.freeze(meeting=Meeting.objects.get(pk=meeting.pk), by=house.BERIT)
    assert FrozenPackage.objects.count() == 1


def test_another_rooms_part_is_sealed_and_shown(cast, meeting, monkeypatch):
    made = panels.PackagePart(
        "competence", "Kompetanse", 90, "dialogue/parts/text.html", {"text": "12 søkere"}
    )
    monkeypatch.setitem(panels._parts, "competence", lambda asked: made if asked.school else None)
    assert seen(cast, "berit", meeting)["competence"].content == {"text": "12 søkere"}
    frozen = actions.freeze(meeting=meeting, by=house.BERIT)
    assert json.loads(frozen.content)["others"][0]["content"] == {"text": "12 søkere"}
    monkeypatch.setitem(panels._parts, "competence", lambda asked: None)
    assert seen(cast, "berit", meeting)["competence"].title == "Kompetanse"


def test_a_part_moves_only_along_its_paths(meeting):
    for state in PartState:
        PackagePart.objects.filter(key="questions").update(state=state, content={"text": "x"})
        one = part(meeting, "questions")
        for deed, allowed in (
            (actions.share_part, {"missing", "private", "withdrawn"}),
            (actions.withdraw_part, {"shared"}),
        ):
            with transaction.atomic():
                if state in allowed:
                    deed(part=one, by=house.BERIT, at=house.at(9))
                    transaction.set_rollback(True)
                else:
                    with pytest.raises(NotAllowedError):
                        deed(part=one, by=house.BERIT, at=house.at(9))
            one = part(meeting, "questions")


def test_the_owners_meeting_has_no_school_part(cast):
    house.make_bodies(cast.fjordvik)
    kind = house.make_kind(cast.fjordvik, key="laering", name="Dialog for læring", level="owner")
    wish = actions.NewMeeting(None, house.START)
    (meeting,) = actions.plan_meetings(owner=cast.fjordvik, kind=kind, meetings=[wish], by=house.BERIT)
    house.bring(meeting, "frozen")
    assert list(meeting.parts.values_list("key", flat=True)) == ["data", "questions"]
    content = json.loads(meeting.frozen.content)
    assert (content["school"], content["last"], content["assessment"]) == (None, [], None)


def test_looks_are_noted_only_while_it_is_shared(meeting):
    one = write(part(meeting))
    actions.note_look(part=one, role="head_of_schools")
    assert not one.looks.exists()

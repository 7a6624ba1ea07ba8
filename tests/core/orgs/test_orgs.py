"""Places, roles and registers."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404
from django.test import Client
from django.utils import timezone

from tests.factories.cast import Cast
from tettpaa.core.accounts.actions import close_account
from tettpaa.core.audit.models import Event
from tettpaa.core.orgs import actions, queries
from tettpaa.core.orgs.access import place_of
from tettpaa.core.orgs.access_table import read_table
from tettpaa.core.orgs.enums import Kind, SuccessionKind
from tettpaa.core.orgs.models import Membership, Succession, Unit
from tettpaa.core.orgs.permissions import Permission, roles
from tettpaa.core.orgs.registers import load_registers
from tettpaa.core.orgs.viewer import ANONYMOUS, Viewer, load_viewer

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


def viewer(cast: Cast, name: str, on: date = TODAY) -> Viewer:
    return load_viewer(cast.users[name], on)


def test_a_role_is_inherited_downward_and_stays_at_home(cast: Cast) -> None:
    berit, aud = viewer(cast, "berit"), viewer(cast, "aud")
    internal = Permission.FIGURES_INTERNAL
    assert [berit.may(internal, u) for u in (cast.fjordvik, cast.nes, cast.vik, cast.utvik)] == [
        True,
        True,
        True,
        False,
    ]
    assert [aud.may(internal, u) for u in (cast.fjordvik, cast.nes, cast.vik, cast.utvik)] == [
        False,
        True,
        False,
        False,
    ]
    assert [aud.may(Permission.FIGURES_READ, u) for u in (cast.fjordvik, cast.vik, cast.utvik)] == [
        True,
        True,
        False,
    ]
    assert not ANONYMOUS.may(Permission.FIGURES_READ, cast.nes)
    assert berit.owner_codes == ("9901",)


def test_a_role_holds_between_its_dates(cast: Cast) -> None:
    row = Membership.objects.get(user=cast.users["aud"])
    actions.end_role(membership=row, ends_on=date(2026, 7, 31), by="berit@example.test")
    assert viewer(cast, "aud", date(2026, 7, 31)).grants
    assert not viewer(cast, "aud", date(2026, 8, 1)).grants
    assert not viewer(cast, "aud", date(2020, 7, 31)).grants
    assert Event.objects.filter(chain="9901", kind="orgs.role_ended").count() == 1


def test_a_role_cannot_end_before_it_starts(cast: Cast) -> None:
    with pytest.raises(ValidationError):
        actions.give_role(
            user=cast.users["dag"],
            unit=cast.nes,
            role="teacher",
            starts_on=TODAY,
            ends_on=TODAY - timedelta(1),
            by="x",
        )
    with pytest.raises(KeyError):
        actions.give_role(user=cast.users["dag"], unit=cast.nes, role="king", starts_on=TODAY, by="x")


def test_access_is_gone_on_the_very_next_request(cast: Cast, client_of: object) -> None:
    client: Client = client_of("dag")  # type: ignore[operator]
    assert client.get("/9901/").status_code == 200
    actions.end_role(
        membership=Membership.objects.get(user=cast.users["dag"]),
        ends_on=timezone.localdate() - timedelta(1),
        by="x",
    )
    assert client.get("/9901/").status_code == 404
    close_account(user=cast.users["dag"], by="x")
    assert client.get("/9901/").headers["Location"].startswith("/demo/?next=")


def test_places_are_found_or_look_like_none(cast: Cast) -> None:
    aud = viewer(cast, "aud")
    read = Permission.FIGURES_READ
    assert place_of(aud, read, owner_code="9901", school_code="F00000001") == (cast.fjordvik, cast.nes)
    for owner, school in [
        ("9902", None),
        ("0000", None),
        ("99", None),
        ("9901", "U00000001"),
        ("9901", "9901"),
        ("9901", ""),
    ]:
        with pytest.raises(Http404):
            place_of(aud, read, owner_code=owner, school_code=school)


def test_the_second_factor_is_asked_for(cast: Cast, client_of: object, settings: object) -> None:
    settings.REQUIRE_SECOND_FACTOR = True  # type: ignore[attr-defined]
    client: Client = client_of("berit")  # type: ignore[operator]
    assert client.get("/9901/").headers["Location"] == "/konto/2fa/"


def test_units_are_added_once_with_their_path(cast: Cast) -> None:
    new = actions.NewUnit(Kind.SCHOOL, "F00000003", " Lia  skole ", "9901")
    assert actions.add_units(units=[new, new], by="x")["F00000003"].path == "/NO/99/9901/F00000003/"
    assert actions.add_units(units=[new], by="x") == {}
    assert [s.label for s in queries.schools_of(cast.fjordvik)] == ["Lia skole", "Nes skole", "Vik skole"]
    with pytest.raises(KeyError):
        actions.add_units(units=[actions.NewUnit(Kind.SCHOOL, "F00000004", "x", "none")], by="x")


def test_norwegian_alphabet() -> None:
    names = ["Åsen", "Øst", "Ær", "Zeta", "Ask"]
    assert sorted(names, key=queries.alphabetical) == ["Ask", "Zeta", "Ær", "Øst", "Åsen"]


def test_settings_change_is_told_before_and_after(cast: Cast) -> None:
    actions.change_owner_settings(settings=cast.fjordvik.settings, by="berit", report_name="Kvalitetsmelding")
    event = Event.objects.filter(chain="9901").latest("number")
    assert event.detail["after"] == {"report_name": "Kvalitetsmelding"}
    with pytest.raises(ValidationError):
        actions.change_owner_settings(settings=cast.fjordvik.settings, by="berit", accent="rød")


def test_above_and_members(cast: Cast) -> None:
    assert [u.code for u in queries.above(cast.nes)] == ["9901", "99", "NO"]
    members = queries.members_of(cast.fjordvik)
    assert {role: [m.user.name for m in rows] for role, rows in members.items()}["principal"] == [
        "Aud",
        "Vera",
    ]
    assert "Eva" not in {m.user.name for rows in members.values() for m in rows}
    assert queries.owners_for(viewer(cast, "eva")) == [cast.utvik]


def test_a_unit_cannot_end_before_it_starts(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.filter(pk=cast.nes.pk).update(valid_from=date(2020, 1, 1), valid_to=date(2019, 1, 1))


@pytest.fixture
def registers(db: None) -> None:
    load_registers(by="test")


def test_registers_load_once_and_know_the_anchors(registers: None) -> None:
    assert load_registers(by="test") == 0
    assert (
        Unit.objects.filter(
            kind=Kind.COUNTY, valid_to=None, code__in=["03", "11", "15", "18", "31", "32"]
        ).count()
        == 6
    )
    now = Unit.objects.get(code="3207")
    assert (now.name, now.path, now.valid_to) == ("Nordre Follo", "/NO/32/3207/", None)
    steps = {(s.old.code, s.new.code): s.kind for s in Succession.objects.select_related("old", "new")}
    assert steps["3020", "3207"] == SuccessionKind.RENUMBER
    assert (steps["0213", "3020"], steps["0217", "3020"]) == (SuccessionKind.MERGE, SuccessionKind.MERGE)
    assert (steps["1551", "1579"], steps["1548", "1579"]) == (SuccessionKind.MERGE, SuccessionKind.MERGE)
    assert (steps["1141", "1103"], steps["3025", "3203"]) == (SuccessionKind.MERGE, SuccessionKind.RENUMBER)
    assert Unit.objects.get(code="3025").valid_to == date(2024, 1, 1)


def test_a_renumbering_is_one_entity_and_a_merger_is_not(registers: None) -> None:
    asker = Unit.objects.get(code="3203")
    codes = {Unit.objects.get(pk=pk).code for pk in queries.same_entity([asker])}
    assert codes == {"3203", "3025"}
    moved = queries.successor_codes()
    assert (moved["0220"], moved["3025"], moved["1551"]) == ("3203", "3203", "1579")


def test_every_role_has_words_in_three_languages() -> None:
    for role in roles().values():
        assert set(role.names) == set(role.sentence) == {"nb", "nn", "en"}
        assert all(role.names.values())
    assert Permission.REPORTS_READ not in roles()["council_member"].permissions


@pytest.mark.parametrize(
    "row", ['permission = "x"\nmethods = ["GET"]', 'permission = "public"\nplace = "owner"\nmethods = ["GET"]',
            'permission = "figures.read"\nmethods = ["GET"]', 'permission = "public"']
)  # fmt: skip
def test_a_wrong_row_of_the_access_table_names_the_route(row: str, tmp_path: object) -> None:
    from django.core.exceptions import ImproperlyConfigured

    file = tmp_path / "access.toml"  # type: ignore[operator]
    file.write_text(f'["a:b"]\n{row}\n')
    with pytest.raises(ImproperlyConfigured, match="a:b"):
        read_table(file)

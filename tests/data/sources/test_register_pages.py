"""The school register's page: fetched, proposed, let in, linked with a reason and taken back; nothing by itself."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from tests.data.sources.fetch.registers_spoken import BRREG, NSR, SSB, Nsr, brreg, klass, record
from tests.data.sources.fetch.stand_in import StandIn, standing_in
from tests.factories.cast import Cast
from tettpaa.core.audit.models import Event
from tettpaa.core.jobs.actions import run
from tettpaa.core.jobs.models import Job
from tettpaa.core.orgs.models import Succession, Unit
from tettpaa.core.orgs.registers import load_registers
from tettpaa.data.sources.models import RegisterReading

pytestmark = pytest.mark.django_db
type Clients = Callable[[str], Client]
SHELF = "/9901/tall-inn/"
PAGE = f"{SHELF}skoleregister/"
NES, VIK = "F00000001", "F00000002"
OVER = {
    "ErAktiv": False, "Utgaattype": {"Id": "F", "Navn": "Slettet for sammenslåing"},
    "UtgaattDato": "2024-08-25T01:15:10.91+00:00", "OppstartsEllerStiftelsesdato": "1969-02-01T00:00:00+00:00",
}  # fmt: skip
UNITS = {NES: {"slettedato": "2024-08-25"}, VIK: {"oppstartsdato": "2024-08-01"}}


@pytest.fixture
def nsr() -> Nsr:
    """Nes closed when Vik opened at its address; Fjell is new and private."""
    return Nsr(
        record(NES, "Nes skole", "9901", **OVER),
        record(VIK, "Vik skole", "9901", Beliggenhetsadresse={"Adresse": "Kaia 1", "Postnummer": "2335"}),
        record(
            "F00000008", "Fjell friskole", "9901", ErPrivatskole=True, SkoletrinnGSFra=1, SkoletrinnGSTil=7
        ),
    )


@pytest.fixture
def server(nsr: Nsr, settings: Any, tmp_path: Path) -> Iterator[StandIn]:
    nsr.schools[NES]["Beliggenhetsadresse"] = {"Adresse": "Kaia 1", "Postnummer": "2335"}
    with standing_in({NSR: nsr, BRREG: brreg(UNITS), SSB: klass}) as server:
        settings.FETCH_STAND_IN, settings.FILE_STORE = server.address, tmp_path / "store"
        yield server


def fetched(client: Client) -> str:
    client.post(f"{SHELF}hent/nsr/")
    run(Job.objects.filter(kind="sources.fetch").latest("created_at").pk)
    return client.get(PAGE).content.decode()


def test_before_it_is_fetched_the_page_says_so(cast: Cast, client_of: Clients) -> None:
    page = client_of("arne").get(PAGE).content.decode()
    assert "Skoleregisteret er ikke hentet ennå." in page
    assert "Koble skoler selv" in page


def test_a_fetched_register_proposes_and_changes_nothing(
    cast: Cast, client_of: Clients, server: StandIn
) -> None:
    arne = client_of("arne")
    page = fetched(arne)
    assert "Registeret har 4 forslag." in page
    assert "Fjell friskole (F00000008). Ny her. Privat skole. 1.–7. trinn." in page
    assert "Nes skole (F00000001). Avsluttet i registeret 25." in page
    assert "Grunn: sammenslåing." in page
    assert "Vik skole (F00000002). Registeret har andre opplysninger. 8.–10. trinn. Bokmål." in page
    assert "Vik skole (F00000002) kan ha tatt over etter Nes skole (F00000001)." in page
    assert "Grunnlag: samme adresse." in page
    assert "Enhetsregisteret har de samme datoene." in page
    assert not Unit.objects.filter(code="F00000008").exists()
    assert Succession.objects.count() == 0
    reading = RegisterReading.objects.get()
    assert (reading.owner, reading.by, len(reading.schools)) == (cast.fjordvik, cast.users["arne"].email, 3)
    assert "Se hva registeret sier" in arne.get(SHELF).content.decode()
    assert Event.objects.filter(kind="sources.register_read").count() == 1


def test_what_is_ticked_comes_in(cast: Cast, client_of: Clients, server: StandIn) -> None:
    arne = client_of("arne")
    fetched(arne)
    answer = arne.post(f"{PAGE}ta-inn/", {"school": ["F00000008", NES, "999999999"]}, follow=True)
    assert "2 skoler er oppdatert." in answer.content.decode()
    fjell = Unit.objects.get(code="F00000008")
    assert (fjell.run_by_owner, fjell.grade_from) == (False, 1)
    assert str(Unit.objects.get(code=NES).valid_to) == "2024-08-25"
    assert Unit.objects.get(code=VIK).grade_from is None
    assert "Registeret har 2 forslag." in arne.get(PAGE).content.decode()
    arne.post(f"{PAGE}ta-inn/", {"school": [VIK]})
    said = {"old": NES, "new": VIK, "on": "2024-08-01", "why": "Samme skole"}
    arne.post(f"{PAGE}kobling/", said)
    assert "Skolene her stemmer med registeret." in arne.get(PAGE).content.decode()


def test_a_link_is_confirmed_with_a_reason_and_taken_back(
    cast: Cast, client_of: Clients, server: StandIn
) -> None:
    arne = client_of("arne")
    fetched(arne)
    said = {"old": NES, "new": VIK, "on": "2024-08-01", "why": ""}
    refused = arne.post(f"{PAGE}kobling/", said)
    assert (refused.status_code, Succession.objects.count()) == (422, 0)
    assert "Skriv hvorfor. Andre skal kunne forstå valget." in refused.content.decode()
    page = arne.post(
        f"{PAGE}kobling/", said | {"why": "Skolen fikk nytt nummer."}, follow=True
    ).content.decode()
    assert "Koblet. Serien går videre med et brudd." in page
    assert "Vik skole (F00000002) tok over etter Nes skole (F00000001) 1." in page
    assert f"av {cast.users['arne'].email}" in page
    assert "Skolen fikk nytt nummer." in page
    assert "kan ha tatt over" not in page
    link = Succession.objects.get()
    undo = f"{PAGE}kobling/{link.pk}/fjern/"
    assert "Skriv hvorfor koblingen skal bort." in arne.post(undo, {"why": ""}, follow=True).content.decode()
    assert "Koblingen er fjernet." in arne.post(undo, {"why": "Feil"}, follow=True).content.decode()
    assert Succession.objects.count() == 0
    assert arne.post(undo, {"why": "Feil"}).status_code == 404


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"new": NES}, "Velg to ulike skoler."),
        ({"old": ""}, "Velg en skole."),
        ({"on": "i fjor"}, "Skriv datoen som 2024-08-01."),
        ({"old": VIK, "new": NES}, "Skolene er koblet i ring."),
        ({}, "En av skolene er allerede koblet til en annen."),
    ],
)
def test_what_cannot_be_linked_is_said(
    cast: Cast, client_of: Clients, changes: dict[str, str], words: str
) -> None:
    arne = client_of("arne")
    said = {"old": NES, "new": VIK, "on": "2024-08-01", "why": "Nytt nummer"}
    arne.post(f"{PAGE}kobling/", said)
    answer = arne.post(f"{PAGE}kobling/", said | changes)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Succession.objects.count() == 1


def test_others_neither_see_nor_change_anything(cast: Cast, client_of: Clients, server: StandIn) -> None:
    fetched(client_of("arne"))
    kai = client_of("kai")
    assert kai.get(PAGE).status_code == 404
    kai.post(f"{PAGE}kobling/", {"old": NES, "new": VIK, "on": "2024-08-01", "why": "x"})
    kai.post(f"{PAGE}ta-inn/", {"school": ["F00000008"]})
    assert (Succession.objects.count(), Unit.objects.filter(code="F00000008").count()) == (0, 0)
    assert client_of("eva").get(PAGE).status_code == 404


def test_a_changed_register_leaves_the_last_reading(
    cast: Cast, client_of: Clients, nsr: Nsr, server: StandIn
) -> None:
    arne = client_of("arne")
    fetched(arne)
    before = RegisterReading.objects.get().read_at
    nsr.schools[VIK]["Elevtallet"] = 3
    with pytest.raises(CommandError, match="nsr"):
        call_command("fetch", "nsr", owner="9901", again=True)
    assert RegisterReading.objects.get().read_at == before


def test_the_command_takes_new_schools_in_and_leaves_the_rest(
    cast: Cast, server: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("fetch", "nsr", owner="9901", dry_run=True)
    assert "Prøvekjøring: ingenting er endret." in capsys.readouterr().out
    assert not RegisterReading.objects.exists()
    call_command("fetch", "nsr", owner="9901")
    assert capsys.readouterr().out.splitlines() == [
        "Skoleregisteret (Fjordvik):", "  1 nye skoler. 3 forslag venter på siden «Skoleregisteret».",
    ]  # fmt: skip
    assert Unit.objects.filter(code="F00000008").exists()
    assert Unit.objects.get(code=NES).valid_to is None


def test_municipality_codes_come_in_by_themselves(
    cast: Cast, client_of: Clients, server: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    load_registers(by="test")
    Unit.objects.filter(code="0301").update(name="Oslo")
    call_command("fetch", "klass_131")
    assert "  1 nye eller endrede kommuner." in capsys.readouterr().out.splitlines()
    assert Unit.objects.get(code="0301").name == "Oslo - Oslove"
    assert {(s.old.code, s.new.code) for s in Succession.objects.filter(kind="boundary")} == {
        ("3118", "3207"), ("3118", "3216"),
    }  # fmt: skip
    client_of("arne").post(f"{SHELF}hent/klass_131/")
    job = Job.objects.get(kind="sources.fetch")
    run(job.pk)
    job.refresh_from_db()
    assert job.result == {"register": 0}
    assert "Se hva registeret sier" not in client_of("arne").get(SHELF).content.decode()

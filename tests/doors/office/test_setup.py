"""The owner's set-up: packs held against it and loaded, and its bodies in words."""

import io
import re
import zipfile
from collections.abc import Callable

import pytest
from django.test import Client

from tests.factories.cast import Cast
from tettpaa.core.audit.models import Event
from tettpaa.core.orgs.actions import BodyWords, save_body
from tettpaa.core.orgs.models import Body, OwnerSettings
from tettpaa.core.packs.actions import load_pack
from tettpaa.core.packs.queries import changes, founding_pack

type ClientOf = Callable[[str], Client]
PAGES = (
    "/9901/oppsett/",
    "/9901/oppsett/last-ned/",
    "/9901/oppsett/pakker/eide/",
    "/9901/oppsett/deler/road/",
    "/9901/oppsett/deler/road/ny/",
    "/9901/oppsett/deler/road/kommunestyre/",
    "/9901/oppsett/organer/",
    "/9901/oppsett/organer/fau/",
)


def text_of(client: Client, address: str) -> str:
    return re.sub(r"\s+", " ", client.get(address).content.decode())


@pytest.fixture
def fau(cast: Cast) -> Body:
    words = BodyWords("FAU", "school", "parent_committee", "parents")
    return save_body(owner=cast.fjordvik, key="fau", words=words, by="test")


@pytest.fixture
def eide(cast: Cast) -> None:
    load_pack(owner=cast.fjordvik, pack=founding_pack("eide"), by="test")


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["aud", "carl", "dag", "kai", "arne", "eva"])
def test_only_those_who_set_up_get_in(eide: None, client_of: ClientOf, name: str) -> None:
    client = client_of(name)
    assert [client.get(page).status_code for page in PAGES] == [404] * len(PAGES)
    assert client.post("/9901/oppsett/pakker/eide/").status_code == 404
    assert client.post("/9901/oppsett/organer/fau/avslutt/").status_code == 404
    assert client.post("/9901/oppsett/deler/road/kommunestyre/avslutt/").status_code == 404
    assert Body.objects.filter(is_active=True).count() == 5


@pytest.mark.django_db
def test_before_a_pack_the_page_says_so_and_names_them_all(cast: Cast, client_of: ClientOf) -> None:
    page = text_of(client_of("siv"), "/9901/oppsett/")
    assert "Dere har ikke lastet noen pakke ennå." in page
    assert "Ingenting er skrevet." in page
    assert re.findall(r"/9901/oppsett/pakker/(\w+)/", page) == [
        "asker", "eide", "fjordvik", "ski", "stavanger", "trondheim", "empty",
    ]  # fmt: skip
    assert "utviklingsprosjekt med veilederkorpset: en snuoperasjon" in page


@pytest.mark.django_db
def test_a_pack_is_seen_before_it_is_loaded_and_what_is_written_stays(fau: Body, client_of: ClientOf) -> None:
    client = client_of("berit")
    page = text_of(client, "/9901/oppsett/pakker/eide/")
    assert re.search(r"Pakken endrer \d+ ting hos dere\.", page)
    assert "Én ting som dere har skrevet selv, blir stående." in page
    assert re.search(r"Deres egen tekst beholdes</th> <td[^>]*>FAU · navn</td>", page)
    assert "Formannskapet" in page
    assert "Last pakken" in page
    assert set(Body.objects.filter(is_active=True).values_list("key", flat=True)) == {"fau"}
    answer = client.post("/9901/oppsett/pakker/eide/")
    assert (answer.status_code, answer["Location"]) == (302, "/9901/oppsett/")
    assert OwnerSettings.objects.get(unit__code="9901").wheel_profile == "before_summer"
    assert dict(Body.objects.filter(owner__code="9901").values_list("key", "name"))["fau"] == "FAU"
    assert Body.objects.filter(owner__code="9902").count() == 0
    page = text_of(client, "/9901/oppsett/")
    assert "Dere bygger på pakken Eide." in page
    assert "Pakken er lastet. Det dere har skrevet selv, står som før." in page
    assert "Lastet en pakke" in text_of(client, "/9901/revisjonsspor/")
    page = text_of(client, "/9901/oppsett/pakker/eide/")
    assert "Pakken endrer ingenting hos dere." in page
    assert "Last pakken" not in page
    assert client.get("/9901/oppsett/pakker/bergen/").status_code == 404


@pytest.mark.django_db
def test_the_set_up_is_taken_home_as_a_pack(fau: Body, client_of: ClientOf) -> None:
    answer = client_of("berit").get("/9901/oppsett/last-ned/")
    assert answer["Content-Disposition"] == 'attachment; filename="pakke-9901.zip"'
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert archive.namelist() == ["pack.toml", "owner.toml"]
    assert 'name = "FAU"' in archive.read("owner.toml").decode()


BODY = {"name": "Ærlig råd", "level": "owner", "role": "youth_council", "voice": "", "decides": "on"}


@pytest.mark.django_db
def test_a_body_is_added_in_words_once(cast: Cast, client_of: ClientOf) -> None:
    client = client_of("berit")
    page = client.get("/9901/oppsett/organer/").content.decode()
    assert "Ingen organer ennå" in page
    [once] = re.findall(r'name="once" value="([^"]+)"', page)
    assert [client.post("/9901/oppsett/organer/", BODY | {"once": once}).status_code for _ in "12"] == [
        302,
        302,
    ]
    row = Body.objects.get()
    assert (row.key, row.name, row.level, row.role, row.decides) == (
        "aerlig-rad", "Ærlig råd", "owner", "youth_council", True,
    )  # fmt: skip
    page = text_of(client, "/9901/oppsett/organer/")
    assert "Ett organ er skrevet inn." in page
    assert "I kommunen · Ungdomsråd · Ingen egen plass i dialogmøtet · vedtar" in page
    client.post("/9901/oppsett/organer/", BODY)
    assert Body.objects.latest("pk").key == "aerlig-rad-2"


@pytest.mark.django_db
def test_a_body_without_a_name_is_told_beside_the_field(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of("berit").post("/9901/oppsett/organer/", BODY | {"name": "", "role": "king"})
    assert answer.status_code == 422
    assert Body.objects.count() == 0


@pytest.mark.django_db
def test_two_who_change_a_body_lose_nothing(fau: Body, client_of: ClientOf) -> None:
    address = "/9901/oppsett/organer/fau/"
    client, words = client_of("berit"), {"level": "school", "role": "parent_committee", "voice": "parents"}
    [seen] = re.findall(r'name="seen" value="([^"]+)"', client.get(address).content.decode())
    first = client_of("siv").post(address, words | {"name": "Foreldrerådet", "seen": seen})
    assert (first.status_code, first["Location"]) == (302, "/9901/oppsett/organer/")
    second = client.post(address, words | {"name": "Arbeidsutvalget", "seen": seen})
    page = second.content.decode()
    assert second.status_code == 409
    assert "Noen andre har endret organet mens du skrev." in page
    assert "Foreldrerådet · Ved hver skole" in page
    assert 'value="Arbeidsutvalget"' in page
    fau.refresh_from_db()
    assert fau.name == "Foreldrerådet"
    [now] = re.findall(r'name="seen" value="([^"]+)"', page)
    assert client.post(address, words | {"name": "Arbeidsutvalget", "seen": now}).status_code == 302
    fau.refresh_from_db()
    assert fau.name == "Arbeidsutvalget"


@pytest.mark.django_db
def test_a_body_is_ended_and_its_row_stays(fau: Body, client_of: ClientOf) -> None:
    client = client_of("berit")
    assert client.post("/9901/oppsett/organer/fau/avslutt/").status_code == 302
    fau.refresh_from_db()
    assert fau.is_active is False
    assert client.get("/9901/oppsett/organer/fau/").status_code == 404
    events = Event.objects.filter(kind="orgs.body_ended").count()
    client.post("/9901/oppsett/organer/fau/avslutt/")
    assert Event.objects.filter(kind="orgs.body_ended").count() == events == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"),
    [("nn", "De har ikkje lasta nokon pakke enno."), ("en", "You have not loaded a pack yet.")],
)
def test_the_set_up_speaks_three_languages(
    cast: Cast, client_of: ClientOf, language: str, words: str
) -> None:
    answer = client_of("berit").get("/9901/oppsett/", headers={"accept-language": language})
    assert words in answer.content.decode()


@pytest.mark.django_db
def test_the_list_of_bodies_asks_the_same_with_one_and_three(
    fau: Body, cast: Cast, client_of: ClientOf
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = client_of("berit")
    client.get("/9901/oppsett/organer/")
    with CaptureQueriesContext(connection) as one:
        client.get("/9901/oppsett/organer/")
    for key in ("su", "rad"):
        save_body(owner=cast.fjordvik, key=key, words=BodyWords(key.upper(), "owner"), by="test")
    with CaptureQueriesContext(connection) as three:
        client.get("/9901/oppsett/organer/")
    assert len(one) == len(three)


@pytest.mark.django_db
def test_each_part_is_shown_in_words_with_the_way_to_where_it_is_edited(
    eide: None, cast: Cast, client_of: ClientOf
) -> None:
    client = client_of("berit")
    overview = text_of(client, "/9901/oppsett/")
    assert "Skisse i ledergruppa for oppvekst · Dialogmøtet «Dialog for læring» · Formannskapet" in overview
    road = text_of(client, "/9901/oppsett/deler/road/")
    assert "Politisk vei: slik har dere det." in road
    assert re.search(r'href="/9901/oppsett/deler/road/kommunestyre/">Kommunestyret</a>', road)
    assert re.search(r"Måned:</span> 6</p>", road)
    assert "Vedtar:</span> ja" in road
    for part, editor in (("plan", "/9901/plan/"), ("owner", "/9901/oppsett/organer/")):
        assert f'href="{editor}"' in text_of(client, f"/9901/oppsett/deler/{part}/")
    assert "her er ingenting skrevet ennå" in text_of(client, "/9901/oppsett/deler/ladder/")
    assert client.get("/9901/oppsett/deler/weather/").status_code == 404
    assert client.get("/9901/oppsett/deler/plan/ny/").status_code == 404
    assert client.get("/9901/oppsett/deler/road/nowhere/").status_code == 404
    assert client.post("/9901/oppsett/deler/plan/x/avslutt/").status_code == 404


STEP = {
    "number": "9",
    "name": "Ærlig ettertanke",
    "kind": "aftermath",
    "body": "utvalget",
    "month": "",
    "weeks": "4",
}


@pytest.mark.django_db
def test_a_step_of_the_road_is_added_changed_and_ended_in_words(
    eide: None, cast: Cast, client_of: ClientOf
) -> None:
    client = client_of("berit")
    answer = client.post("/9901/oppsett/deler/road/ny/", STEP)
    assert (answer.status_code, answer["Location"]) == (302, "/9901/oppsett/deler/road/")
    address = "/9901/oppsett/deler/road/aerlig-ettertanke/"
    page = client.get(address).content.decode()
    [seen] = re.findall(r'name="seen" value="([^"]+)"', page)
    assert 'value="Ærlig ettertanke"' in page
    first = client_of("siv").post(address, STEP | {"name": "Ettertanke", "seen": seen})
    assert first.status_code == 302
    second = client.post(address, STEP | {"name": "Omtanke", "seen": seen})
    page = second.content.decode()
    assert second.status_code == 409
    assert "Navn: <b>Ettertanke</b>" in page
    assert 'value="Omtanke"' in page
    [now] = re.findall(r'name="seen" value="([^"]+)"', page)
    assert client.post(address, STEP | {"name": "Omtanke", "seen": now}).status_code == 302
    assert "Omtanke" in text_of(client, "/9901/oppsett/deler/road/")
    assert changes(cast.fjordvik, founding_pack("eide")) == []
    assert client.post(f"{address}avslutt/").status_code == 302
    assert client.get(address).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "Feltet er påkrevet."),
        ("number", "0", "Vi ventet et helt tall, fra 1, til og med 99."),
        ("kind", "party", "Velg et gyldig valg."),
        ("decides", "on", "formannskap"),
    ],
)
def test_what_does_not_fit_is_told_and_nothing_is_written(
    eide: None, cast: Cast, client_of: ClientOf, field: str, value: str, words: str
) -> None:
    answer = client_of("berit").post("/9901/oppsett/deler/road/ny/", STEP | {field: value})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert changes(cast.fjordvik, founding_pack("eide")) == []


@pytest.mark.django_db
def test_a_kind_of_agreement_gets_the_owners_own_name(cast: Cast, client_of: ClientOf) -> None:
    client = client_of("berit")
    words = {"key": "binding", "name": "Løfteavtale", "use": "Når begge må love mer."}
    assert client.post("/9901/oppsett/deler/agreements/ny/", words).status_code == 302
    assert "Løfteavtale" in text_of(client, "/9901/oppsett/deler/agreements/")

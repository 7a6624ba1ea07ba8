"""The button «Hent»: who may press it, what it starts, what the shelf says meanwhile and afterwards."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.data.sources.fetch.stand_in import StandIn
from tests.factories.cast import Cast
from tettpaa.core.audit.models import Event
from tettpaa.core.jobs.actions import run
from tettpaa.core.jobs.models import Job
from tettpaa.data.sources.actions import fetch_for_owner
from tettpaa.data.sources.models import Import

pytestmark = pytest.mark.django_db
type Clients = Callable[[str], Client]
SHELF = "/9901/tall-inn/"
ABSENCE = f"{SHELF}hent/udir_fravaer/"


def test_a_fetch_becomes_a_file_on_the_shelf(cast: Cast, client_of: Clients, stand_in: StandIn) -> None:
    arne = client_of("arne")
    assert "Hent Fravær på 10. trinn" in arne.get(SHELF).content.decode()
    assert arne.post(ABSENCE).headers["Location"] == SHELF
    arne.post(ABSENCE)  # twice gives one
    job = Job.objects.get(kind="sources.fetch")
    shelf = arne.get(SHELF).content.decode()
    assert "Henter ett svar om gangen." in shelf
    assert "Hent Fravær på 10. trinn" not in shelf
    progress = f"{SHELF}hent/framdrift/{job.pk}/"
    assert "HX-Refresh" not in arne.get(progress).headers
    run(job.pk)
    assert arne.get(progress).headers["HX-Refresh"] == "true"
    item = Import.objects.get()
    job.refresh_from_db()
    assert (job.result, item.owner, item.by) == (
        {"import": str(item.pk)},
        cast.fjordvik,
        cast.users["arne"].email,
    )
    assert item.file_name.startswith("udir_fravaer-9901-")
    # The worker died after the file was there: again gives the same one.
    fetch_for_owner(arguments=job.arguments, progress=lambda *_: None)
    assert Import.objects.count() == 1
    kinds = set(Event.objects.values_list("kind", flat=True))
    assert {"sources.fetch_ordered", "sources.fetched", "sources.file_received"} <= kinds


def test_why_a_fetch_failed_is_told_in_the_readers_words(
    cast: Cast, client_of: Clients, stand_in: StandIn
) -> None:
    arne = client_of("arne")
    stand_in.traps = ["moved"]
    arne.post(ABSENCE)
    run(Job.objects.get(kind="sources.fetch").pk)
    shelf = arne.get(SHELF).content.decode()
    assert "statistikkportalen.udir.no viser videre til et annet sted." in shelf
    assert "Hent Fravær på 10. trinn" in shelf
    assert Import.objects.count() == 0
    Job.objects.update(state="failed", result={})
    assert "Hentingen stoppet. Prøv igjen." in arne.get(SHELF).content.decode()


def test_who_only_reads_has_no_button(cast: Cast, client_of: Clients, stand_in: StandIn) -> None:
    kai = client_of("kai")
    assert "Hent Fravær" not in kai.get(SHELF).content.decode()
    kai.post(ABSENCE)
    client_of("eva").post(ABSENCE)
    assert Job.objects.filter(kind="sources.fetch").count() == 0


def test_what_does_not_exist_is_not_found(cast: Cast, client_of: Clients, stand_in: StandIn) -> None:
    arne = client_of("arne")
    assert arne.post(f"{SHELF}hent/skatt/").status_code == 404
    assert arne.get(f"{SHELF}hent/framdrift/00000000-0000-4000-8000-000000000000/").status_code == 404


def test_an_owner_that_left_gets_nothing(cast: Cast, stand_in: StandIn) -> None:
    assert fetch_for_owner(arguments={"owner": "1234"}, progress=lambda *_: None) == {}

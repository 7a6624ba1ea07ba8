"""KOSTRA groups: which municipality is in which (Klass 112), their figures (12255), and the owner's page that holds it against its own."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from tests.data.sources.fetch.registers_spoken import SSB, groups
from tests.data.sources.fetch.stand_in import Reply, StandIn, reply, standing_in
from tests.data.sources.fetch.test_ssb_kostra import REGION
from tests.data.sources.fetch.test_ssb_kostra import answer as kostra
from tests.factories.cast import Cast
from tettpaa.core.audit.models import Event
from tettpaa.core.orgs.enums import Kind
from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.registers import take_in_groups
from tettpaa.core.orgs.viewer import load_viewer
from tettpaa.data.charts.trend import TrendInput
from tettpaa.data.indicators.models import PublishedValue
from tettpaa.data.sources.fetch.errors import FetchError
from tettpaa.data.sources.register.klass import groups_from
from tettpaa.doors.workspace.queries.chart import asked, chart_asked

pytestmark = pytest.mark.django_db
PLACES = {"EAK": 150_000, "EKG98": 161_000, "EKG99": 148_500, "9901": 152_345, "9902": 139_000}
PAGE = "/9901/indikatorer/netto_elev/"


@pytest.fixture
def server(settings: Any, tmp_path: Path) -> Iterator[StandIn]:
    def speak(path: str, query: dict[str, str]) -> Reply | None:
        if path.endswith("/classifications/112/correspondsAt"):
            return reply(groups(_9901="EKG99", _9902="EKG98"))
        if path.endswith("/tables/12255/metadata"):
            return reply(kostra(dict(PLACES)))
        asked = query.get(f"valuecodes[{REGION}]", "").split(",")
        return reply(kostra({code: PLACES[code] for code in asked})) if asked != [""] else None

    with standing_in({SSB: speak}) as server:
        settings.FETCH_STAND_IN, settings.FILE_STORE = server.address, tmp_path / "store"
        yield server


def test_the_answer_is_read_by_municipality_and_another_form_stops_it() -> None:
    read = groups_from(groups())
    assert (read["4601"], read["0301"][0]) == (("EKG12", "KOSTRA-gruppe 12"), "EKG13")
    twice = groups()
    twice["correspondenceItems"].append(twice["correspondenceItems"][0] | {"sourceCode": "EKG01"})
    row = groups()["correspondenceItems"][0]
    for other in ({}, {"correspondenceItems": []}, twice, {"correspondenceItems": [row | {"sourceCode": "12"}]},
                  {"correspondenceItems": [row | {"targetCode": "EKG12"}]}):  # fmt: skip
        with pytest.raises(FetchError, match="svarer på en ny måte"):
            groups_from(other)


def test_a_municipality_moves_to_another_group_and_out_of_all(cast: Cast) -> None:
    first = {
        "9901": ("EKG99", "KOSTRA-gruppe 99"),
        "9902": ("EKG98", "KOSTRA-gruppe 98"),
        "7777": ("EKG98", "KOSTRA-gruppe 98"),
    }
    assert take_in_groups(groups=first, by="test") == ["9901", "9902"]
    assert take_in_groups(groups=first, by="test") == []
    assert take_in_groups(groups={"9901": ("EKG98", "KOSTRA-gruppe 98")}, by="test") == ["9901", "9902"]
    places = Unit.objects.filter(code__in=["9901", "9902"]).order_by("code")
    assert list(places.values_list("peers__code", flat=True)) == ["EKG98", None]
    assert Unit.objects.get(code="EKG98").kind == Kind.GROUP
    details = Event.objects.filter(subject="Klass 112").order_by("pk").values_list("detail", flat=True)
    assert list(details) == [{"groups": 2, "moved": 2}, {"groups": 1, "moved": 2}]


def test_the_owners_page_holds_its_cost_against_its_own_group(
    cast: Cast, server: StandIn, client_of: Callable[[str], Client], capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("fetch", "klass_kostra", "ssb_kostra")
    told = capsys.readouterr().out
    assert "KOSTRA-grupper:\n  2 nye eller endrede kommuner." in told
    shown = PublishedValue.objects.filter(indicator__key="netto_elev", edition=0, superseded_by=None)
    assert set(shown.values_list("unit__code", "value", "status")) == {
        ("NO", 150_000.0, 0), ("EKG98", 161_000.0, 0), ("EKG99", 148_500.0, 0), ("9901", 152_345.0, 0), ("9902", 139_000.0, 0),
    }  # fmt: skip
    arne, eva = client_of("arne"), client_of("eva")
    page = arne.get(PAGE).content.decode()
    assert "KOSTRA-gruppe 99" in page
    assert "KOSTRA-gruppe 98" not in page
    viewer = load_viewer(cast.users["arne"], timezone.localdate())
    ask = asked("trend", "9901", "netto_elev", 0, "wide-landet")
    assert ask is not None
    chart = chart_asked(viewer, Unit.objects.get(code="9901"), ask)
    assert isinstance(chart, TrendInput)
    assert [(one.name, [figure.value for figure in one.figures]) for one in chart.references if one.figures] == [
        ("Landet", [150_000.0]), ("KOSTRA-gruppe 99", [148_500.0]),
    ]  # fmt: skip
    mine = shown.get(unit__code="EKG99")
    (link,) = set(re.findall(rf'href="([^"]*/{mine.pk}/)"', page))
    assert "KOSTRA-gruppe 99" in arne.get(link).content.decode()
    # A neighbour in another group has another figure beside its own, and no way to this one.
    assert eva.get(link.replace("9901", "9902")).status_code == 404
    theirs = shown.get(unit__code="EKG98")
    hers = link.replace("9901", "9902").removesuffix(f"{mine.pk}/") + f"{theirs.pk}/"
    assert eva.get(hers).status_code == 200

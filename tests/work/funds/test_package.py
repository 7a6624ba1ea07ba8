"""The part of a meeting package: what the school has been given, and the state's money it takes part in. No persons."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.template.loader import render_to_string

from tests.factories.cast import Cast
from tests.work.funds.nursery import (
    AUD,
    BERIT,
    WITHIN,
    approved,
    call_of,
    employ,
    send,
    spoken,
    viewer_of,
    walk,
)
from tests.work.planning import plan_of
from tettpaa.core.orgs.models import Unit
from tettpaa.core.ui.panels import Asked, PackagePart
from tettpaa.work.funds import actions, known, panels
from tettpaa.work.funds.enums import NeedState, SchemeKind, State
from tettpaa.work.funds.models import Scheme

pytestmark = pytest.mark.django_db


def part(cast: Cast, school: Unit | None, name: str = "aud") -> PackagePart | None:
    return panels.package_part(Asked(viewer_of(cast, name), cast.fjordvik, WITHIN, school=school))


def test_the_package_tells_of_money_and_of_no_person(cast: Cast) -> None:
    assert part(cast, cast.nes) is None
    goal = plan_of(cast.fjordvik, "Alle leser")[0]
    spoken(call_of(cast), employ(cast, "carl", cast.nes), title="KANARI")
    call = call_of(cast, SchemeKind.MUNICIPAL)
    made = send(call, cast.nes, by=AUD, goal=goal, title="Lesing i alle fag", sought=Decimal(90_000))
    assert part(cast, cast.nes) is None  # nothing is granted yet
    approved(call)
    walk(made, State.GRANTED, granted=Decimal(80_000))
    known.add_known(owner=cast.fjordvik, by=BERIT)
    scheme = Scheme.objects.get(key="kollektiv-kompetanseutvikling")
    for title, schools in (("Felles regning", [cast.nes]), ("Annet", [cast.vik]), ("Trukket", [cast.nes])):
        need = actions.start_need(
            scheme=scheme,
            years=(2027, 2028 if schools == [cast.nes] else 2027),
            values={"title": title, "partner": "Høgskolen"},
            schools=schools,
            by=BERIT,
            on=date(2026, 12, 1),
        )
        if title == "Trukket":
            actions.move_need(need=need, to=NeedState.WITHDRAWN, values={}, by=BERIT)
    found = part(cast, cast.nes)
    assert found is not None
    assert json.loads(json.dumps(found.content)) == {
        "grants": [
            {
                "year": 2027,
                "title": "Lesing i alle fag",
                "goal": "Alle leser",
                "granted": "80000.00",
                "report": "",
            }
        ],
        "needs": [
            {"years": [2027, 2028], "title": "Felles regning", "partner": "Høgskolen", "state": "analysed"}
        ],
    }
    page = " ".join(render_to_string(found.template, {"part": found}).split())
    assert "2027: Lesing i alle fag, 80 000 kr. Gjelder målet «Alle leser»." in page
    assert "2027–2028: Felles regning, Høgskolen (behovet er vurdert)" in page
    assert "KANARI" not in page
    assert (part(cast, None), part(cast, cast.nes, "siv")) == (None, None)

"""T4: before it is public nothing of a report can be guessed from outside, and the checklist guards the door."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.cast import Cast
from tests.report.annual.staging import BERIT, owner_of, start, viewer, write
from tests.report.decisions import staging
from tests.report.decisions.staging import KAI
from tettpaa.core.ui.panels import Asked
from tettpaa.report.annual import queries as annual
from tettpaa.report.annual.actions import NotFrozenError, freeze, publish_report
from tettpaa.report.decisions import actions, checking, panels
from tettpaa.report.decisions.models import Publication

type SignIn = Callable[[str], Client]
pytestmark = pytest.mark.django_db
OUTSIDE = (None, "dag", "fia", "odd", "unn", "carl")
PLANNED = datetime(2026, 12, 1, 9, tzinfo=UTC)
# What is different in every answer to everybody: tokens against forgery and double sending.
ALWAYS = re.compile(rb'(csrfmiddlewaretoken|name="once"|csrf)[^>]*value="[^"]+"|nonce-?[^" ]*|nonce="[^"]+"')


def addresses(year: str = "2024-25") -> list[str]:
    """Every page of the owner that could know of the report, and those of the report itself guessed by its year."""
    names = ("annual:reports", "decisions:decisions", "workspace:overview")
    pages = [reverse(name, kwargs={"owner": "9901"}) for name in names]
    root = f"/9901/rapport/{year}/"
    tails = (
        "",
        "les/",
        "les/pdf/",
        "les/docx/",
        "utkast/",
        "sammendrag/",
        "satsinger/",
        "fil/1/",
        f"les/bilde/{'a' * 32}.svg",
    )
    guessed = [root + tail for tail in tails]
    return [*pages, *guessed, f"/9901/vedtak/publisering/{year}/", "/", "/om/"]


def crawl(
    cast: Cast, client_class: type[Client], client_of: SignIn
) -> dict[tuple[str | None, str], tuple[int, bytes]]:
    """What each outsider gets at each address, without what is different every time."""
    found = {}
    for name in OUTSIDE:
        client = client_class() if name is None else client_of(name)
        for address in addresses():
            answer = client.get(address)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
            found[name, address] = (answer.status_code, ALWAYS.sub(b"", body))
    return found


def differing(before: object, after: object) -> list[object]:
    return [key for key in before if before[key] != after[key]]  # type: ignore[index,attr-defined]


def test_nothing_can_be_guessed_before_publishing(
    cast: Cast, client_class: type[Client], client_of: SignIn
) -> None:
    staging.road(cast)
    before = crawl(cast, client_class, client_of)
    report = start(cast)
    actions.plan_publication(report=report, planned_for=PLANNED, by=BERIT)
    write(report, cast, "sammendrag", "oppsummering", "Kanariteksten om lesing.")
    drafted = crawl(cast, client_class, client_of)
    assert differing(before, drafted) == []
    freeze(report=report, seen=annual.seen_digest(report), by=BERIT)
    made = actions.start_case(owner=owner_of(cast), report=report, by=BERIT)
    actions.write_text(case=made, part="kort", text="Kanariteksten om saken.", version=0, by=BERIT)
    publication = Publication.objects.get()
    for key in checking.PERSONAL:
        actions.confirm(publication=publication, key=key, by=KAI)
    actions.add_early_reader(publication=publication, name="Ola", role="ordfører", reason="presse", by=BERIT)
    approved = crawl(cast, client_class, client_of)
    assert differing(before, approved) == []
    actions.publish(publication=publication, viewer=viewer(cast), by=KAI)
    out = crawl(cast, client_class, client_of)
    assert ("dag", "/9901/rapport/2024-25/les/") in differing(before, out)


def test_a_planted_leak_is_caught(
    cast: Cast, client_class: type[Client], client_of: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same crawl against a product that forgets that the report is held back."""
    before = crawl(cast, client_class, client_of)
    report = start(cast)
    actions.plan_publication(report=report, planned_for=PLANNED, by=BERIT)
    freeze(report=report, seen=annual.seen_digest(report), by=BERIT)
    from tettpaa.report.annual.enums import EditionName
    from tettpaa.report.annual.models import FrozenEdition

    monkeypatch.setattr(
        annual,
        "_editions",
        lambda owner: FrozenEdition.objects.select_related("report").filter(
            report__owner=owner, edition=EditionName.PUBLIC
        ),
    )
    leaked = differing(before, crawl(cast, client_class, client_of))
    assert ("dag", "/9901/rapport/") in leaked
    assert ("dag", "/9901/rapport/2024-25/les/") in leaked


def test_knots_and_lines_say_nothing_of_a_draft(cast: Cast) -> None:
    owner = owner_of(cast)
    asked = Asked(viewer(cast, "dag"), owner, PLANNED.date())
    before = panels.report_knot(asked), panels.decision_knot(asked), list(panels.front_items(asked))
    report = start(cast)
    actions.plan_publication(report=report, planned_for=PLANNED, by=BERIT)
    actions.start_case(owner=owner, report=report, by=BERIT)
    assert (panels.report_knot(asked), panels.decision_knot(asked), list(panels.front_items(asked))) == before


def test_what_is_public_stays_public_while_the_next_version_waits(cast: Cast) -> None:
    report = staging.frozen(cast)
    actions.plan_publication(report=report, planned_for=PLANNED, by=BERIT)
    write(report, cast, "sammendrag", "oppsummering", "Neste versjon.")
    report.refresh_from_db()
    freeze(report=report, seen=annual.seen_digest(report), by=BERIT)
    dag = viewer(cast, "dag")
    assert [found.edition.version for found in annual.published(dag, cast.fjordvik)] == [1]
    publication = Publication.objects.get()
    for key in checking.PERSONAL:
        actions.confirm(publication=publication, key=key, by=KAI)
    actions.publish(publication=publication, viewer=viewer(cast), by=KAI)
    assert [found.edition.version for found in annual.published(dag, cast.fjordvik)] == [2]
    again = actions.plan_publication(report=report, planned_for=PLANNED, by=BERIT)
    assert again.state == "planned"


def test_the_checklist_holds_the_door(cast: Cast) -> None:
    report = start(cast)
    publication = actions.plan_publication(report=report, planned_for=PLANNED, by=BERIT)
    with pytest.raises(actions.ChecklistError) as refused:
        actions.publish(publication=publication, viewer=viewer(cast), by=KAI)
    assert refused.value.keys == ("frozen", "hidden", "names", "approved")
    with pytest.raises(NotFrozenError):
        publish_report(report=report, by=KAI)
    with pytest.raises(KeyError):
        actions.confirm(publication=publication, key="frozen", by=KAI)


def test_a_name_and_an_address_in_the_text_are_found(cast: Cast) -> None:
    user = cast.users["aud"]
    user.name = "Aud Nordmann"
    user.save()
    report = start(cast)
    publication = actions.plan_publication(report=report, planned_for=PLANNED, by=BERIT)
    write(report, cast, "sammendrag", "oppsummering", "Spør Aud Nordmann, aud@nes.no, 01010112345.")
    freeze(report=report, seen=annual.seen_digest(report), by=BERIT)
    publication.refresh_from_db()
    points = {point.key: point for point in checking.checklist(viewer(cast), Publication.objects.get())}
    assert (points["clean"].is_met, points["clean"].count) == (False, 3)


def test_a_confirmation_is_for_one_version(cast: Cast) -> None:
    report = staging.frozen(cast)
    publication = actions.plan_publication(report=report, planned_for=PLANNED, by=BERIT)
    actions.confirm(publication=publication, key="names", by=KAI, note="Lest to ganger.")
    write(report, cast, "sammendrag", "oppsummering", "Nytt.")
    report.refresh_from_db()
    freeze(report=report, seen=annual.seen_digest(report), by=BERIT)
    points = {point.key: point for point in checking.checklist(viewer(cast), Publication.objects.get())}
    assert points["names"].is_met is False

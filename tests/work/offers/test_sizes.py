"""The lists ask the database as often with many people and offers as with few: the rows and pages of the bench."""

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.bench import offers as bench
from tests.bench.people import Size
from tests.factories.cast import Cast
from tests.work.offers.staff import Staff
from tettpaa.work.competence.models import ResourceArea

FEW = Size(offers=8, employees=40, line=10, networks=4, members=6, own=12, deviations=4, applications=6)
MANY = Size(offers=90, employees=240, line=40, networks=9, members=20, own=90, deviations=40, applications=34)
WHO = {"adviser": "arne", "teacher": "carl", "principal": "aud", "head": "berit"}


def counts(cast: Cast, staff: Staff, size: Size) -> dict[str, int]:
    """Queries of each page at this size; the rows are taken away again."""
    kept = transaction.savepoint_create()
    bench.rows(cast.fjordvik, [cast.nes, cast.vik], staff.arne, size)
    found = {}
    for name, who, address in bench.pages(WHO, cast.nes.code):
        client = Client()
        client.force_login(cast.users[who], backend="allauth.account.auth_backends.AuthenticationBackend")
        assert client.get(address).status_code == 200, address
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        found[name] = len(asked)
    transaction.savepoint_rollback(kept)
    return found


@pytest.mark.django_db
def test_more_people_and_offers_are_not_more_questions(cast: Cast, staff: Staff) -> None:
    ResourceArea.objects.create(owner=cast.fjordvik, key="lesing", title="Leseveileder")
    assert counts(cast, staff, FEW) == counts(cast, staff, MANY)

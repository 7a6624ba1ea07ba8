"""The first rows of a long list, and the way to the rest."""

import pytest
from django.http import QueryDict

from tettpaa.core.accounts.models import User
from tettpaa.core.ui.parts import Some, some


@pytest.mark.parametrize(
    ("rows", "asked", "expected"),
    [
        (0, "", (0, "")),
        (35, "", (35, "")),  # five more than thirty are no trouble to read
        (36, "", (30, "?alle=1")),
        (36, "alle=1", (36, "")),
        (36, "maaned=9&aar=2026", (30, "?maaned=9&aar=2026&alle=1")),
    ],
)
def test_the_first_thirty_and_the_way_to_all(rows: int, asked: str, expected: tuple[int, str]) -> None:
    found: Some[int] = some(range(rows), QueryDict(asked))
    assert (list(found.rows), found.total, found.address) == (list(range(expected[0])), rows, expected[1])


@pytest.mark.django_db
def test_of_a_query_only_what_is_shown_is_fetched(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    User.objects.bulk_create(User(email=f"{n}@example.test", name=str(n)) for n in range(40))
    with django_assert_num_queries(2) as caught:
        found = some(User.objects.order_by("pk"), QueryDict(""))
    assert (len(found.rows), found.total) == (30, 40)
    assert "LIMIT 35" in caught.captured_queries[0]["sql"]
    assert [one.name for one in found.rows] == [str(n) for n in range(30)]


@pytest.mark.django_db
@pytest.mark.parametrize(("count", "shown"), [(0, 0), (35, 35), (36, 30)])
def test_a_query_is_counted_on_the_way(count: int, shown: int) -> None:
    User.objects.bulk_create(User(email=f"{n}@example.test", name=str(n)) for n in range(count))
    found = some(User.objects.order_by("-pk"), QueryDict(""))
    assert ([one.name for one in found.rows], found.total) == (
        [str(n) for n in reversed(range(count))][:shown],
        count,
    )
    assert bool(found.address) == (shown < count)
    assert len(some(User.objects.order_by("pk"), QueryDict("alle=1")).rows) == count

"""Server time of the lists of work with sixty schools and ten years behind them, as the head of schools.

The demo's year at one school, lived through the product's own actions, is copied to every school and year with keys,
days and addresses of their own; what lies behind is finished. So the rows are as real ones are, whatever the rooms hold.
"""

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from tests.bench.pages import median_ms
from tests.bench.table import Line, told

if TYPE_CHECKING:
    from django.db.models import Model

    from tettpaa.core.orgs.models import Unit

OWNER, MAIL = "9901", "skolesjef.fjordvik@demo.example"
SCHOOLS, YEARS = 60, 10
AT_SCHOOL = ("yearwheel", "plans", "initiatives", "surveys", "agreements", "dialogue", "followup")
# What a row of an earlier year has come to.
ENDED = {
    "yearwheel.task": "done", "dialogue.meeting": "closed", "agreements.agreement": "closed",
    "initiatives.initiative": "continued", "followup.followupcase": "closed", "plans.schoolplan": "evaluated",
    "surveys.assessmentround": "archived", "decisions.politicalcase": "closed",
}  # fmt: skip
OWNERS_OWN = (
    "annual.annualreport",
    "decisions.politicalcase",
    "yearwheel.task",
)  # copied to each year though they have no school
PAGES = {
    "wheel": "arshjul/", "schools of the wheel": "arshjul/skoler/", "meetings": "moter/", "agreements": "avtaler/",
    "initiatives": "tiltak/", "board": "tiltak/tavle/", "school plans": "plan/skolene/", "cases": "oppfolging/",
    "decisions": "vedtak/", "threads": "trad/", "self-assessments": "egenvurdering/", "overview": "", "what waits": "naa/",
}  # fmt: skip
NO_LIST = "what waits"  # fetched by the front page after it is shown, from all rooms
UUIDS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def measure(database: str, env: dict[str, str]) -> list[Line]:
    """Fill in one process and read in another, as a server that has just started does."""
    told("tests.bench.work", ["fill"], env)
    lines = []
    for said in told("tests.bench.work", ["read"], env):
        name, ms, bare, queries = said.split("=")
        what = f"{name.replace('_', ' ')}, {SCHOOLS} schools × {YEARS} years, {queries} queries, {database}"
        target = "" if name.replace("_", " ") == NO_LIST else "≤ 50 ms median"
        lines.append(Line(what, float(ms), "ms", "the page's bare SQL", float(bare), target))
    return lines


class Copier:
    """Copies what belongs to one school (or to the owner's own year) to another school and year."""

    def __init__(self, rows: "list[Model]", code: str = "") -> None:
        self._rows = rows
        self._code = code
        self._next: dict[str, int] = {}

    def copy(self, school: "Unit | None", years: int) -> None:
        """Write copies of all rows, so many years earlier; with explicit keys, so their order does not matter."""
        keys = {(row._meta.label_lower, row.pk): self._key(row) for row in self._rows}
        words = {str(old): str(new) for (_, old), new in keys.items() if isinstance(old, UUID)}
        words[self._code] = school.code if school else self._code
        made = defaultdict(list)
        for row in self._rows:
            made[type(row)].append(self._copied(row, school, years, keys, words))
        for model, copies in made.items():
            model._default_manager.bulk_create(copies, batch_size=500)

    def _key(self, row: "Model") -> Any:
        if isinstance(row.pk, UUID):
            return uuid4()
        label = row._meta.label_lower
        if label not in self._next:
            last = type(row)._default_manager.order_by("-pk").first()
            self._next[label] = last.pk if last else 0
        self._next[label] += 1
        return self._next[label]

    def _copied(
        self, row: "Model", school: "Unit | None", years: int, keys: dict[Any, Any], words: dict[str, str]
    ) -> "Model":
        values = {}
        for field in row._meta.concrete_fields:
            value = getattr(row, field.attname)
            if field.primary_key:
                value = keys[row._meta.label_lower, row.pk]
            elif field.name == "school" and value is not None and school:
                value = school.pk
            elif field.is_relation:
                own = keys.get((_label(field), value))
                value = own or (None if field.unique else value)  # one report, one case: the copies have none
            else:
                value = self._moved(field.name, value, years, words)
            values[field.attname] = value
        ended = ENDED.get(row._meta.label_lower)
        if years and ended:
            values["state"] = ended
        return type(row)(**values)

    def _moved(self, name: str, value: Any, years: int, words: dict[str, str]) -> Any:
        if isinstance(value, date):  # a moment is a date too
            return value - timedelta(days=365 * years)
        if isinstance(value, int) and name in {"year", "school_year", "period", "period_from", "period_to"}:
            return value - years
        if isinstance(value, str):
            moved = UUIDS.sub(lambda found: words.get(found[0], found[0]), value)
            moved = moved.replace(self._code, words[self._code]) if self._code else moved
            return f"{moved}:{words[self._code]}:{years}" if name == "source" and moved else moved
        if isinstance(value, UUID):
            return UUID(words.get(str(value), str(value)))
        if isinstance(value, dict):
            return {key: self._moved("", one, 0, words) for key, one in value.items()}
        if isinstance(value, list):
            return [self._moved("", one, 0, words) for one in value]
        return value


def _label(field: Any) -> str:
    """Which model a foreign key points at."""
    return str(field.related_model._meta.label_lower)


def belonging(seeds: "list[Model]", rooms: tuple[str, ...]) -> "list[Model]":
    """The seeds and every row of these rooms that points at one of them, however far."""
    from django.apps import apps

    models = [m for room in rooms for m in apps.get_app_config(room).get_models(include_auto_created=True)]
    found = {(row._meta.label_lower, row.pk): row for row in seeds}
    grown = True
    while grown:
        grown = False
        for model in models:
            for field in model._meta.concrete_fields:
                if not field.is_relation:
                    continue
                target = _label(field)
                keys = [pk for label, pk in found if label == target]
                for row in model._default_manager.filter(**{f"{field.name}__in": keys}) if keys else ():
                    if (row._meta.label_lower, row.pk) not in found:
                        found[row._meta.label_lower, row.pk] = row
                        grown = True
    return list(found.values())


def of_school(school: "Unit") -> "Iterator[Model]":
    from django.apps import apps

    for room in AT_SCHOOL:
        for model in apps.get_app_config(room).get_models():
            if "school" in {field.name for field in model._meta.concrete_fields}:
                yield from model._default_manager.filter(school=school)


def fill() -> None:
    """The demo, schools up to sixty with figures, and the year of the story at each of them ten times."""
    from django.apps import apps
    from django.core.management import call_command
    from django.db import connection, transaction

    from tettpaa.core.orgs.queries import schools_of, unit_by_code
    from tettpaa.doors.demo.preparing import fjordvik_place

    call_command("demo", no_serve=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    story, owner = fjordvik_place().school, unit_by_code(OWNER)
    assert owner is not None
    with transaction.atomic():
        figures(owner, story, add_schools(SCHOOLS - len(schools_of(owner))))
    lived = Copier(belonging(list(of_school(story)), AT_SCHOOL), story.code)
    own = [
        row for label in OWNERS_OWN for row in apps.get_model(label)._default_manager.filter(owner=owner)
        if getattr(row, "school_id", None) is None
    ]  # fmt: skip
    owners = Copier(belonging(own, (*AT_SCHOOL, "decisions")))
    for school in schools_of(owner):
        has_this_year = any(True for _ in of_school(school))
        with transaction.atomic():
            for years in range(int(has_this_year), YEARS):
                lived.copy(school, years)
    with transaction.atomic():
        for years in range(1, YEARS):
            owners.copy(None, 2 * years)  # the story has two reports, one a year
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print("filled")


def add_schools(count: int) -> "list[Unit]":
    from tettpaa.core.orgs.actions import NewUnit, add_units
    from tettpaa.core.orgs.enums import Kind

    new = [NewUnit(Kind.SCHOOL, f"F{n:08}", f"Skole {n}", OWNER) for n in range(500, 500 + count)]
    added = add_units(units=new, by="bench", invented=True)
    return [unit for unit in added.values() if unit.kind == Kind.SCHOOL]


def figures(owner: "Unit", story: "Unit", schools: "list[Unit]") -> None:
    """The new schools have the figures of the story's school."""
    from tettpaa.data.indicators.models import PublishedValue

    rows = list(PublishedValue.objects.filter(unit=story, superseded_by=None))
    copier = Copier(rows)  # type: ignore[arg-type]
    for school in schools:
        for row in rows:
            row.unit_id = school.pk
        copier.copy(None, 0)


def read() -> None:
    """Print name=milliseconds=bare milliseconds=queries for each page."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from tettpaa.core.accounts.queries import user_by_email

    client, user = Client(headers={"host": "127.0.0.1"}), user_by_email(MAIL)
    assert user is not None
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    said = []
    for name, rest in PAGES.items():
        address = f"/{OWNER}/{rest}"
        assert client.get(address).status_code == 200, address
        with CaptureQueriesContext(connection) as caught:
            client.get(address)
        queries = len(caught)
        statements = [q["sql"] for q in caught if q["sql"].startswith("SELECT")]

        def bare(statements: list[str] = statements) -> None:
            with connection.cursor() as cursor:
                for statement in statements:
                    cursor.execute(statement)
                    cursor.fetchall()

        ms = median_ms(partial(client.get, address))
        said.append(f"{name.replace(' ', '_')}={ms:.2f}={median_ms(bare):.2f}={queries}")
    print(*said)


if __name__ == "__main__":
    import django

    django.setup()
    if sys.argv[1] == "fill":
        fill()
    else:
        read()

"""Two networks, four courses and their people, with a recognisable word in every text that is bound to one of them.

`Scene` builds it by the product's own actions; `sees` says who may read which word, after `offers/access.py`.
"""

import io
import re
import subprocess
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from typing import Any, Final

from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tests.factories.cast import Cast
from tests.work.offers.staff import FIRST, LAST, SECOND, Staff, at, course, day_of, employ, network
from tettpaa.core.accounts.actions import open_account
from tettpaa.core.orgs.access_table import access_table
from tettpaa.core.orgs.actions import give_role
from tettpaa.core.orgs.checks import routes
from tettpaa.work.competence.actions.development import Appointment, Told, appoint, tell_spread
from tettpaa.work.competence.models import Employee, ResourceArea
from tettpaa.work.offers import actions
from tettpaa.work.offers.enums import Kind
from tettpaa.work.offers.models import (
    AgendaItem,
    Ballot,
    Certificate,
    FollowUp,
    Gathering,
    Member,
    Network,
    Offer,
    Registration,
    SentReminder,
)
from tettpaa.work.yearwheel.actions import open_feed

TODAY: Final = SECOND + timedelta(days=7)
COMING: Final = TODAY + timedelta(days=5)
BY: Final = "arne@example.test"
WORD: Final = re.compile(r"KANARI[A-Z]+")
# Beside the cast: the roles it lacks, and those who are in the networks. Gro's school is a guest of both.
MORE: Final = {
    "rita": ("resource_teacher", "F00000001"), "rolf": ("resource_teacher", "F00000002"),
    "gro": ("resource_teacher", "U00000001"), "ivar": ("assistant", "F00000001"), "mia": ("teacher", "F00000001"),
    "pia": ("teacher", "F00000002"), "vidar": ("teacher", "F00000002"), "rev": ("auditor", "9901"),
    "ark": ("archivist", "9901"),
}  # fmt: skip
SUBJECTS: Final = ("carl", "vidar", "mia")
SCHOOLS: Final = ("F00000001", "F00000002")

MEMBERS: Final = {"A": {"rita", "carl", "ivar", "pia"}, "B": {"rolf", "vidar"}}
LEADERS: Final = {"carl": {"aud", "liv"}, "mia": {"aud", "liv"}, "vidar": {"vera"}}
HOLDERS: Final = {"arne", "berit"}
AT_NES: Final = {"aud", "liv", "carl", "rita", "mia", "ivar", "tor"}
OWNER_WIDE: Final = {"arne", "berit", "kai"}
# An action is put in the year wheel of the place on purpose; who reads that wheel reads what is to be done.
WHEEL: Final = {
    "A": {"aud", "liv", "mia", "rev"} | OWNER_WIDE,
    "B": {"vera", "pia", "rev"} | OWNER_WIDE,
}
# Words of the room that are for everybody who reads the catalogue; any other text must carry a word here.
OPEN: Final = {
    "ApprovedMinutes": ("sha256", "by"), "Certificate": ("sha256",),
    "GuestPlace": ("name",), "Survey": ("unknown",), "OfferFactor": ("reason",), "FollowUp": ("role",),
    "Network": ("name", "purpose", "partner", "fixed_words", "learnt"),
    "Offer": ("title", "about", "target_group", "cost_note", "held_by", "why_cancelled"),
}  # fmt: skip


def word(what: str, who: str = "") -> str:
    return f"KANARI{what}{who}".upper()


def sees() -> dict[str, set[str]]:
    """Who may read which word; nobody else, on any page, in any file."""
    table: dict[str, set[str]] = {}
    for one in SUBJECTS:
        own = {one} | LEADERS[one]
        table |= {word(what, one): {one} for what in ("NEI", "SVARTE", "GITTAV", "BREV")}
        table |= {word("HVORFOR", one): own, word("GRUNN", one): own, word("NAVN", one): own | HOLDERS}
    for key, who in (("A", "carl"), ("B", "vidar")):
        inside = ("SAK", "OM", "REFERAT", "MOTE", "STED", "LENKE", "ARBEID")
        table |= {word(what, key): MEMBERS[key] for what in inside}
        table[word("AKSJON", key)] = MEMBERS[key] | WHEEL[key]
        table[word("NAVN", who)] |= MEMBERS[key]
    table[word("SAVNET")] = HOLDERS
    table[word("MANDAT", "rita")] = table[word("DELT", "A")] = AT_NES | OWNER_WIDE
    return table


class Scene:
    """Carl is in network A with Rita, Vidar in network B with Rolf, and Mia in none; all three are in the courses."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.owner = cast, cast.fjordvik
        self.staff = Staff(cast)
        self._hire()
        self.networks: dict[str, Network] = {}
        self.meetings: dict[str, Gathering] = {}
        for key, leader, others in (("A", "rita", ("ivar", "pia")), ("B", "rolf", ())):
            self._network(key, leader, *others)
        self.years = {
            key: self._year(key, one) for key, one in (("A", self.of("carl")), ("B", self.of("vidar")))
        }
        self.held, self.asked, self.declined = self._held(), self._asked(), self._declined()
        self._about_people()
        self.feeds = {
            name: open_feed(owner=self.owner, user=user, scope="all", language="nb", by=user.email)
            for name, user in cast.users.items()
            if name not in {"eva", "gro"}
        }

    def of(self, name: str) -> Employee:
        return Employee.objects.get(owner=self.owner, email=f"{name}@example.test")

    def _hire(self) -> None:
        """The rest of the people, each with a way in; those whose records are looked for carry the word as a name."""
        users, units = self.cast.users, self.cast.units
        for name, (role, place) in MORE.items():
            users[name] = open_account(email=f"{name}@example.test", name=name.title(), by="test")
            give_role(user=users[name], unit=units[place], role=role, starts_on=date(2020, 8, 1), by="test")
            unit = units[place]
            if unit.parent in {self.owner, self.cast.utvik}:
                employ(unit.parent, unit, name.title(), email=f"{name}@example.test")
        for name in SUBJECTS:
            Employee.objects.filter(email=f"{name}@example.test").update(name=word("NAVN", name))

    def _network(self, key: str, leader: str, *others: str) -> None:
        """A meeting that was, with minutes, and one that is coming."""
        who = {"A": "carl", "B": "vidar"}[key]
        people = [self.of(name) for name in (*others, who)]
        made = network(self.owner, self.of(leader), *people, name=f"Nettverk {key}")
        actions.change_network(network=made, version=made.version, guests=["Utvik skole"], by=BY)
        was = day_of(made, SECOND, title="Møtet som var")
        item = actions.add_item(gathering=was, title=word("SAK", key), about=word("OM", key), by=BY)
        item.said = word("REFERAT", key)
        actions.write_item(item=item, version=item.version, by=BY)
        school = self.of(who).school
        follow_up = actions.NewFollowUp(word("AKSJON", key), "principal", LAST, school)
        actions.add_follow_up(gathering=was, follow_up=follow_up, by=BY)
        actions.note(gathering=was, employee=self.of(who), came=True, by=BY)
        actions.approve_minutes(gathering=was, by=BY, at=at(SECOND, 15))
        day_of(
            made,
            COMING,
            title=word("MOTE", key),
            where=word("STED", key),
            link=f"https://example.test/{word('LENKE', key)}",
            task=word("ARBEID", key),
        )
        self.networks[key], self.meetings[key] = made, was

    def _year(self, key: str, employee: Employee) -> Offer:
        """A year of the network in the catalogue, with one who has a seat."""
        made = course(
            self.owner,
            title=f"Nettverk {key} i år",
            kind=Kind.NETWORK_SERIES,
            network=self.networks[key],
            days=(FIRST, LAST),
        )
        row = actions.register(offer=made, employee=employee, by=employee.email, at=at())
        actions.approve(registration=row.pk, by=BY, at=at())
        return made

    def _all_in(self, title: str, day: date) -> tuple[Offer, dict[str, Registration]]:
        made = course(self.owner, title=title, seats=9, days=(day,))
        rows = {}
        for name in SUBJECTS:
            one = self.of(name)
            why = word("HVORFOR", name) if day == COMING else ""
            rows[name] = actions.register(offer=made, employee=one, why=why, by=one.email, at=at())
        return made, rows

    def _held(self) -> Offer:
        """A course that is over: a certificate for something done instead, and an evaluation that is open."""
        made, rows = self._all_in("Kurset som var", FIRST)
        for name, row in rows.items():
            actions.approve(registration=row.pk, by=BY, at=at())
            actions.note(gathering=made.gatherings.get(), employee=self.of(name), came=False, by=BY)
        actions.hold_offer(offer=made, by=BY, on=FIRST)
        for name, row in rows.items():
            actions.complete(registration=row.pk, reason=word("GRUNN", name), by=BY, on=SECOND)
        survey = actions.open_survey(offer=made, by=BY, on=TODAY)
        actions.give_evaluation(survey=survey, employee=self.of("carl"), answers=(3, 2, 1, 0), on=TODAY)
        Ballot.objects.create(survey=survey, content=word("STEMME").encode())
        return made

    def _asked(self) -> Offer:
        """A course that waits for the leaders' answers."""
        return self._all_in("Kurset som kommer", COMING)[0]

    def _declined(self) -> Offer:
        made, rows = self._all_in("Kurset med et nei", LAST)
        for name, row in rows.items():
            actions.decline(registration=row.pk, reason=word("NEI", name), by=BY, at=at())
        return made

    def _about_people(self) -> None:
        """What no action writes as free text, but what is kept about a person."""
        for name in SUBJECTS:
            Registration.objects.filter(employee=self.of(name)).update(answered_by=word("SVARTE", name))
            Certificate.objects.filter(registration__employee=self.of(name)).update(by=word("GITTAV", name))
            SentReminder.objects.create(employee=self.of(name), what=word("BREV", name))
        actions.say_found(owner=self.owner, offer=None, found=False, missed=word("SAVNET"))
        area = ResourceArea.objects.create(owner=self.owner, key="lesing", title="Leseveileder")
        role = Appointment(area, date(2026, 8, 1), mandate=word("MANDAT", "rita"))
        appoint(employee=self.of("rita"), role=role, by=BY)
        source = f"offers.gathering:{self.meetings['A'].pk}"
        told = Told(SECOND, word("DELT", "A"), source=source)
        tell_spread(school=self.cast.nes, told=told, by="carl@example.test")


def addresses(owner: str = "9901", method: str = "GET") -> Iterator[str]:
    """Every address of the room's routes, with every row of the scene in every place of it."""
    keys: dict[str, list[Any]] = {
        "owner": [owner], "school": list(SCHOOLS), "kind": ["csv", "xlsx"], "token": ["feil"],
    }  # fmt: skip
    models = {
        "offer": Offer, "registration": Registration, "network": Network, "gathering": Gathering,
        "entry": AgendaItem, "row": FollowUp, "member": Member,
    }  # fmt: skip
    keys |= {
        argument: list(model._default_manager.values_list("pk", flat=True))
        for argument, model in models.items()
    }
    for route, pattern in routes():
        if route.startswith("offers:") and method in access_table()[route].methods:
            arguments = re.findall(r"<\w+:(\w+)>", pattern)
            for values in product(*(keys[one] for one in arguments)):
                address = reverse(route, kwargs=dict(zip(arguments, values, strict=True)))
                yield address
                if route == "offers:people":
                    yield from (f"{address}?fil=csv", f"{address}?fil=xlsx")


def doors(scene: Scene, person: str) -> list[str]:
    """Other rooms' pages where courses and networks also stand: front pages, one's own page, files, the calendar."""
    found = [reverse(f"workspace:{page}", args=["9901"]) for page in ("overview", "now")]
    at_school = ("workspace:school", "workspace:school_now", "competence:resources")
    found += [reverse(page, args=["9901", school]) for page in at_school for school in SCHOOLS]
    found += [reverse(f"competence:{page}", args=["9901"]) for page in ("plan", "mine", "my_data")]
    found.append(reverse("office:audit", args=["9901"]))
    rows = Registration.objects.values_list("pk", flat=True)
    found += [reverse("workspace:certificate_file", args=["9901", key]) for key in rows]
    if person in scene.feeds:
        found.append(reverse("yearwheel:feed", args=[scene.feeds[person]]))
    return found


def words_at(client: Client, address: str) -> set[str]:
    """The planted words in what is answered, whatever kind of file it is."""
    answer = client.get(address)
    kind = answer.headers.get("Content-Type", "")
    if "spreadsheetml" in kind:
        sheets = load_workbook(io.BytesIO(answer.content)).worksheets
        text = " ".join(str(cell) for sheet in sheets for row in sheet.values for cell in row)
    elif kind == "application/pdf":
        told = subprocess.run(["pdftotext", "-", "-"], input=answer.content, capture_output=True, check=True)
        text = told.stdout.decode()
    else:
        text = answer.content.decode().replace("\r\n ", "")  # a calendar folds its lines
    return set(WORD.findall(text))

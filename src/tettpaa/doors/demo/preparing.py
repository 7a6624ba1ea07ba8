"""Filling the demo, step by step. Each step sees what is done already, so a second start is instant and a killed one
goes on where it was."""

import hashlib
import lzma
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from django.core.management import call_command
from django.utils import timezone

from tettpaa.core.accounts.actions import open_account
from tettpaa.core.accounts.models import User
from tettpaa.core.accounts.queries import user_by_email
from tettpaa.core.orgs.actions import NewUnit, add_units, become_owner, choose_own_schools, give_role
from tettpaa.core.orgs.enums import Kind
from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.queries import owner_codes, schools_in, unit_by_code
from tettpaa.core.orgs.registers import load_registers
from tettpaa.core.packs.actions import load_pack
from tettpaa.core.packs.queries import founding_pack, loaded_pack
from tettpaa.data.indicators.queries import is_published
from tettpaa.data.sources.actions import save_school_names
from tettpaa.doors.demo import fjordvik
from tettpaa.doors.demo.people import DOMAIN, OWNERS, people
from tettpaa.doors.demo.skoleporten_names import STAVANGER
from tettpaa.doors.demo.year import build_year
from tettpaa.doors.demo.year.place import Place

BY = "demo"
STAFF = 8
PASSWORD = "tett-paa-demo"  # noqa: S105 - open on purpose, and only in the demo's own database
FILES = Path(__file__).parent / "files"
SINCE = date(2020, 8, 1)
# Words in a name that say that the municipality does not run the school. The file itself does not tell.
PRIVATE = (
    " as",
    "steinerskole",
    "montessori",
    "kristne",
    "kristen ",
    "international school",
    "adventkirken",
    "biss ",
    "wang ung",
)
type Tell = Callable[[str], None]


def prepare(tell: Tell) -> None:
    """Make or complete the demo's database. `tell` gets one line for each step that did something."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    if not (
        {owner.code for owner in OWNERS} <= owner_codes() and all(user_by_email(p.email) for p in people())
    ):
        _places_and_figures(tell)
    _packs(tell)
    tell("Ser til at Fjordvik har et års arbeid …")
    build_year(fjordvik_place())


def _places_and_figures(tell: Tell) -> None:
    tell("Laster kommuner og fylker (SSB Klass 131) …")
    load_registers(by=BY)
    _fjordvik_places()
    for name, content in _national():
        _publish(name, content, "", tell)
    _owners()
    _publish("fjordfylket.csv", fjordvik.template_of_county(), "", tell)
    _publish("fjordvik.csv", fjordvik.template_of_owner(), fjordvik.OWNER, tell)
    save_school_names(owner=_unit("1103"), source="skoleporten", codes=STAVANGER, by=BY)
    _publish("nedlasting.csv", _unpacked("nedlasting.csv.xz"), "1103", tell)
    tell("Lager kontoer for hver rolle …")
    _accounts()


def fjordvik_place() -> Place:
    """The story is told at Nes; the other schools have a meeting each."""
    owner = next(one for one in OWNERS if one.code == fjordvik.OWNER)
    unit = Unit.objects.select_related("settings").get(code=owner.code)
    schools = {school.code: school for school in schools_in(unit)}
    emails = {
        "other_principal" if person.place == owner.second_school else person.role: person.email
        for person in people()
        if person.owner == owner
    }
    return Place(
        owner=unit,
        school=schools[owner.school],
        others=[schools[code] for code in (owner.second_school, "F00000016", "F00000013", "F00000011")],
        people=emails,
        staff=_staff(owner.slug, schools[owner.school]),
        today=timezone.localdate(),
    )


def _staff(slug: str, school: Unit) -> list[User]:
    """Colleagues at the school, so that a self-assessment has enough answers to be shown. Nobody signs in as them."""
    found = []
    for number in range(2, 2 + STAFF):
        email = f"laerer{number}.{slug}@{DOMAIN}"
        user = user_by_email(email)
        if user is None:
            user = open_account(email=email, name=f"Lærer {number}, {school.label}", by=BY)
            give_role(user=user, unit=school, role="teacher", starts_on=SINCE, by=BY)
        found.append(user)
    return found


def _packs(tell: Tell) -> None:
    """Each owner's own way of working, once."""
    for owner in OWNERS:
        unit = _unit(owner.code)
        if loaded_pack(unit) is None:
            tell(f"Laster oppsettet for {owner.name} …")
            load_pack(owner=unit, pack=founding_pack(owner.pack), by=BY)


def _national() -> Iterator[tuple[str, bytes]]:
    for path in sorted(FILES.glob("20*.xz")):
        yield path.stem, _unpacked(path.name)


def _unpacked(name: str) -> bytes:
    return lzma.decompress((FILES / name).read_bytes())


def _publish(name: str, content: bytes, owner: str, tell: Tell) -> None:
    """Import a file by the product's own command, unless it is published already."""
    if is_published(hashlib.sha256(content).hexdigest()):
        return
    tell(f"Henter inn {name} …")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        call_command("import", str(path), **({"owner": owner} if owner else {}), verbosity=0)


def _fjordvik_places() -> None:
    schools = [NewUnit(Kind.SCHOOL, s.code, s.name, fjordvik.OWNER) for s in fjordvik.SCHOOLS]
    above = [
        NewUnit(Kind.COUNTY, fjordvik.COUNTY, "Fjordfylket", "NO"),
        NewUnit(Kind.OWNER, fjordvik.OWNER, "Fjordvik", fjordvik.COUNTY),
    ]
    add_units(units=[*above, *schools], by=BY, invented=True)
    for school in fjordvik.SCHOOLS:
        Unit.objects.filter(code=school.code).update(
            grade_from=school.first_grade, grade_to=school.last_grade, main_language=school.language
        )


def _owners() -> None:
    for owner in OWNERS:
        unit = _unit(owner.code)
        if unit.label != owner.name:
            Unit.objects.filter(pk=unit.pk).update(display_name=owner.name)
        become_owner(unit=unit, by=BY, report_name=owner.report_name, accent=owner.accent)
        own = [s.code for s in schools_in(unit) if not any(word in f"{s.name.lower()} " for word in PRIVATE)]
        choose_own_schools(owner=unit, codes=own, by=BY)


def _accounts() -> None:
    for person in people():
        user = user_by_email(person.email)
        if user is None:
            unit = _unit(person.place)
            word = person.email.split(".")[0].capitalize()
            user = open_account(email=person.email, name=f"{word}, {unit.label}", by=BY, password=PASSWORD)
            give_role(user=user, unit=unit, role=person.role, starts_on=SINCE, by=BY)


def _unit(code: str) -> Unit:
    unit = unit_by_code(code)
    if unit is None:
        raise LookupError(code)
    return unit

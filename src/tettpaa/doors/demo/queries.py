"""Who may be tried out."""

from dataclasses import dataclass

from django.utils.translation import get_language

from tettpaa.core.accounts.models import User
from tettpaa.core.accounts.queries import user_by_email
from tettpaa.core.orgs.permissions import Role, roles
from tettpaa.core.orgs.queries import units_by_code
from tettpaa.doors.demo.people import OWNERS, Owner, people


@dataclass(frozen=True, slots=True)
class Choice:
    """A role to try: the account, the role's name and sentence in the reader's language, and where."""

    email: str
    name: str
    sentence: str
    place: str


def choices() -> list[tuple[Owner, list[Choice]]]:
    """Each owner with the roles that can be tried there. One query."""
    language, known, everybody = get_language() or "nb", roles(), list(people())
    units = units_by_code({person.place for person in everybody})
    return [
        (
            owner,
            [
                _choice(p.email, known[p.role], units[p.place].label, language)
                for p in everybody
                if p.owner == owner and p.place in units
            ],
        )
        for owner in OWNERS
    ]


def _choice(email: str, role: Role, place: str, language: str) -> Choice:
    return Choice(email, role.names[language], role.sentence[language], place)


def demo_user(email: str) -> User | None:
    """The account, if it is one of the demo's own."""
    return user_by_email(email) if email in {person.email for person in people()} else None

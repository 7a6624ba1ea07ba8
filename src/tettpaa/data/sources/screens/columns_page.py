"""The page where somebody points at columns, the list of saved profiles, and what a file's own page tells of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tettpaa.core.orgs.models import Unit
from tettpaa.core.ui.parts import Pin
from tettpaa.data.sources.actions import Taken
from tettpaa.data.sources.columns_form import ROLES, ColumnsForm
from tettpaa.data.sources.mapping.profile import Role, guessed_roles, profile_from
from tettpaa.data.sources.models import ColumnProfile, Import
from tettpaa.data.sources.screens.problems_shown import LISTED, pin_of
from tettpaa.data.sources.screens.steps import UNMATCHED
from tettpaa.data.sources.screens.wording import count, indicator_name, number, sentence

ASKED = UNMATCHED | {"unknown_measure_word"}


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """A column of the file: its heading, what stands in it (nothing when it may be somebody's), and the choice."""

    head: str
    samples: str
    field: BoundField


class ColumnsPage:
    """What the template needs."""

    def __init__(self, taken: Taken, form: ColumnsForm) -> None:
        self.taken, self.form = taken, form

    @property
    def is_about_persons(self) -> bool:
        look, outcome = self.taken.look, self.taken.outcome
        return bool((look and look.is_about_persons) or (outcome and outcome.is_about_persons))

    @property
    def lead(self) -> tuple[str, str]:
        if self.problem_count:
            return _("Filen kan ikke leses slik ennå."), _("Ingenting er lagret.")
        if self.is_about_persons:
            return _("Filen gjelder enkeltpersoner."), _("Vi har ikke tatt vare på den. Pek ut kolonnene.")
        return _("Denne tabellen er ny for oss."), _("Pek ut kolonnene, så leser vi den.")

    @cached_property
    def rows(self) -> list[ColumnRow]:
        columns = self.taken.look.columns if self.taken.look else ()
        samples = [" · ".join(column.samples) for column in columns]
        return [
            ColumnRow(head, samples[index] if index < len(samples) else "", field)
            for index, (head, field) in enumerate(self.form.columns())
        ]

    @property
    def has_samples(self) -> bool:
        return any(row.samples for row in self.rows)

    @property
    def problem_count(self) -> int:
        return self.taken.outcome.problem_count if self.taken.outcome else 0

    @cached_property
    def pins(self) -> list[Pin]:
        """Problems that the form does not ask about."""
        found = self.taken.outcome.problems if self.taken.outcome else []
        mend = [problem for problem in found if problem.code not in ASKED or not self._is_asked]
        return [pin_of(at, problem) for at, problem in enumerate(mend[:LISTED], start=1)]

    @property
    def _is_asked(self) -> bool:
        return bool(self.form.names or self.form.words)

    @property
    def more(self) -> int:
        """Problems beyond those shown; those that are asked about are not counted."""
        asked = len(self.form.names) + len(self.form.words)
        return max(0, self.problem_count - len(self.pins) - asked)

    @property
    def sentence(self) -> str:
        total = self.problem_count
        return ngettext("Én ting må rettes.", "%(n)s ting må rettes.", total) % {"n": sentence(count(total))}


def first_form(taken: Taken, schools: Sequence[Unit]) -> ColumnsForm:
    """The form with the saved profile's choices, else with guesses."""
    look, pointing = taken.look, taken.pointing
    heads = look.heads if look else []
    initial: dict[str, object] = {"per_person": bool(look and look.is_about_persons)}
    if pointing is None:
        initial |= {
            f"role_{i}": role for i, role in enumerate(guessed_roles(heads)) if role not in _NOT_GUESSED
        }
        return ColumnsForm(schools, heads, initial=initial)
    profile = pointing.profile
    for index, head in enumerate(heads):
        role = profile.columns.get(head)
        key = profile.indicators.get(head)
        initial[f"role_{index}"] = f"value:{key}" if key else role
    initial |= {f"fixed_{name}": value for name, value in profile.fixed.items()}
    initial |= {"name": pointing.name, "year": profile.year, "per_person": profile.per_person}
    outcome = taken.outcome
    names, words = (outcome.unknown_names, outcome.unknown_words) if outcome else ([], [])
    return ColumnsForm(schools, heads, names, words, initial=initial)


# A guess at these would be a guess at what a figure means.
_NOT_GUESSED = frozenset({None, Role.VALUE, Role.INDICATOR})


class ProfileRow:
    """A saved profile in words."""

    def __init__(self, row: ColumnProfile) -> None:
        self.row, self.profile = row, profile_from(row.spec)

    @property
    def columns(self) -> Iterator[tuple[str, str]]:
        """Heading and what it is read as."""
        roles = dict(ROLES)
        for head, role in self.profile.columns.items():
            key = self.profile.indicators.get(head)
            yield head, indicator_name(key) if key else str(roles[role])


@dataclass(frozen=True, slots=True)
class MappedShown:
    """How a pointed file was read, for its own page."""

    item: Import

    @property
    def profile(self) -> ProfileRow | None:
        return ProfileRow(self.item.profile) if self.item.profile else None

    @property
    def is_about_persons(self) -> bool:
        return bool(self.item.mapped["is_about_persons"])

    @property
    def sentence(self) -> str:
        counts = self.item.mapped["counts"]
        figures = ngettext("ett tall", "%(n)s tall", counts["figures"]) % {"n": number(counts["figures"])}
        rows = ngettext("én rad", "%(n)s rader", counts["rows"]) % {"n": number(counts["rows"])}
        return _("%(rows)s ble til %(figures)s.") % {"rows": sentence(rows), "figures": figures}

    @property
    def lines(self) -> list[str]:
        """What happened on the way, one sentence each."""
        counts = self.item.mapped["counts"]
        told = []
        if self.is_about_persons:
            told.append(
                _(
                    "Radene er lagt sammen til skole, trinn og kjønn. Filen og radene er kastet, og ligger ingen steder hos oss."
                )
            )
        without, small, left = (counts.get(what, 0) for what in ("without", "small", "left_out"))
        if without:
            text = ngettext("Én person var uten resultat.", "%(n)s personer var uten resultat.", without)
            told.append(text % {"n": sentence(count(without))})
        if small:
            text = ngettext(
                "Én gruppe hadde færre enn tre personer. Den har ikke noe tall.",
                "%(n)s grupper hadde færre enn tre personer. De har ikke noe tall.",
                small,
            )
            told.append(text % {"n": sentence(count(small))})
        if left:
            text = ngettext("Én rad er ikke tatt med.", "%(n)s rader er ikke tatt med.", left)
            told.append(text % {"n": sentence(count(left))})
        return told

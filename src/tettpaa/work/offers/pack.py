"""The part `offers` of a pack: the rules of the line, what the evaluation asks, and the owner's networks. No courses and no people."""

from typing import Annotated, Any, Final

from django.db import transaction
from django.utils import timezone
from pydantic import Field

from tettpaa.core.audit.actions import record
from tettpaa.core.orgs.models import Unit
from tettpaa.core.packs.registry import Part, Path, Shape
from tettpaa.work.offers.enums import NetworkKind, NetworkState
from tettpaa.work.offers.models import GuestPlace, Network, OfferRules
from tettpaa.work.offers.rules import ANSWER_DAYS, HOLD_DAYS, MOST_DAYS
from tettpaa.work.plans.queries import goal_by_key

ROOT: Final = ("",)
_Days = Annotated[int, Field(ge=1, le=MOST_DAYS)]
_Name = Annotated[str, Field(min_length=1, max_length=160)]
_OWN: Final = ("name", "kind", "purpose", "partner", "fixed_words", "fixed_roles", "attend_all", "order")


class NetworkShape(Shape):
    """A network of the owner. `guests` are places from outside by name; `fixed_roles` keys of staff roles; `goal` the
    key of a goal in the plan."""

    key: Annotated[str, Field(pattern=r"^[a-z0-9-]+$", max_length=60)]
    name: _Name
    kind: NetworkKind
    purpose: Annotated[str, Field(max_length=4000)] = ""
    partner: Annotated[str, Field(max_length=200)] = ""
    fixed_words: Annotated[str, Field(max_length=400)] = ""
    fixed_roles: tuple[str, ...] = ()
    attend_all: bool = False
    guests: tuple[_Name, ...] = ()
    goal: Annotated[str, Field(max_length=60)] = ""
    order: Annotated[int, Field(ge=0, le=1000)] = 0


class OffersShape(Shape):
    """The file offers.toml."""

    answer_days: _Days = ANSWER_DAYS
    hold_days: _Days = HOLD_DAYS
    remind_days: tuple[_Days, ...] = ()
    questions: tuple[Annotated[str, Field(min_length=1, max_length=300)], ...] = ()
    steps: tuple[Annotated[str, Field(min_length=1, max_length=60)], ...] = ()
    networks: tuple[NetworkShape, ...] = ()


def read(owner: Unit) -> OffersShape:
    """The owner's rules and networks of today; networks that people have added themselves have no key and stay out."""
    rules = OfferRules.objects.filter(owner=owner).first() or OfferRules(owner=owner)
    rows = Network.objects.filter(owner=owner).exclude(key="").exclude(state=NetworkState.ENDED)
    return OffersShape(
        answer_days=rules.answer_days,
        hold_days=rules.hold_days,
        remind_days=tuple(rules.remind_days),
        questions=tuple(rules.questions),
        steps=tuple(rules.steps),
        networks=tuple(_shape(row) for row in rows.select_related("goal").prefetch_related("guests")),
    )


def _shape(row: Network) -> NetworkShape:
    values = {name: getattr(row, name) for name in _OWN}
    return NetworkShape.model_validate(
        {
            **values,
            "key": row.key,
            "goal": row.goal.key if row.goal else "",
            "guests": [one.name for one in row.guests.all()],
        }
    )


def write(*, owner: Unit, path: Path, content: dict[str, Any] | None, by: str) -> None:
    """Write the rules, or one network. A network that the pack no longer has is ended; what happened in it stays."""
    with transaction.atomic():
        if path == ROOT:
            _write_rules(owner, content or {})
            key = "rules"
        else:
            _list, key = path
            _write_network(owner, key, content)
        record(
            kind="offers.pack_written",
            by=by,
            subject=key,
            subject_key=key,
            owner=owner.code,
            detail={"is_ended": content is None},
        )


def _write_rules(owner: Unit, content: dict[str, Any]) -> None:
    shape = OffersShape.model_validate({name: value for name, value in content.items() if name != "networks"})
    values = shape.model_dump(mode="json", exclude={"networks"})
    OfferRules.objects.update_or_create(owner=owner, defaults=values)


def _write_network(owner: Unit, key: str, content: dict[str, Any] | None) -> None:
    if content is None:
        Network.objects.filter(owner=owner, key=key).update(state=NetworkState.ENDED)
        return
    shape = NetworkShape.model_validate({**content, "key": key})
    values = shape.model_dump(mode="json", include=set(_OWN))
    values["goal"] = goal_by_key(owner, shape.goal) if shape.goal else None
    today = timezone.localdate()
    network, is_new = Network.objects.update_or_create(
        owner=owner, key=key, defaults={**values, "changed_on": today}
    )
    if is_new:
        Network.objects.filter(pk=network.pk).update(published_on=today)
    if network.state == NetworkState.ENDED:
        Network.objects.filter(pk=network.pk).update(state=NetworkState.PLANNED)
    GuestPlace.objects.filter(network=network).exclude(name__in=shape.guests).delete()
    for order, name in enumerate(shape.guests):
        GuestPlace.objects.update_or_create(network=network, name=name, defaults={"order": order})


PART: Final = Part(name="offers", order=100, shape=OffersShape, read=read, write=write)

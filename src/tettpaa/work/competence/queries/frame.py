"""The owner's configuration."""

from tettpaa.core.orgs.models import Unit
from tettpaa.work.competence.models import (
    CompetenceArea,
    Element,
    Frame,
    KeyFactor,
    RequirementSetting,
    ResourceArea,
    Service,
)
from tettpaa.work.competence.requirements import Setting


def frame_of(owner: Unit) -> Frame:
    """The owner's frame; one that is not saved, with the house's defaults, when there is none."""
    return Frame.objects.filter(owner=owner).first() or Frame(owner=owner)


def services(owner: Unit) -> list[Service]:
    """The services that the plan covers, in the owner's order."""
    return list(Service.objects.filter(owner=owner, is_active=True))


def key_factors(owner: Unit) -> list[KeyFactor]:
    """What every offer is held against, in the owner's order; empty when the owner has none."""
    return list(KeyFactor.objects.filter(owner=owner, is_active=True))


def areas(owner: Unit) -> list[CompetenceArea]:
    """The areas each year's plan begins with."""
    return list(CompetenceArea.objects.filter(owner=owner, is_active=True))


def elements(owner: Unit) -> list[Element]:
    """The ways the owner builds competence."""
    return list(Element.objects.filter(owner=owner, is_active=True))


def resource_areas(owner: Unit) -> list[ResourceArea]:
    """What resource roles are about."""
    return list(ResourceArea.objects.filter(owner=owner, is_active=True))


def settings_of(owner: Unit) -> list[Setting]:
    """The owner's own numbers for the requirements, newest first."""
    rows = RequirementSetting.objects.filter(owner=owner)
    return [
        Setting(row.subject, row.stage, row.credits, row.valid_from, row.valid_to, row.source) for row in rows
    ]

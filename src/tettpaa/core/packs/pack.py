"""The part `owner` of a pack: how the owner calls its report, when it goes to the council, and which bodies have a voice."""

from collections.abc import Mapping
from typing import Annotated, Any, Final

from pydantic import AfterValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from tettpaa.core.orgs.actions import BodyWords, change_owner_settings, end_body, save_body
from tettpaa.core.orgs.enums import BodyLevel, LanguageForm, Voice, WheelProfile
from tettpaa.core.orgs.models import OwnerSettings, Unit
from tettpaa.core.orgs.permissions import roles
from tettpaa.core.orgs.queries import bodies_of
from tettpaa.core.packs.registry import Part, Path, Shape

ROOT: Final = ("",)
_ROLES: Final = ("", *roles())
_VOICES: Final = ("", *Voice.values)


def _choice(values: tuple[str, ...]) -> AfterValidator:
    """Refuses a text that is not among the values, told as an enum's error is."""

    def check(text: str) -> str:
        if text not in values:
            raise PydanticCustomError("enum", "not one of the values")
        return text

    return AfterValidator(check)


RoleKey = Annotated[str, _choice(_ROLES), WithJsonSchema({"enum": [*_ROLES]})]
VoiceKey = Annotated[str, _choice(_VOICES), WithJsonSchema({"enum": [*_VOICES]})]


class BodyShape(Shape):
    """One body: a kind that every school has, or one of the owner's own. The law leaves the bodies free (OL § 10-5)."""

    key: str = Field(min_length=1, max_length=40, description="Short name, kept when the name changes.")
    name: str = Field(min_length=1, max_length=120, description="What people call the body.")
    level: BodyLevel = Field(
        description="Whether every school has one (school), or the municipality (owner)."
    )
    role: RoleKey = Field(
        default="", description="The role whose holders speak for the body, on the school or on the owner."
    )
    voice: VoiceKey = Field(
        default="",
        description="Whose voice the body is in the dialogue meeting; empty when it has no place there.",
    )
    decides: bool = Field(default=False, description="Whether the body makes political decisions.")


class OwnerShape(Shape):
    """The file owner.toml."""

    report_name: str = Field(
        default="Tilstandsrapport for grunnskolen",
        min_length=1,
        max_length=120,
        description="What the owner calls its yearly report to the council.",
    )
    language_form: LanguageForm = Field(
        default=LanguageForm.NONE,
        description="Language form of what the owner itself writes; empty when not decided.",
    )
    wheel_profile: WheelProfile = Field(
        default=WheelProfile.AUTUMN,
        description="When the report goes to the council: autumn, early spring or before summer.",
    )
    bodies: tuple[BodyShape, ...] = Field(
        default=(), description="The bodies with a voice, in the order they are listed."
    )


def read(owner: Unit) -> OwnerShape:
    """The owner's settings and bodies of today."""
    settings = OwnerSettings.objects.get(unit=owner)
    return OwnerShape(
        report_name=settings.report_name,
        language_form=LanguageForm(settings.language_form),
        wheel_profile=WheelProfile(settings.wheel_profile),
        bodies=tuple(
            BodyShape(
                key=body.key,
                name=body.name,
                level=BodyLevel(body.level),
                role=body.role,
                voice=body.voice,
                decides=body.decides,
            )
            for body in bodies_of(owner)
        ),
    )


def write(*, owner: Unit, path: Path, content: Mapping[str, Any] | None, by: str) -> None:
    """Write the settings or one body; a body that the pack no longer has is ended."""
    if path == ROOT:
        if content is not None:
            settings = OwnerSettings.objects.get(unit=owner)
            # Plain texts, since the trail keeps before and after as they are.
            change_owner_settings(
                settings=settings, by=by, **{name: str(value) for name, value in content.items()}
            )
    elif content is None:
        end_body(owner=owner, key=path[1], by=by)
    else:
        words = BodyWords(**{name: value for name, value in content.items() if name != "key"})
        save_body(owner=owner, key=path[1], words=words, by=by)


PART: Final = Part(name="owner", order=10, shape=OwnerShape, read=read, write=write)

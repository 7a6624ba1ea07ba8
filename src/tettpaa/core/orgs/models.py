"""Places and the people's roles in them. Place in the tree is the tenancy (design.md §3.1)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from tettpaa.core.orgs.enums import Accent, BodyLevel, Kind, LanguageForm, SuccessionKind, Voice, WheelProfile


class Unit(models.Model):
    """A place with a time: nation, county, owner (municipality), school … `code` is text: 4 digits, 9 digits, `NO`.

    `path` holds the codes from the root down with slashes (`/NO/11/1103/`), so that "is below" needs no query. A school inside a municipality
    may be somebody else's (`run_by_owner` False): the figures stay, but it is not among the owner's schools.
    """

    kind = models.CharField(max_length=12, choices=Kind.choices)
    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=200)
    display_name = models.CharField(max_length=200, blank=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    path = models.CharField(max_length=120, db_index=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    grade_from = models.PositiveSmallIntegerField(null=True)
    grade_to = models.PositiveSmallIntegerField(null=True)
    main_language = models.CharField(max_length=2, choices=LanguageForm.choices, blank=True, default="")
    is_invented = models.BooleanField(default=False)
    run_by_owner = models.BooleanField(default=True)
    # The group of like municipalities that Statistics Norway holds it against (KOSTRA).
    peers = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="members")

    class Meta:
        verbose_name = "enhet"
        verbose_name_plural = "enheter"
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gt=F("valid_from")),
                name="orgs_unit_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """What people call it: the local display name, else the register's."""
        return self.display_name or self.name

    def is_below(self, other: "Unit") -> bool:
        """Itself or a place inside the other."""
        return self.path.startswith(other.path)


class Succession(models.Model):
    """What became of a unit. A pure renumbering is the same entity; at a merger the series breaks.

    That a school takes over from another stands in no register: a person says so, and `by`, `at` and `why` are theirs.
    """

    old = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successors")
    new = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="predecessors")
    kind = models.CharField(max_length=10, choices=SuccessionKind.choices)
    on = models.DateField()
    by = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(null=True)
    why = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = "etterfølger"
        verbose_name_plural = "etterfølgere"
        constraints = [
            models.UniqueConstraint(fields=["old", "new"], name="orgs_succession_once"),
            models.UniqueConstraint(fields=["old"], condition=Q(kind="continued"), name="orgs_one_heir"),
            models.UniqueConstraint(
                fields=["new"], condition=Q(kind="continued"), name="orgs_one_predecessor"
            ),
            models.CheckConstraint(
                condition=~Q(kind="continued") | (~Q(by="") & ~Q(why="") & Q(at__isnull=False)),
                name="orgs_heir_said_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old.code} → {self.new.code} ({self.kind})"


class OwnerSettings(models.Model):
    """An owner that uses the installation, and how it wants things called.

    `changed_at` also moves when its own schools are chosen: what pages remember holds until then.
    """

    unit = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="settings")
    report_name = models.CharField(max_length=120, default="Tilstandsrapport for grunnskolen")
    accent = models.CharField(max_length=8, choices=Accent.choices, default=Accent.SEA)
    language_form = models.CharField(max_length=2, choices=LanguageForm.choices, blank=True, default="")
    wheel_profile = models.CharField(max_length=14, choices=WheelProfile.choices, default=WheelProfile.AUTUMN)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "eierinnstilling"
        verbose_name_plural = "eierinnstillinger"

    def __str__(self) -> str:
        return self.unit.label


class Membership(models.Model):
    """A role of a person on a unit, inherited downward, with start and end."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=30)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "rolle"
        verbose_name_plural = "roller"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "unit", "role", "starts_on"], name="orgs_membership_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="orgs_membership_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.role} {self.unit.code}"


class Body(models.Model):
    """A body with a voice: pupil council, parents' committee, committee, council. The law leaves the bodies free
    (OL § 10-5), so they are data. One row for a kind that every school has (`level` school), or the owner's own.

    `role` is the role whose holders speak for the body, on the school or on the owner.
    """

    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="bodies")
    key = models.SlugField(max_length=40)
    name = models.CharField(max_length=120)
    level = models.CharField(max_length=6, choices=BodyLevel.choices)
    role = models.CharField(max_length=30, blank=True)
    voice = models.CharField(max_length=10, choices=Voice.choices, blank=True)
    decides = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        verbose_name = "organ"
        verbose_name_plural = "organer"
        ordering = ["order", "name"]
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="orgs_body_key_once")]

    def __str__(self) -> str:
        return self.name


class SentForm(models.Model):
    """A form that was sent and what it led to; old rows are swept by the worker's daily round."""

    key = models.CharField(max_length=64, primary_key=True)
    led_to = models.CharField(max_length=400, default="/")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "sendt skjema"
        verbose_name_plural = "sendte skjemaer"

    def __str__(self) -> str:
        return self.led_to

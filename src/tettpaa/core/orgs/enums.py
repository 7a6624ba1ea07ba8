"""Kinds of unit and of succession."""

from django.db import models


class Kind(models.TextChoices):
    NATION = "nation", "land"
    COUNTY = "county", "fylke"
    OWNER = "owner", "kommune"
    SERVICE = "service", "tjeneste"
    SCHOOL = "school", "skole"
    KINDERGARTEN = "kindergarten", "barnehage"
    GROUP = "group", "gruppe"


class SuccessionKind(models.TextChoices):
    RENUMBER = "renumber", "nytt nummer"
    MERGE = "merge", "sammenslåing"
    SPLIT = "split", "deling"
    BOUNDARY = "boundary", "grensejustering"
    CONTINUED = "continued", "ny skole tar over"  # a person has said so; the series goes on with a break


class LanguageForm(models.TextChoices):
    """A school's main written language (OL § 15-2), or the owner's decision."""

    NB = "nb", "bokmål"
    NN = "nn", "nynorsk"
    NONE = "", "ikke satt"


class Accent(models.TextChoices):
    """Named accent colours of an owner; never red or orange, red belongs to the thread (look.md)."""

    SEA = "sjo", "sjø"
    FOREST = "skog", "skog"
    HEATHER = "lyng", "lyng"
    COAST = "kyst", "kyst"
    PLUM = "plomme", "plomme"
    SLATE = "skifer", "skifer"


class BodyLevel(models.TextChoices):
    """Whether every school has one, or the owner."""

    SCHOOL = "school", "ved hver skole"
    OWNER = "owner", "i kommunen"


class Voice(models.TextChoices):
    """Whose voice a body is in the dialogue meeting."""

    PUPILS = "pupils", "elevene"
    PARENTS = "parents", "foreldrene"
    STAFF = "staff", "de ansatte"


class WheelProfile(models.TextChoices):
    """When the owner's report goes to the council (practice.md §2)."""

    AUTUMN = "autumn", "høst"
    EARLY_SPRING = "early_spring", "tidlig vår"
    BEFORE_SUMMER = "before_summer", "før sommeren"

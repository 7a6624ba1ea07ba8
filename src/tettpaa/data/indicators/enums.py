"""States of a release."""

from django.db import models


class State(models.TextChoices):
    STAGING = "staging", "under arbeid"
    PUBLISHED = "published", "publisert"
    WITHDRAWN = "withdrawn", "trukket"

"""What of a pack was loaded on an owner: the ground of the three-way merge when a changed pack comes."""

from django.db import models

from tettpaa.core.orgs.models import Unit


class LoadedPack(models.Model):
    """One part of the pack that the owner loaded last, as the pack had it; not what people made of it.

    `content` is the part's entries in JSON's own types: `{"entries": [{"path": ["goals", key], "entry": {…}}, …]}`.
    """

    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    part = models.SlugField(max_length=40)
    name = models.SlugField(max_length=60)
    title = models.CharField(max_length=200)
    content = models.JSONField(default=dict)
    loaded_at = models.DateTimeField()
    loaded_by = models.CharField(max_length=200)

    class Meta:
        verbose_name = "lastet pakke"
        verbose_name_plural = "lastede pakker"
        ordering = ["owner", "part"]
        constraints = [models.UniqueConstraint(fields=["owner", "part"], name="packs_loaded_part_once")]

    def __str__(self) -> str:
        return f"{self.owner.code}: {self.name} ({self.part})"

"""How far a report has come, and what it can be handed out as."""

from django.db import models


class State(models.TextChoices):
    DRAFT = "draft", "utkast"
    FROZEN = "frozen", "frosset"


class FileKind(models.TextChoices):
    """What a report is exported to."""

    PDF = "pdf", "PDF"
    DOCX = "docx", "Word"
    PPTX = "pptx", "PowerPoint"

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self]


MEDIA_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.PPTX: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


class EditionName(models.TextChoices):
    """The two editions (design.md §3.6); the keys are those of the document tree."""

    PUBLIC = "public", "offentlig utgave"
    INTERNAL = "internal", "intern utgave"

from django.apps import AppConfig


class CompetenceConfig(AppConfig):
    name = "tettpaa.work.competence"
    label = "competence"
    verbose_name = "kompetanse"

    def ready(self) -> None:
        from tettpaa.core.packs.registry import register  # noqa: PLC0415 - apps must be loaded first
        from tettpaa.work.competence import pack  # noqa: PLC0415

        register(pack.PART)

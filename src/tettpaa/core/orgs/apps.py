from django.apps import AppConfig


class OrgsConfig(AppConfig):
    name = "tettpaa.core.orgs"
    label = "orgs"
    verbose_name = "enheter og roller"

    def ready(self) -> None:
        from tettpaa.core.orgs import checks  # noqa: F401, PLC0415 - registers the system check of the access table

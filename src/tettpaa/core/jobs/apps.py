from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "tettpaa.core.jobs"
    label = "jobs"
    verbose_name = "jobber"

    def ready(self) -> None:
        from tettpaa.core.jobs.registry import discover  # noqa: PLC0415 - rooms' tasks need the app registry

        discover()

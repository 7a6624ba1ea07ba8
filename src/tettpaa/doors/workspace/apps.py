from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    name = "tettpaa.doors.workspace"
    label = "workspace"
    verbose_name = "arbeidsrom"

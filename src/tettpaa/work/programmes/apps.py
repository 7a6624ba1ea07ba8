from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "tettpaa.work.programmes"
    label = "programmes"
    verbose_name = "programmer"

from django.apps import AppConfig


class InitiativesConfig(AppConfig):
    name = "tettpaa.work.initiatives"
    label = "initiatives"
    verbose_name = "tiltak"

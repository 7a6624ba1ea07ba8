from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "tettpaa.work.agreements"
    label = "agreements"
    verbose_name = "avtaler"

from django.apps import AppConfig


class AnnualConfig(AppConfig):
    name = "tettpaa.report.annual"
    label = "annual"
    verbose_name = "årsmelding"

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "tettpaa.work.surveys"
    label = "surveys"
    verbose_name = "undersøkelser"

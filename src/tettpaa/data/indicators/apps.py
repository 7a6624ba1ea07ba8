from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "tettpaa.data.indicators"
    label = "indicators"
    verbose_name = "indikatorer"

from django.apps import AppConfig


class FundsConfig(AppConfig):
    name = "tettpaa.work.funds"
    label = "funds"
    verbose_name = "søknader og midler"

from django.apps import AppConfig


class OffersConfig(AppConfig):
    name = "tettpaa.work.offers"
    label = "offers"
    verbose_name = "kurs og nettverk"

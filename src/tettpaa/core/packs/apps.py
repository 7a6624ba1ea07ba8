from django.apps import AppConfig


class PacksConfig(AppConfig):
    name = "tettpaa.core.packs"
    label = "packs"
    verbose_name = "pakker"

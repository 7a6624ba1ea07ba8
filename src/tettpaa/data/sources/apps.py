from django.apps import AppConfig


class SourcesConfig(AppConfig):
    name = "tettpaa.data.sources"
    label = "sources"
    verbose_name = "kilder"

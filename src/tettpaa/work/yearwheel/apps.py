from django.apps import AppConfig


class YearWheelConfig(AppConfig):
    name = "tettpaa.work.yearwheel"
    label = "yearwheel"
    verbose_name = "årshjul"

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "tettpaa.work.plans"
    label = "plans"
    verbose_name = "planer"

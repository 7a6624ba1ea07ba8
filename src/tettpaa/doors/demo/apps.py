from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "tettpaa.doors.demo"
    label = "demo"
    verbose_name = "demo"

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "tettpaa.report.decisions"
    label = "decisions"
    verbose_name = "vedtak"

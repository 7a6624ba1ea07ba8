from django.apps import AppConfig


class CompetenceConfig(AppConfig):
    name = "tettpaa.work.competence"
    label = "competence"
    verbose_name = "kompetanse"

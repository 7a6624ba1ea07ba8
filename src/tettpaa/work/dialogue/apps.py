from django.apps import AppConfig


class DialogueConfig(AppConfig):
    name = "tettpaa.work.dialogue"
    label = "dialogue"
    verbose_name = "dialogmøter"

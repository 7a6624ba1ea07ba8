from django.apps import AppConfig


class FollowupConfig(AppConfig):
    name = "tettpaa.work.followup"
    label = "followup"
    verbose_name = "oppfølging"

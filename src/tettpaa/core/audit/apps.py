from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "tettpaa.core.audit"
    label = "audit"
    verbose_name = "revisjonsspor"

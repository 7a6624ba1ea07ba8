from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "tettpaa.core.accounts"
    label = "accounts"
    verbose_name = "kontoer"

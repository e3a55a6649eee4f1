from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "lotrinh.apps.accounts"
    label = "accounts"

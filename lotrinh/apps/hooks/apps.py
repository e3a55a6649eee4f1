from django.apps import AppConfig


class HooksConfig(AppConfig):
    name = "lotrinh.apps.hooks"
    label = "hooks"

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "lotrinh.apps.intake"
    label = "intake"

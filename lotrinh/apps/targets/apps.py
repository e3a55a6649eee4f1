from django.apps import AppConfig


class TargetsConfig(AppConfig):
    name = "lotrinh.apps.targets"
    label = "targets"

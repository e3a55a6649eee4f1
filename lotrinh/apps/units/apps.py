from django.apps import AppConfig


class UnitsConfig(AppConfig):
    name = "lotrinh.apps.units"
    label = "units"

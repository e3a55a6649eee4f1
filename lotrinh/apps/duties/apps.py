from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "lotrinh.apps.duties"
    label = "duties"

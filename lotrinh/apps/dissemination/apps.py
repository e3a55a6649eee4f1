from django.apps import AppConfig


class DisseminationConfig(AppConfig):
    name = "lotrinh.apps.dissemination"
    label = "dissemination"

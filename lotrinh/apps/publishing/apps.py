from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "lotrinh.apps.publishing"
    label = "publishing"

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "lotrinh.apps.documents"
    label = "documents"

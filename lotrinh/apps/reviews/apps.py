from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "lotrinh.apps.reviews"
    label = "reviews"

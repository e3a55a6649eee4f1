"""The address of every page and of the interface; the views themselves say who may open them."""

from django.urls import include, path

from lotrinh.api.addresses import urlpatterns as interface
from lotrinh.web.access import KEYED, right
from lotrinh.web.addresses import urlpatterns as pages

__all__ = ["urlpatterns"]

for address in interface:
    right(KEYED)(address.callback)

urlpatterns = [*pages, path("api/v1/", include(interface))]

handler400 = "lotrinh.web.pages.errors.unreadable"
handler403 = "lotrinh.web.pages.errors.forbidden"
handler404 = "lotrinh.web.pages.errors.missing"
handler500 = "lotrinh.web.pages.errors.broken"

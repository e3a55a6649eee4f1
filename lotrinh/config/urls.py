"""The address of every page; the pages themselves say who may open them."""

from lotrinh.web.addresses import urlpatterns

__all__ = ["urlpatterns"]

handler400 = "lotrinh.web.pages.errors.unreadable"
handler403 = "lotrinh.web.pages.errors.forbidden"
handler404 = "lotrinh.web.pages.errors.missing"
handler500 = "lotrinh.web.pages.errors.broken"

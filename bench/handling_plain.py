"""The application behind Django's own entry for asynchronous servers, for ``bench.handling``."""

from django.core.handlers.asgi import ASGIHandler

from lotrinh.config import asgi  # it makes Django ready
from lotrinh.web.body_limit import BodyLimit

__all__ = ["application"]

application = BodyLimit(ASGIHandler())
assert asgi.application

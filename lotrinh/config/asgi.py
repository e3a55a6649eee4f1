"""The entry of the web server."""

import os

import django

from lotrinh.web.body_limit import BodyLimit
from lotrinh.web.handling import Handler
from lotrinh.web.spool import make_spool

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lotrinh.config.settings")
django.setup(set_prefix=False)
application = BodyLimit(Handler())
make_spool()

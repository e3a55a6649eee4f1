"""The entry of the web server."""

import os
import warnings

from django.core.asgi import get_asgi_application

from lotrinh.web.body_limit import BodyLimit
from lotrinh.web.spool import make_spool

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lotrinh.config.settings")
# WhiteNoise hands out files by reading them in turn. Django then reads the whole file first, which
# is what we want of the few small files of the pages; the warning would only fill the log.
warnings.filterwarnings(
    "ignore", message="StreamingHttpResponse must consume synchronous iterators"
)
application = BodyLimit(get_asgi_application())
make_spool()

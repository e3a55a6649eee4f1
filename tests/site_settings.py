"""Settings of a site that tests visit: those of an installation, with passwords stirred less long.

Every visitor signs in by name and password, which would take half a second of both each time.
"""

from lotrinh.config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["tests.hashing.Quick"]

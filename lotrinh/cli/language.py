"""Which of its two languages the command line speaks: as the environment asks."""

import os


def is_english() -> bool:
    """Say whether ``LOTRINH_LANG``, else ``LC_ALL``, else ``LANG`` asks for English."""
    asked = (os.environ.get(name, "") for name in ("LOTRINH_LANG", "LC_ALL", "LANG"))
    return next((given for given in asked if given), "").lower().startswith(("en", "c", "posix"))

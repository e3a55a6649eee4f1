"""The names under which plain text files are loaded; the work is done in ``readers``."""

from lotrinh.reading.readers import Unreadable, decode

__all__ = ["Unreadable", "decode"]

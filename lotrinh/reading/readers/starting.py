"""Starts the process that reads foreign files, without what it does not need.

Run as a file, so that nothing is loaded before. The package ``lotrinh.reading`` loads all of the
grammar, which takes three times as long as opening a file, and its package of readers loads what
starts such processes: this one gets both as mere folders of modules.
"""

import sys
from importlib import import_module
from importlib.util import find_spec, module_from_spec

_PACKAGES = ("lotrinh.reading", "lotrinh.reading.readers")


def start() -> None:
    """Answer whoever asks until the requests end."""
    for package in _PACKAGES:
        spec = find_spec(package)
        if spec is not None:
            sys.modules[package] = module_from_spec(spec)  # made, but not run
    import_module("lotrinh.reading.readers.worker").main()


if __name__ == "__main__":
    start()

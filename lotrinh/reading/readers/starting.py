"""Starts the process that reads foreign files, without what it does not need.

Run as a file, so that nothing is loaded before. The package ``lotrinh.reading`` loads all of the
grammar, which takes three times as long as opening a file: the process gets the package as a mere
folder of modules.
"""

import sys
from importlib import import_module
from importlib.util import find_spec, module_from_spec

_PACKAGE = "lotrinh.reading"


def start() -> None:
    """Answer whoever asks until the requests end."""
    spec = find_spec(_PACKAGE)
    if spec is not None:
        sys.modules[_PACKAGE] = module_from_spec(spec)  # made, but not run
    import_module("lotrinh.reading.readers.worker").main()


if __name__ == "__main__":
    start()

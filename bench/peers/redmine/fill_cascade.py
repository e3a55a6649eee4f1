"""Fill our second database for the comparison of one act: 3,321 units, a group of 618 of them.

``site up`` runs it once, in the environment of our server.
"""

import json
from importlib import import_module

from bench.peers.redmine.site import HOME
from lotrinh.cli import installation


def main() -> None:
    """Leave tables, rows, and the addresses of the drafts in ``cascade.json``."""
    installation.ensure_installation(None)
    told = import_module("bench.peers.redmine.cascade_rows").fill()
    (HOME / "shared/cascade.json").write_text(json.dumps(told))


if __name__ == "__main__":
    main()

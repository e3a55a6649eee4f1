"""Fill our database for the comparison of pages, and write down what Redmine is to be given.

``site up`` runs it once, in the environment of our server. The units and duties are those of
``bench.board``: the same seed, the same shape.
"""

from importlib import import_module

from lotrinh.cli import installation


def main() -> None:
    """Leave tables, rows and the files for Redmine."""
    installation.ensure_installation(None)
    import_module("bench.peers.redmine.board_rows").fill()  # its tables need the installation


if __name__ == "__main__":
    main()

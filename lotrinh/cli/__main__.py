"""``python -m lotrinh.cli``: the same command without the script."""

from lotrinh.cli.main import run

run()

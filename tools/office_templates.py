"""Writes the Word templates of official texts into a folder, for an office to change in Word."""

import sys
from pathlib import Path

from lotrinh.apps.reviews.printing.template import template_of
from lotrinh.rules.official.layouts import layouts


def main(folder: Path) -> int:
    """Write a template for each form and language; return 0."""
    folder.mkdir(parents=True, exist_ok=True)
    for layout in layouts():
        for language in ("vi", "en"):
            path = folder / f"{layout.code}-{language}.docx"
            path.write_bytes(template_of(layout.code, language))
            print(f"{path}  {layout.source}")
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: office_templates.py FOLDER")
    sys.exit(main(Path(sys.argv[1])))

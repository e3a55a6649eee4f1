"""Where the letters are in which official texts are printed on paper.

The rules name Times New Roman, which may not be handed on. Tinos is as wide letter by letter, so a
page breaks where it would in Word, and comes with the assets of the pages. Fonts of the machine are
never used: the same text has the same bytes on each machine.
"""

from functools import cache
from importlib import resources
from pathlib import Path

FACES = ("regular", "italic", "bold", "bold-italic")


class FontsNotBuilt(Exception):
    """The assets, and the fonts with them, have not been made; the message names the cure."""


@cache
def font_folder() -> Path:
    """Return the folder of the fonts. Raises FontsNotBuilt."""
    folder = Path(str(resources.files("lotrinh").joinpath("web", "static", "build", "print")))
    lacking = [face for face in FACES if not (folder / f"tinos-{face}.ttf").is_file()]
    if lacking:
        raise FontsNotBuilt("the fonts of official texts are not there: run make setup")
    return folder

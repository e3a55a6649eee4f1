"""Reading pictures of pages with tesseract, where the machine has it with Vietnamese data.

What is read this way is never more than a draft: letters and digits may be wrong ones.
"""

import os
import shutil
import subprocess
from functools import cache

_PROGRAM = "tesseract"
_LANGUAGES = "vie+eng"
_SECONDS = 120  # for one page
_ENVIRONMENT = {"OMP_THREAD_LIMIT": "1"}  # its threads only wait for each other


@cache
def has_ocr() -> bool:
    """Tell whether pages can be read from pictures on this machine."""
    program = shutil.which(_PROGRAM)
    if program is None:
        return False
    try:
        listed = subprocess.run(
            [program, "--list-langs"], capture_output=True, timeout=_SECONDS, check=True
        )
    except (subprocess.SubprocessError, OSError):
        return False
    return b"vie" in listed.stdout.split()


def read_picture(png: bytes) -> str:
    """Return the text in a picture of a page; "" where the program fails."""
    command = [_PROGRAM, "stdin", "stdout", "-l", _LANGUAGES, "--psm", "3"]
    try:
        done = subprocess.run(
            command,
            input=png,
            capture_output=True,
            timeout=_SECONDS,
            check=True,
            env=os.environ | _ENVIRONMENT,
        )
    except (subprocess.SubprocessError, OSError):
        return ""
    return done.stdout.decode(errors="replace")

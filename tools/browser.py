"""Sees to a Chromium for the browser tests: the one named, the one on the path, else Debian's.

Only root on a Debian machine can install it; anybody else is told, and the tests say so again by
skipping with the reason (or by failing where ``CI=true``).
"""

import os
import shutil
import subprocess
import sys


def main() -> int:
    """Return 0 always: a machine without a browser can still run every other test."""
    if os.environ.get("LOTRINH_CHROMIUM") or shutil.which("chromium"):
        return 0
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("lotrinh: installing Chromium for the browser tests", flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for words in (["update", "-q"], ["install", "-qy", "--no-install-recommends", "chromium"]):
            subprocess.run(
                ["apt-get", *words], env=environment, stdout=subprocess.DEVNULL, check=False
            )
    if not shutil.which("chromium"):
        print("lotrinh: no Chromium; the browser tests will be skipped", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())

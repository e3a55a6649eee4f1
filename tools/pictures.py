"""Takes the pictures of the README from a running demonstration, in a headless Chromium.

Starts `lotrinh demo` on a free port, opens the screens as the planning officer and as the officer
of an invented district, and writes small PNG files to docs/pictures.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

CHECKOUT = Path(__file__).resolve().parents[1]
PICTURES = CHECKOUT / "docs" / "pictures"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


def main() -> int:
    """Write every picture; return 3 where there is no Chromium."""
    chromium = os.environ.get("LOTRINH_CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        print("lotrinh: no Chromium to take pictures with", file=sys.stderr)
        return 3
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = [sys.executable, "-m", "lotrinh.cli", "demo", "--port", str(port)]
    served = subprocess.Popen(program, cwd=CHECKOUT, stdout=subprocess.DEVNULL)
    try:
        address = f"http://localhost:{port}"
        wait_for(address)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            page = browser.new_page(viewport={"width": 1316, "height": 914}, locale="vi-VN")
            take(page, address)
            browser.close()
    finally:
        served.terminate()
        served.wait(60)
    return 0


def wait_for(address: str) -> None:
    """Return when the site answers."""
    for _ in range(600):
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(address)


def take(page: Page, address: str) -> None:
    """Open each screen and write its picture."""
    become(page, address, "van-phong-ubnd")
    page.goto(f"{address}/documents/?q=986/KH-UBND")
    number = page.get_by_text(re.compile(r"^986/KH-UBND$"))  # others name it in their titles
    row = page.locator("main tbody tr", has=number)
    place = row.locator("th a").get_attribute("href")
    shoot(page, f"{address}{place}desk/", "desk")
    become(page, address, "can-bo-ho-sen")
    shoot(page, f"{address}/", "unit")
    duty = page.locator("main table a[href*='/duties/']").first.get_attribute("href")
    shoot(page, f"{address}{duty}", "duty")


def become(page: Page, address: str, name: str) -> None:
    """Choose a role of the demonstration."""
    page.goto(f"{address}/roles/")
    page.locator(f"button[name=sign_in][value='{name}']").click()
    page.wait_for_load_state()


def shoot(page: Page, address: str, name: str) -> None:
    """Write the picture of one screen."""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=PICTURES / f"{name}.png")


if __name__ == "__main__":
    sys.exit(main())

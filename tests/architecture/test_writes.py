"""Tables are written by services alone, so that the watch over services watches every write."""

import ast
from pathlib import Path

from tests.architecture.inspecting import is_services, sources

WRITES = {
    "create",
    "bulk_create",
    "get_or_create",
    "update_or_create",
    "update",
    "bulk_update",
    "delete",
    "save",
    "acreate",
    "aupdate",
    "asave",
}
ALWAYS = {"bulk_create", "get_or_create", "update_or_create", "bulk_update", "asave"}
ROWS = {"save", "delete"}
NO_ROWS = ("lotrinh/apps/files/storage.py", "lotrinh/apps/reviews/printing/")
"""What saves bytes, not rows."""


def writes(files):
    """Return where rows are written: through a manager, or by a row's own ``save``."""
    found = []
    for name, text in files.items():
        for node in ast.walk(ast.parse(text)):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            verb, called = node.func.attr, ast.unparse(node.func)
            managed = verb in WRITES and ".objects" in called
            if managed or verb in ALWAYS or (verb in ROWS and not called.startswith("super()")):
                found.append(f"{name}:{node.lineno} {verb}")
    return found


def test_nothing_but_services_writes_a_row():
    others = {
        name: text
        for name, text in sources("apps", "web", "api", "cli", "demo").items()
        if not is_services(Path(name)) and not name.startswith(NO_ROWS)
    }

    assert writes(others) == []


def test_services_do_write():
    services = {name: text for name, text in sources("apps").items() if is_services(Path(name))}

    assert len(writes(services)) > 20


def test_a_write_elsewhere_is_found():
    planted = {
        "page.py": "Unit.objects.filter(pk=1).update(code='x')\nunit.save()\nnames.update(more)\n"
        "Unit.objects.bulk_create(rows)\nUnit.objects.filter(pk=1).first()\n"
    }

    assert writes(planted) == ["page.py:1 update", "page.py:2 save", "page.py:4 bulk_create"]

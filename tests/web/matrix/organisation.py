"""The addresses of units and of changes of the organisation.

Every unit is known to all, so whoever may only look is answered 403 and never 404.
"""

from tests.web.matrix.entries import Entries

CHANGED = {"unit-change": "unit", "change-undo": "change"}
"""Changes of the organisation."""

ORGANISATION = Entries(
    open_to_all=frozenset(
        {
            "find",
            *("units", "unit", "unit-glance", "changes", "change", "units-export", "unit-names"),
            "unit-strip",
        }
    ),
    told_apart=frozenset({*CHANGED, "unit-code", "units-import"}),
    kinds={
        "unit": "unit",
        "unit-glance": "unit",
        "unit-strip": "unit",
        "unit-code": "unit",
        "change": "change",
        **CHANGED,
    },
    words={"<slug:kind>": "rename"},
)

GROUPS = Entries(
    open_to_all=frozenset({"groups", "group", "group-export"}),
    told_apart=frozenset({"group-new", "group-change", "group-end"}),
)
"""Saved groups are known to all like the units that they name."""

CALENDAR = Entries(
    open_to_all=frozenset({"calendar", "calendar-export", "unit-counting", "ladder"}),
    told_apart=frozenset({"calendar-new", "calendar-import", "calendar-withdraw", "ladder-new"}),
    kinds={"unit-counting": "unit", "calendar-withdraw": "unit"},
)
"""The working calendar and how units count are known to all; who may set them is asked apart."""

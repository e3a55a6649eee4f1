"""The addresses of units and of changes of the organisation.

Every unit is known to all, so whoever may only look is answered 403 and never 404.
"""

from tests.web.matrix.entries import Entries

CHANGED = {"unit-change": "unit", "change-undo": "change"}
"""Changes of the organisation."""

ORGANISATION = Entries(
    open_to_all=frozenset({"units", "unit", "changes", "change", "units-export", "unit-names"}),
    told_apart=frozenset({*CHANGED, "units-import"}),
    kinds={"unit": "unit", "change": "change", **CHANGED},
    words={"<slug:kind>": "rename"},
)

"""The addresses of what everybody may read, and of those by which that is decided."""

from tests.web.matrix.entries import Entries

OF_DECIDING = ("publications", "publication", "publication-new")
"""Who decides what is public is told in the tests of these pages."""

PUBLISHING = Entries(
    told_apart=frozenset(OF_DECIDING),
    public=frozenset(
        {
            "public-home",
            "public-paper",
            "public-promise",
            "public-about",
            "public-table",
            "public-content",
            "public-package",
            "public-catalogue",
            "public-feed",
        }
    ),
    kinds={"publication": "unit", "public-paper": "document", "public-promise": "target"},
)

"""The addresses of people, of their posts, and of what roles carry."""

from tests.web.matrix.entries import Entries

APPOINTED = {
    "person-appoint": "person",
    "appointment-lend": "appointment",
    "appointment-end": "appointment",
}
"""Forms about people: 404 where they are not seen, 403 where one may only look."""

PEOPLE = Entries(
    shown={"person": "person"},
    listed={"people": "person"},
    open_to_all=frozenset({"rights", "why"}),
    told_apart=frozenset({*APPOINTED, "person-new", "role"}),
    of_people=frozenset({"person", "people", *APPOINTED}),
    kinds=APPOINTED,
    words={"<slug:code>": "reader"},
)

MANDATES = Entries(
    shown={"mandate": "mandate"},
    listed={"mandates": "mandate"},
    told_apart=frozenset({"mandate-new", "mandate-end", "mandate-readings"}),
    of_people=frozenset({"mandate", "mandates", "mandate-end", "mandate-readings"}),
    kinds={"mandate-end": "mandate", "mandate-readings": "mandate"},
)
"""Mandates are known where people are; they are given, ended and read by those who give them."""

"""What is public now, read by the way of the public role and by no other.

Everything of one answer is read in one state of the database: a publication that takes the place of
another meanwhile is seen whole or not at all.
"""

from dataclasses import fields
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model

from lotrinh.apps.publishing.models import (
    PublicHeading,
    PublicPaper,
    PublicPart,
    PublicPromise,
    PublicStep,
)
from lotrinh.rules.publication.content import Heading, Paper, Part, Promise, Publication, Step

USING = "public"
"""The way into the database that the public pages go."""

Made = TypeVar("Made")


def newest_sha256(*, using: str = USING) -> str:
    """Return the hash of what is public now, as its publishing wrote it; empty before anything was.

    Raises django.db.OperationalError where no database answers.
    """
    rows = PublicHeading.objects.using(using).order_by("-number")
    return rows.values_list("sha256", flat=True).first() or ""


def newest(*, using: str = USING) -> Publication | None:
    """Return what is public now; None before anything was published.

    Raises django.db.OperationalError where no database answers.
    """
    with transaction.atomic(using=using):
        heading = PublicHeading.objects.using(using).order_by("-number").first()
        if heading is None:
            return None
        papers = list(PublicPaper.objects.using(using).filter(heading=heading).order_by("pk"))
        promises = _by(PublicPromise, "paper_id", papers, using)
        held = [one for found in promises.values() for one in found]
        steps = _by(PublicStep, "promise_id", held, using)
        parts = _by(PublicPart, "promise_id", held, using)
    return Publication(
        _made(Heading, heading),
        tuple(
            _made(
                Paper,
                paper,
                promises=tuple(
                    _made(
                        Promise,
                        one,
                        steps=tuple(_made(Step, step) for step in steps.get(one.pk, ())),
                        parts=tuple(_made(Part, part) for part in parts.get(one.pk, ())),
                    )
                    for one in promises.get(paper.pk, ())
                ),
            )
            for paper in papers
        ),
    )


def headings(*, using: str = USING) -> tuple[Heading, ...]:
    """Return the heading of every publication, the newest first."""
    rows = PublicHeading.objects.using(using).order_by("-number")
    return tuple(_made(Heading, row) for row in rows)


def _by(rows: Any, field: str, above: list[Any], using: str) -> dict[int, list[Any]]:
    """Return the rows below some others, by the id of what they stand below."""
    found: dict[int, list[Any]] = {}
    wanted = {f"{field}__in": [one.pk for one in above]}
    for row in rows.objects.using(using).filter(**wanted).order_by("pk"):
        found.setdefault(getattr(row, field), []).append(row)
    return found


def _made(wanted: type[Made], row: Model, **below: Any) -> Made:
    """Return a part of a publication from its row: both have the same names."""
    names = [one.name for one in fields(wanted) if one.name not in below]  # type: ignore[arg-type]
    return wanted(**{name: getattr(row, name) for name in names}, **below)

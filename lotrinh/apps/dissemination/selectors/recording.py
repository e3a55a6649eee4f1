"""What the record of a conference holds, made of the last words of its sites as they stand now."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from lotrinh.apps.dissemination.models import Conference, Question
from lotrinh.apps.dissemination.selectors.asking import questions_asked
from lotrinh.apps.dissemination.selectors.presence import (
    SiteNow,
    branches_of,
    room_of_all,
)
from lotrinh.apps.dissemination.selectors.running import ItemNow, run_sheet_of
from lotrinh.apps.dissemination.selectors.seen import classes_on
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.models import Unit
from lotrinh.apps.units.selectors import PlacedUnit
from lotrinh.rules.conferences import Present
from lotrinh.rules.conferences.questions import OPEN_TO_ALL, QuestionStep
from lotrinh.rules.conferences.records import FORMAT

Placed = Mapping[int, PlacedUnit]


def content_of(conference: Conference, *, on: date) -> dict[str, Any]:
    """Return the record as it would be frozen on a day, ready as JSON.

    Units have the names of the conference's day; duties stand as on ``on``.
    """
    room = room_of_all(conference)
    placed = {one.id: one for one in units.tree_on(on=conference.day)}
    branches = branches_of(room, day=conference.day)
    papers = tuple(conference.documents.order_by("pk"))
    classes = {one.code: one for one in classes_on(on=conference.day)}
    return {
        "format": FORMAT,
        "conference": str(conference.uid),
        "title": conference.title,
        "language": conference.language,
        "system": "state" if all(one.system == "state" for one in papers) else "party",
        "organiser": _unit(conference.organiser, placed),
        "day": conference.day.isoformat(),
        "begins": conference.begins.isoformat("minutes") if conference.begins else None,
        "place": conference.place,
        "counting": conference.counting,
        "documents": [
            {"uid": str(one.uid), "number": one.number, "title": one.title} for one in papers
        ],
        "agenda": [_item(one) for one in run_sheet_of(conference=conference)],
        "whole": _whole(room.whole),
        "classes": [
            {
                "code": code,
                "name_vi": classes[code].name_vi if code in classes else code,
                "name_en": classes[code].name_en if code in classes else code,
                "present": present,
                "called": called,
            }
            for code, (present, called) in room.by_class.items()
        ],
        "branches": [
            {"unit": str(one.unit.uid), **_names(one.unit), **_whole(one.present)}
            for one in branches
        ],
        "sites": [_site(one, placed) for one in room.sites],
        "questions": _questions(conference),
        "conclusions": _conclusions(conference),
    }


def _item(one: ItemNow) -> dict[str, Any]:
    return {
        "title": one.item.title,
        "begins": one.begins.isoformat("minutes") if one.begins else None,
        "minutes": one.item.minutes,
        "post": {"vi": one.title_vi, "en": one.title_en},
        "presenter": one.presenter,
    }


def _whole(found: Present) -> dict[str, Any]:
    return {
        "sites": found.sites,
        "joined": found.joined,
        "silent": found.silent,
        "present": found.present,
        "summoned": found.summoned,
    }


def _site(one: SiteNow, placed: Placed) -> dict[str, Any]:
    return {
        "uid": str(one.site.uid),
        "room": one.site.name,
        "is_main": one.site.is_main,
        **_unit(one.site.unit, placed),
        "link": str(one.link),
        "summoned": dict(one.summoned),
        "present": dict(one.present),
        "told_at": one.told_at.isoformat() if one.told_at else None,
    }


def _questions(conference: Conference) -> list[dict[str, Any]]:
    """Return the questions that all sites read; one that was set aside is the asker's alone."""
    asked = questions_asked(Question.objects.filter(site__conference=conference))
    return [
        {
            "uid": str(one.question.uid),
            "name_vi": one.question.site.unit.name_vi,
            "name_en": one.question.site.unit.name_en,
            "text": one.question.text,
            "answer": one.said(QuestionStep.ANSWER),
        }
        for one in asked
        if one.state in OPEN_TO_ALL
    ]


def _conclusions(conference: Conference) -> list[dict[str, Any]]:
    rows = conference.conclusions.select_related("duty__unit").order_by("pk")
    return [
        {
            "uid": str(one.uid),
            "text": one.text,
            "duty": str(one.duty.uid) if one.duty else None,
            "unit_vi": one.duty.unit.name_vi if one.duty and one.duty.unit else None,
            "unit_en": one.duty.unit.name_en if one.duty and one.duty.unit else None,
            "due": one.duty.deadline.isoformat() if one.duty and one.duty.deadline else None,
            "state": one.duty.state if one.duty else None,
        }
        for one in rows
    ]


def _unit(unit: Unit, placed: Placed) -> dict[str, str]:
    found = placed.get(unit.pk)
    return {"unit": str(unit.uid), **_names(found or unit)}


def _names(unit: Unit | PlacedUnit) -> dict[str, str]:
    return {"name_vi": unit.name_vi, "name_en": unit.name_en}

"""The follow-up of a conference of the demonstration: own programmes, from owed to asked about.

Only invented units owe one, so that nobody real is ever said to be late or to have copied.
"""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from lotrinh.apps.dissemination import services
from lotrinh.apps.dissemination.services import ProgrammeAct, ProgrammesSaid
from lotrinh.apps.documents import selectors as registry
from lotrinh.apps.units import selectors as units
from lotrinh.demo.cast import data
from lotrinh.demo.titles import user_of_story

if TYPE_CHECKING:
    from lotrinh.apps.dissemination.models import Conference, Programme, ProgrammeQuestion

MID_AFTERNOON = time(15, 30)


def follow_up(conference: "Conference", zone: ZoneInfo) -> int:
    """Let the units of ``programmes.toml`` owe programmes of their own; return how many do.

    What they link is compared once all of it is there, as the worker would.
    """
    told = data("programmes")
    owed = {one.unit.code: one for one in _owe(conference, told, zone)}
    for row in told["programme"]:
        _link(owed[row["unit"]], row, told["by"], zone)
    for row in told["reminder"]:
        _remind(owed, row, told["by"], zone)
    call = next(iter(owed.values())).call
    at = datetime.combine(told["compared_on"], MID_AFTERNOON, zone)
    services.compare_programmes(call_id=call.pk, at=at)
    for row in told["question"]:
        _ask(owed[row["unit"]], row, told["by"], zone)
    return len(owed)


def _owe(
    conference: "Conference", told: Mapping[str, Any], zone: ZoneInfo
) -> "tuple[Programme, ...]":
    on = told["called_on"]
    group = units.group_on(code=told["group"], on=on)
    document = conference.documents.get(number=told["document"])
    return services.call_for_programmes(
        conference_id=conference.pk,
        said=ProgrammesSaid(document=document, due=told["due"], group=group),
        act=_act(told["by"], on, "call", zone),
    )


def _link(programme: "Programme", row: Mapping[str, Any], office: str, zone: ZoneInfo) -> None:
    """Link the document of this number that the unit keeps, or its draft, which has none."""
    act = _act(row["by"], row["linked_on"], f"link:{row['unit']}", zone)
    seen = registry.visible(seen_by=act.user.pk, on=act.on).filter(is_stub=False)
    document = seen.get(keeper=programme.unit, number=row.get("number", ""))
    services.link_programme(programme_id=programme.pk, document=document, act=act)
    if "reviewed_on" in row:
        read = _act(office, row["reviewed_on"], f"review:{row['unit']}", zone)
        services.review_programme(programme_id=programme.pk, note=row["remark"], act=read)


def _remind(
    owed: "Mapping[str, Programme]", row: Mapping[str, Any], office: str, zone: ZoneInfo
) -> None:
    duties = [owed[code].duty for code in row["units"]]
    for duty in duties:
        duty.refresh_from_db()
    services.remind_of_programmes(
        call_id=owed[row["units"][0]].call_id,
        versions={duty.pk: duty.version for duty in duties},
        note=row["note"],
        act=_act(office, row["on"], "remind", zone),
    )


def _ask(
    programme: "Programme", row: Mapping[str, Any], office: str, zone: ZoneInfo
) -> "ProgrammeQuestion":
    question = services.ask_question(
        programme_id=programme.pk,
        text=row["text"],
        chosen=row["passages"],
        act=_act(office, row["on"], f"ask:{row['unit']}", zone),
    )
    if "answer" in row:
        said = row["answer"]
        act = _act(said["by"], said["on"], f"answer:{row['unit']}", zone)
        services.answer_question(question_id=question.pk, text=said["text"], act=act)
    return question


def _act(sign_in_name: str, on: date, step: str, zone: ZoneInfo) -> ProgrammeAct:
    key = uuid5(NAMESPACE_URL, f"urn:lotrinh:demo:programmes:{step}")
    at = datetime.combine(on, MID_AFTERNOON, zone)
    return ProgrammeAct(user_of_story(sign_in_name), key, on, at)

"""What follows from a conference of the demonstration: answers, conclusions, record, study."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from lotrinh.apps.dissemination import selectors, services
from lotrinh.apps.dissemination.services import Line, NoticeSaid, SessionSaid, SiteAct
from lotrinh.apps.documents.services import Identity
from lotrinh.apps.duties import services as duties
from lotrinh.apps.duties.services import Assignment, Concluded
from lotrinh.apps.reviews import printing
from lotrinh.apps.units import selectors as units
from lotrinh.demo.attendance import attend, key_of
from lotrinh.demo.titles import user_of_story
from lotrinh.rules.conferences.questions import QuestionStep
from lotrinh.rules.conferences.record_words import NoticeFrame, NoticeLine, notice_text
from lotrinh.rules.conferences.record_words import written as written_notice
from lotrinh.rules.conferences.studying import Reflected
from lotrinh.rules.duty_states import Step

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.dissemination.models import Conclusion, Conference, Site
    from lotrinh.apps.duties.models import Duty
    from lotrinh.apps.units.models import Person

LATE_AFTERNOON = time(16, 30)


def follow(conference: "Conference", row: Mapping[str, Any], zone: ZoneInfo) -> None:
    """Take every step that followed from a conference, as far as its story has any."""
    told = Told(conference, row, zone)
    for asked in row.get("question", ()):
        _question(told, asked)
    lines = row.get("conclusion", ())
    concluded = _conclude(told, lines) if lines else ()
    if "notice" in row:
        _announce(told, concluded)
    issued = [_issue(told, one, line) for one, line in zip(concluded, lines, strict=True)]
    services.freeze_record(conference_id=conference.pk, **told.by(row["record_on"]))
    for duty, line in zip(issued, lines, strict=True):
        _live(told, duty, line.get("steps", ()))
    if "study" in row:
        _study(told)
    if "session" in row:
        _meet_again(told)


class Told:
    """A conference with what the story tells of it."""

    def __init__(self, conference: "Conference", row: Mapping[str, Any], zone: ZoneInfo) -> None:
        self.conference, self.row, self.zone = conference, row, zone
        self.office: User = user_of_story(row["by"])

    def at(self, on: date) -> datetime:
        """Return the instant at which everything of a day happens."""
        return datetime.combine(on, LATE_AFTERNOON, self.zone)

    def by(self, on: date) -> dict[str, Any]:
        """Return that the office acts, and when."""
        return {"user": self.office, "on": on, "at": self.at(on)}

    def act(self, sign_in_name: str, on: date, *step: str) -> SiteAct:
        """Return that somebody tells something, under a key of its own."""
        key = key_of(self.row["key"], *step)
        return SiteAct(user_of_story(sign_in_name), key, on, self.at(on))

    def duty_act(self, sign_in_name: str, on: date, duty: "Duty", step: str) -> duties.Act:
        """Return that somebody takes a step with a duty as it stands."""
        act = self.act(sign_in_name, on, str(duty.drafting_key), step)
        return duties.Act(act.user, act.client_key, act.on, act.at, duty.version)

    def site(self, unit_code: str) -> "Site":
        """Return the site of a unit."""
        found: Site = self.conference.sites.get(unit__code=unit_code, is_main=False)
        return found


def _question(told: Told, row: Mapping[str, Any]) -> None:
    """Let a site ask, and the office say what becomes of it."""
    number = str(row["number"])
    asked = services.ask_at_site(
        site_id=told.site(row["site"]).pk,
        text=row["text"],
        act=told.act(row["by"], row["on"], "question", number),
    )
    for said in row.get("steps", ()):
        services.settle_question(
            question_id=asked.pk,
            step=QuestionStep(said["step"]),
            words=said.get("words", ""),
            act=told.act(told.row["by"], said["on"], "question", number, said["step"]),
        )


def _conclude(told: Told, lines: Sequence[Mapping[str, Any]]) -> "tuple[Conclusion, ...]":
    """Keep the lines of the concluding remarks, all in one act."""
    return services.conclude(
        conference_id=told.conference.pk,
        lines=[
            Line(
                Concluded(
                    line["text"],
                    key_of(told.row["key"], "conclusion", str(place)),
                    unit=units.unit_by_code(line["unit"]) if "unit" in line else None,
                    person=_person(line["person"]) if "person" in line else None,
                    due=line.get("due"),
                    deliverable=line.get("deliverable", ""),
                ),
                is_duty="unit" in line,
            )
            for place, line in enumerate(lines)
        ],
        **told.by(told.row["concluded_on"]),
    )


def _announce(told: Told, concluded: "Sequence[Conclusion]") -> None:
    """Register the notice of conclusions, of the same words as its page would make."""
    row, conference = told.row["notice"], told.conference
    frame = NoticeFrame(
        system="party",
        superior="",
        issuer=row["issuer"],
        symbol=row["symbol"],
        number=row["number"],
        place=row["place"],
        day=row["day"],
        layout_day=row["day"],
        capacity=(row["capacity"],),
        post=row["post"],
        signer=row["signer"],
        recipients=tuple(row["recipients"]),
    )
    text = notice_text(
        frame,
        [_line(one) for one in concluded],
        title=conference.title,
        organiser=conference.organiser.name_vi,
        day=conference.day,
        language=conference.language,
    )
    words, spans = written_notice(text)
    services.announce_conclusions(
        conference_id=conference.pk,
        said=NoticeSaid(
            identity=Identity(
                system="party",
                type_code="TB",
                number=f"{row['number']}-{row['symbol']}",
                issuer=conference.organiser,
                issued_on=row["day"],
            ),
            title=text.about,
            text=words,
            docx=printing.docx(text),
            spans=[(one.pk, *span) for one, span in zip(concluded, spans, strict=True)],
            name=f"{row['number']}.docx",
        ),
        client_key=key_of(told.row["key"], "notice"),
        **told.by(row["registered_on"]),
    )


def _line(one: "Conclusion") -> NoticeLine:
    duty = one.duty
    if duty is None:
        return NoticeLine(one.text)
    unit = duty.unit.name_vi if duty.unit else ""
    return NoticeLine(one.text, unit, duty.deadline, duty.deliverable)


def _issue(told: Told, one: "Conclusion", line: Mapping[str, Any]) -> "Duty | None":
    """Say who answers for what was concluded, and let it bind."""
    duty = one.duty
    if duty is None:
        return None
    on = told.row["issued_on"]
    words = replace(Assignment.of(duty), responsibility=line["responsibility"])
    office = told.row["by"]
    act = told.duty_act(office, on, duty, "amend")
    duty = duties.amend_draft(duty_id=duty.pk, act=act, assignment=words)
    return duties.issue_duty(duty_id=duty.pk, act=told.duty_act(office, on, duty, "issue"))


def _live(told: Told, duty: "Duty | None", steps: Sequence[Mapping[str, Any]]) -> None:
    """Let those who owe it, and those to whom it is owed, take the steps of the story."""
    for said in steps:
        if duty is None:
            raise LookupError(said["step"])
        plain = told.duty_act(said["by"], said["on"], duty, said["step"])
        act = duties.Act(
            plain.user, plain.client_key, plain.on, plain.at, plain.version, note=said["note"]
        )
        more = {"percent": said["percent"]} if "percent" in said else {}
        duty = duties.TAKEN_BY[Step(said["step"])](duty_id=duty.pk, act=act, **more)


def _study(told: Told) -> None:
    """Call for reflections; some units have told of theirs and confirmed it."""
    row, key = told.row["study"], told.row["key"]
    services.call_for_reflections(
        conference_id=told.conference.pk,
        until=row["until"],
        client_key=key_of(key, "study"),
        **told.by(row["called_on"]),
    )
    for said in row["told"]:
        (one,) = selectors.sites_now([told.site(said["unit"])])
        due = sum(one.present.values())
        services.tell_reflections(
            site_id=one.site.pk,
            told=Reflected(due, due - said["missing"], said["confirmed"]),
            act=told.act(said["by"], said["on"], "study", said["unit"]),
        )


def _meet_again(told: Told) -> None:
    """Hold a later session for those who were absent; at the main site nobody was."""
    row = told.row["session"]
    later = services.plan_later_session(
        conference_id=told.conference.pk,
        said=SessionSaid(row["title"], row["day"], row["begins"], row["place"]),
        client_key=key_of(told.row["key"], "session"),
        **told.by(row["planned_on"]),
    )
    services.summon(
        site_id=later.sites.get(is_main=True).pk,
        numbers=dict.fromkeys(told.row["main"], 0),
        **told.by(row["planned_on"]),
    )
    attend(later, {**row, "by": told.row["by"], "key": f"{told.row['key']}:session"}, told.zone)


def _person(sign_in_name: str) -> "Person | None":
    return units.person_of(user_id=user_of_story(sign_in_name).pk)

"""Study after a conference: reflections are called for, and each unit tells of its own."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.dissemination.models import Conference, Reflections, Site, StudyCall
from lotrinh.apps.dissemination.selectors.seen import may_hold, may_tell
from lotrinh.apps.dissemination.services.attending import SiteAct
from lotrinh.apps.dissemination.services.preparing import MOST_AT_A_SITE
from lotrinh.apps.dissemination.services.refusals import (
    KeyTaken,
    MoreThanDue,
    NotAllowed,
    NotNow,
    TooMany,
)
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.turns import take_turn
from lotrinh.rules.actions import Action
from lotrinh.rules.conferences import ConferenceState
from lotrinh.rules.conferences.studying import Reflected


@transaction.atomic
def call_for_reflections(
    *, conference_id: int, until: date, user: User, on: date, at: datetime, client_key: UUID
) -> StudyCall:
    """Let reflections be due by a day; the last word counts, the same key again is once.

    Raises NotAllowed, KeyTaken, NotNow where it was called off and for a day before the conference.
    """
    take_turn("study", conference_id)
    conference = Conference.objects.select_related("organiser").get(pk=conference_id)
    if not may_hold(conference, user_id=user.pk, on=on):
        raise NotAllowed(f"{Action.HOLD_CONFERENCE} at {conference.organiser.code}")
    known = StudyCall.objects.filter(client_key=client_key).first()
    if known is not None:
        if (known.conference_id, known.by_id) != (conference.pk, user.pk):
            raise KeyTaken(str(client_key))
        return known
    if conference.state == ConferenceState.CALLED_OFF or until < conference.day:
        raise NotNow(conference.state)
    made = StudyCall.objects.create(
        conference=conference, until=until, by=user, at=at, client_key=client_key
    )
    journal.record(
        "conference.study_called",
        conference.named,
        actor=user.named,
        at=at,
        unit_uid=conference.organiser.uid,
        data={"until": until.isoformat()},
    )
    return made


@transaction.atomic
def tell_reflections(*, site_id: int, told: Reflected, act: SiteAct) -> Reflections:
    """Keep how many reflections are due in the unit of a site and how many were handed in.

    What it told before is kept, and counts no more; the same key again is once. Raises NotAllowed,
    NotNow where none were called for, MoreThanDue, TooMany, KeyTaken.
    """
    take_turn("reflections", str(act.client_key))
    site = Site.objects.select_related("unit", "conference__organiser").get(pk=site_id)
    if not may_tell(site, user_id=act.user.pk, on=act.on):
        raise NotAllowed(f"to tell for {site.unit.code}")
    conference = site.conference
    known = Reflections.objects.filter(client_key=act.client_key).first()
    if known is not None:
        if (known.conference_id, known.unit_id, known.by_id) != (
            conference.pk,
            site.unit_id,
            act.user.pk,
        ):
            raise KeyTaken(str(act.client_key))
        return known
    if not StudyCall.objects.filter(conference=conference).exists():
        raise NotNow(conference.state)
    if told.handed_in > told.due:
        raise MoreThanDue(f"{told.handed_in} of {told.due}")
    if told.due > MOST_AT_A_SITE:
        raise TooMany(str(told.due))
    made = Reflections.objects.create(
        conference=conference,
        unit=site.unit,
        due=told.due,
        handed_in=told.handed_in,
        is_confirmed=told.is_confirmed,
        by=act.user,
        at=act.at,
        client_key=act.client_key,
    )
    journal.record(
        "site.reflections_changed",
        site.named,
        actor=act.user.named,
        at=act.at,
        unit_uid=site.unit.uid,
        data={
            "conference": str(conference.uid),
            "due": told.due,
            "handed_in": told.handed_in,
            "confirmed": "yes" if told.is_confirmed else "no",
        },
    )
    return made

"""Questions: a site asks, the office shows or sets aside, and answers."""

from django.db import transaction

from lotrinh.apps.dissemination.models import Question, QuestionEvent, Site
from lotrinh.apps.dissemination.selectors.seen import may_hold, may_tell
from lotrinh.apps.dissemination.services.attending import SiteAct
from lotrinh.apps.dissemination.services.refusals import KeyTaken, NotAllowed, NothingSaid, NotNow
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.turns import take_turn
from lotrinh.rules.actions import Action
from lotrinh.rules.conferences.questions import QuestionStep, may_ask


@transaction.atomic
def ask_at_site(*, site_id: int, text: str, act: SiteAct) -> Question:
    """Keep what a site asks; the same key again is once.

    Raises NotAllowed, NotNow before the opening and some days after the day, NothingSaid, KeyTaken.
    """
    take_turn("question", str(act.client_key))
    site = Site.objects.select_related("unit", "conference__organiser").get(pk=site_id)
    if not may_tell(site, user_id=act.user.pk, on=act.on):
        raise NotAllowed(f"to ask for {site.unit.code}")
    known = Question.objects.filter(client_key=act.client_key).first()
    if known is not None:
        if (known.site_id, known.by_id) != (site.pk, act.user.pk):
            raise KeyTaken(str(act.client_key))
        return known
    conference = site.conference
    if not may_ask(conference.state, day=conference.day, on=act.on):
        raise NotNow(conference.state)
    if not text.strip():
        raise NothingSaid("question")
    made = Question.objects.create(
        site=site, text=text.strip()[:2000], by=act.user, at=act.at, client_key=act.client_key
    )
    _record("question.asked", made, act, {})
    return made


@transaction.atomic
def settle_question(
    *, question_id: int, step: QuestionStep, words: str, act: SiteAct
) -> QuestionEvent:
    """Show a question to all sites, set it aside with a reason, or answer it.

    The last word counts. Raises NotAllowed, NothingSaid for an answer or a reason without words,
    KeyTaken.
    """
    take_turn("question step", str(act.client_key))
    rows = Question.objects.select_related("site__conference__organiser", "site__unit")
    question = rows.get(pk=question_id)
    conference = question.site.conference
    if not may_hold(conference, user_id=act.user.pk, on=act.on):
        raise NotAllowed(f"{Action.HOLD_CONFERENCE} at {conference.organiser.code}")
    known = QuestionEvent.objects.filter(client_key=act.client_key).first()
    if known is not None:
        if (known.question_id, known.by_id) != (question.pk, act.user.pk):
            raise KeyTaken(str(act.client_key))
        return known
    said = words.strip()[:4000]
    if step is not QuestionStep.SHOW and not said:
        raise NothingSaid(str(step))
    made = QuestionEvent.objects.create(
        question=question,
        step=step,
        words="" if step is QuestionStep.SHOW else said,
        by=act.user,
        at=act.at,
        client_key=act.client_key,
    )
    _record("question.settled", question, act, {"step": str(step)})
    return made


def _record(verb: str, question: Question, act: SiteAct, data: dict[str, str]) -> None:
    site = question.site
    journal.record(
        verb,
        question.named,
        actor=act.user.named,
        at=act.at,
        unit_uid=site.unit.uid,
        data={"conference": str(site.conference.uid), "site": str(site.uid), **data},
    )

"""Scenarios around and after a conference: before, and the one call that is watched."""

from collections.abc import Callable

from lotrinh.apps.dissemination import services
from lotrinh.apps.dissemination.models import Conference, Question
from lotrinh.apps.dissemination.services import Line, NoticeSaid, SessionSaid
from lotrinh.apps.documents.services import Identity
from lotrinh.apps.duties import services as duties
from lotrinh.apps.duties.services import Concluded
from lotrinh.rules.conferences.questions import QuestionStep
from lotrinh.rules.conferences.studying import Reflected
from tests.architecture.conference_scenarios import opened
from tests.cast import Cast
from tests.conferences import CLASS, by, close, count, site_at
from tests.factories import NOW, TODAY, key, make_document

Act = Callable[[], object]


def draft_conclusions(cast: Cast) -> Act:
    return lambda: duties.draft_conclusions(
        lines=[Concluded("Ban hành kế hoạch", key(), unit=cast.ho_sen)],
        authority="Kết luận hội nghị",
        language="vi",
        owed_to=cast.city,
        user=cast.chi,
        on=TODAY,
        at=NOW,
    )


def conclude(cast: Cast) -> Act:
    held = opened(cast)
    return lambda: services.conclude(
        conference_id=held.pk,
        lines=[Line(Concluded("Ban hành kế hoạch", key(), unit=cast.ho_sen))],
        user=cast.chi,
        on=TODAY,
        at=NOW,
    )


def announce_conclusions(cast: Cast) -> Act:
    held = opened(cast)
    (line,) = services.conclude(
        conference_id=held.pk,
        lines=[Line(Concluded("Thống nhất cao", key()), is_duty=False)],
        user=cast.chi,
        on=TODAY,
        at=NOW,
    )
    said = NoticeSaid(
        Identity(system="party", type_code="TB"),
        "Kết luận",
        "1. Thống nhất cao.",
        b"a file",
        [(line.pk, 0, 18)],
        "thong-bao.docx",
    )
    return lambda: services.announce_conclusions(
        conference_id=held.pk, said=said, user=cast.chi, on=TODAY, at=NOW, client_key=key()
    )


def link_notice(cast: Cast) -> Act:
    held = opened(cast)
    paper = make_document(keeper=cast.city, user=cast.chi)
    return lambda: services.link_notice(
        conference_id=held.pk,
        document=paper,
        user=cast.chi,
        on=TODAY,
        at=NOW,
        client_key=key(),
    )


def freeze_record(cast: Cast) -> Act:
    held = close(opened(cast), user=cast.chi)
    return lambda: services.freeze_record(conference_id=held.pk, user=cast.chi, on=TODAY, at=NOW)


def asked(cast: Cast) -> Question:
    """Let the ward ask."""
    site = site_at(opened(cast), cast.sen_tay)
    return services.ask_at_site(site_id=site.pk, text="Bao giờ?", act=by(cast.mai))


def ask_at_site(cast: Cast) -> Act:
    site = site_at(opened(cast), cast.sen_tay)
    return lambda: services.ask_at_site(site_id=site.pk, text="Bao giờ?", act=by(cast.mai))


def settle_question(cast: Cast) -> Act:
    question = asked(cast)
    return lambda: services.settle_question(
        question_id=question.pk, step=QuestionStep.ANSWER, words="Tháng 9.", act=by(cast.chi)
    )


def call_for_reflections(cast: Cast) -> Act:
    held = opened(cast)
    return lambda: services.call_for_reflections(
        conference_id=held.pk, until=TODAY, user=cast.chi, on=TODAY, at=NOW, client_key=key()
    )


def tell_reflections(cast: Cast) -> Act:
    held = opened(cast)
    services.call_for_reflections(
        conference_id=held.pk, until=TODAY, user=cast.chi, on=TODAY, at=NOW, client_key=key()
    )
    site = site_at(held, cast.sen_tay)
    return lambda: services.tell_reflections(
        site_id=site.pk, told=Reflected(30, 28, is_confirmed=True), act=by(cast.mai)
    )


def missed(cast: Cast) -> Conference:
    """Let some of the ward be absent from a conference that is closed."""
    held = opened(cast)
    count(site_at(held, cast.sen_tay), 27, user=cast.mai)
    return close(held, user=cast.chi)


def plan_later_session(cast: Cast) -> Act:
    held = missed(cast)
    return lambda: services.plan_later_session(
        conference_id=held.pk,
        said=SessionSaid("Buổi học bù", TODAY),
        user=cast.chi,
        on=TODAY,
        at=NOW,
        client_key=key(),
    )


def acknowledge(cast: Cast) -> Act:
    site = site_at(missed(cast), cast.sen_tay)
    return lambda: services.acknowledge(site_id=site.pk, read={CLASS: 2}, act=by(cast.mai))


CONCLUDING_SCENARIOS = {
    "duties.draft_conclusions": draft_conclusions,
    **{
        f"dissemination.{act.__name__}": act
        for act in (
            conclude,
            announce_conclusions,
            link_notice,
            freeze_record,
            ask_at_site,
            settle_question,
            call_for_reflections,
            tell_reflections,
            plan_later_session,
            acknowledge,
        )
    },
}

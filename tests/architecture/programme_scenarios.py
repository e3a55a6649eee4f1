"""Scenarios of own programmes: before, and the one call that is watched."""

from collections.abc import Callable

from lotrinh.apps.dissemination import services
from lotrinh.apps.dissemination.models import Programme, ProgrammeQuestion
from lotrinh.apps.dissemination.services import ProgrammesSaid
from lotrinh.rules.programmes import ProgrammeOutcome
from tests.cast import Cast
from tests.factories import make_document
from tests.programmes import DUE, ask, by, held, link, of, owe, parent_of, review, written

Act = Callable[[], object]


def owed(cast: Cast) -> Programme:
    """Let the district owe a programme after a conference."""
    paper = make_document(keeper=cast.city, user=cast.chi)
    return of(owe(held(cast, paper), paper, user=cast.chi), cast.ho_sen)


def issued(cast: Cast) -> Programme:
    """Let the district have issued it."""
    paper = written(cast.ho_sen, user=cast.ha, number="301/KH-UBND")
    return link(owed(cast), paper, user=cast.ha)


def asked(cast: Cast) -> ProgrammeQuestion:
    """Let the district be asked about it."""
    return ask(issued(cast), user=cast.chi)


def call_for_programmes(cast: Cast) -> Act:
    paper = parent_of(cast)
    conference = held(cast, paper)
    said = ProgrammesSaid(paper, DUE)
    return lambda: services.call_for_programmes(
        conference_id=conference.pk, said=said, act=by(cast.chi)
    )


def link_programme(cast: Cast) -> Act:
    programme = owed(cast)
    paper = written(cast.ho_sen, user=cast.ha, number="302/KH-UBND")
    return lambda: link(programme, paper, user=cast.ha)


def review_programme(cast: Cast) -> Act:
    programme = issued(cast)
    return lambda: review(programme, user=cast.chi)


def remind_of_programmes(cast: Cast) -> Act:
    programme = owed(cast)
    versions = {programme.duty.pk: programme.duty.version}
    return lambda: services.remind_of_programmes(
        call_id=programme.call_id, versions=versions, note="Sớm.", act=by(cast.chi)
    )


def ask_question(cast: Cast) -> Act:
    programme = issued(cast)
    return lambda: ask(programme, user=cast.chi)


def answer_question(cast: Cast) -> Act:
    question = asked(cast)
    return lambda: services.answer_question(
        question_id=question.pk, text="Việc chung.", act=by(cast.ha)
    )


def close_question(cast: Cast) -> Act:
    question = asked(cast)
    return lambda: services.close_question(
        question_id=question.pk,
        outcome=ProgrammeOutcome.DISCUSSED,
        note="Họp riêng.",
        act=by(cast.chi),
    )


NO_PROGRAMME_SERVICE = {
    "dissemination.compare_programmes": "writes only what can be made anew from the texts",
    "dissemination.queue_comparison": "asks a worker for that",
}

PROGRAMME_SCENARIOS = {
    f"dissemination.{act.__name__}": act
    for act in (
        call_for_programmes,
        link_programme,
        review_programme,
        remind_of_programmes,
        ask_question,
        answer_question,
        close_question,
    )
}

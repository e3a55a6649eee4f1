"""Sites ask, the office settles; each reads what is meant for him, and nothing else."""

from datetime import timedelta

import pytest

from lotrinh.apps.dissemination import selectors, services
from lotrinh.apps.dissemination.models import Question, QuestionEvent
from lotrinh.rules.conferences.questions import QuestionState, QuestionStep
from tests.conferences import begin, by, call, plan, site_at
from tests.factories import TODAY, key, make_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference(cast):
    paper = make_document(keeper=cast.city, user=cast.chi)
    held = plan(cast.city, paper, user=cast.chi)
    call(held, [cast.ho_sen, cast.dong_gao, cast.sen_tay], user=cast.chi)
    return held


def ask(conference, unit, text, *, user, **more):
    site = site_at(conference, unit)
    return services.ask_at_site(site_id=site.pk, text=text, act=by(user, **more))


def settle(question, step, words="", *, user, **more):
    return services.settle_question(
        question_id=question.pk, step=step, words=words, act=by(user, **more)
    )


def read(conference, user):
    found = selectors.questions_of(conference=conference, seen_by=user.pk, on=TODAY)
    return [(one.question.text, one.state) for one in found]


def test_a_question_is_the_askers_until_it_is_shown_to_all(conference, cast):
    begin(conference, user=cast.chi)
    once = key()
    asked = ask(conference, cast.sen_tay, "Kinh phí lấy ở đâu?", user=cast.mai, client_key=once)
    assert ask(conference, cast.sen_tay, "?", user=cast.mai, client_key=once) == asked
    waiting = [("Kinh phí lấy ở đâu?", QuestionState.WAITING)]
    assert (read(conference, cast.chi), read(conference, cast.mai)) == (waiting, waiting)
    assert read(conference, cast.khe) == []

    settle(asked, QuestionStep.ANSWER, "Từ ngân sách quận.", user=cast.chi)

    answered = [("Kinh phí lấy ở đâu?", QuestionState.ANSWERED)]
    assert read(conference, cast.khe) == answered
    settle(asked, QuestionStep.SET_ASIDE, "Trùng câu hỏi số 1.", user=cast.chi)
    assert read(conference, cast.khe) == []
    assert read(conference, cast.mai) == [("Kinh phí lấy ở đâu?", QuestionState.SET_ASIDE)]
    assert QuestionEvent.objects.count() == 2


def test_who_may_not_ask_or_settle_changes_nothing(conference, cast):
    with pytest.raises(services.NotNow):
        ask(conference, cast.sen_tay, "Bao giờ?", user=cast.mai)
    begin(conference, user=cast.chi)
    late = TODAY + timedelta(days=8)
    with pytest.raises(services.NotNow):
        ask(conference, cast.sen_tay, "Bao giờ?", user=cast.mai, on=late)
    with pytest.raises(services.NotAllowed):
        ask(conference, cast.dong_gao, "Bao giờ?", user=cast.mai)
    with pytest.raises(services.NothingSaid):
        ask(conference, cast.sen_tay, "  ", user=cast.mai)
    assert not Question.objects.exists()
    asked = ask(conference, cast.sen_tay, "Bao giờ?", user=cast.mai)

    with pytest.raises(services.NotAllowed):
        settle(asked, QuestionStep.SHOW, user=cast.mai)
    with pytest.raises(services.NothingSaid):
        settle(asked, QuestionStep.SET_ASIDE, user=cast.chi)
    assert not QuestionEvent.objects.exists()

"""Questions of integrity: raised once, answered by the unit, closed by another; no figure moves."""

import json
from decimal import Decimal

import pytest

from lotrinh.apps.journal.models import Entry
from lotrinh.apps.reporting import selectors, services
from lotrinh.apps.reporting.models import Figure, IntegrityQuestion, ReportEvidence, Total
from lotrinh.apps.reporting.selectors import Asking
from lotrinh.rules.integrity import IntegrityRule
from lotrinh.rules.integrity.closing import QuestionOutcome, QuestionState
from tests.factories import TODAY, make_officer
from tests.integrity_stage import (
    LINES,
    ask,
    question_by,
    question_to,
    with_cloned_rows,
    with_one_photograph,
)
from tests.ledgers import correct, told

pytestmark = pytest.mark.django_db


def answer(question, user, text="Ảnh chụp chung một hội nghị", **more):
    return services.answer_question(
        question_id=question.pk, text=text, act=question_by(user, **more)
    )


def shut(question, user, outcome=QuestionOutcome.EXPLAINED, note="Đã đối chiếu", **more):
    return services.close_question(
        question_id=question.pk, outcome=outcome, note=note, act=question_by(user, **more)
    )


def state(question, user):
    found = selectors.question_by_uid(question.uid, seen_by=user.pk, on=TODAY)
    return None if found is None else selectors.question_state(found)


@pytest.fixture
def question(cast):
    return question_to(cast.sen_tay, cast)


@pytest.fixture
def cloned(cast):
    return with_cloned_rows(cast)


def test_one_file_for_two_units_is_asked_of_both_of_them(cast):
    collection = with_one_photograph(cast)

    asked = ask(collection)

    assert {(one.unit, one.rule) for one in asked} == {
        (cast.ho_sen, IntegrityRule.REUSED_FILES),
        (cast.sen_tay, IntegrityRule.REUSED_FILES),
    }
    said = json.loads(next(one for one in asked if one.unit == cast.sen_tay).grounds)
    files = ReportEvidence.objects.values_list("uid", flat=True)
    assert said["rows"] == sorted(f"evidence:{uid}" for uid in files)
    assert said["numbers"] == {"files": "1", "lines": "1", "periods": "1", "units": "1"}
    assert said["others"] == [str(cast.ho_sen.uid)]
    assert said["limits"] == "2021-01-01"


def test_the_same_is_asked_once(cast):
    collection = with_one_photograph(cast)
    first = ask(collection)

    again = ask(collection)

    assert len(first) == 2
    assert again == ()
    assert IntegrityQuestion.objects.count() == 2
    assert Entry.objects.filter(verb="integrity_question.raised").count() == 2


def test_nothing_is_asked_about_an_open_collection(cast):
    collection = with_one_photograph(cast)
    services.reopen_collection(
        collection_id=collection.pk,
        reason="Phường gửi muộn",
        user=cast.chi,
        on=TODAY,
        at=question_by(cast.chi).at,
    )

    assert ask(collection) == ()
    assert IntegrityQuestion.objects.count() == 0


def test_cloned_figures_know_that_they_were_asked_about(cast, cloned):
    before = list(Figure.objects.order_by("pk").values_list("pk", "value"))

    asked = ask(cloned)

    assert [(one.unit, one.rule) for one in asked] == [
        (cast.ho_sen, IntegrityRule.CLONED_ROWS),
        (cast.sen_tay, IntegrityRule.CLONED_ROWS),
    ]
    figure = Figure.objects.filter(unit=cast.sen_tay).first()
    seen = {"seen_by": cast.mai.pk, "on": TODAY}
    assert selectors.questions_on_figure(figure=figure, **seen) == (asked[1],)
    assert list(Figure.objects.order_by("pk").values_list("pk", "value")) == before
    assert Total.objects.count() == 0


def test_rows_of_a_unit_that_one_may_not_read_are_counted_and_not_shown(cast, cloned):
    to_ward = next(one for one in ask(cloned) if one.unit == cast.sen_tay)

    of_ward = selectors.grounds_of(question=to_ward, seen_by=cast.mai.pk, on=TODAY)
    of_district = selectors.grounds_of(question=to_ward, seen_by=cast.ha.pk, on=TODAY)

    assert {one.unit for one in of_ward.figures} == {cast.sen_tay}
    assert (len(of_ward.figures), of_ward.hidden, of_ward.others) == (LINES, LINES, ())
    assert (len(of_district.figures), of_district.hidden) == (2 * LINES, 0)
    assert of_district.others == (cast.ho_sen,)
    assert of_ward.numbers["alike"] == Decimal(LINES)


@pytest.mark.parametrize(
    ("member", "sees"),
    [("chi", True), ("thach", True), ("nghiem", True), ("ha", True), ("mai", True)]
    + [(name, False) for name in ("khe", "bach", "tung", "an")],
)
def test_those_who_may_read_the_figures_see_the_question(cast, question, member, sees):
    user = cast.named_users()[member]

    found = selectors.questions_asked(
        asking=Asking(unit=cast.sen_tay.uid), seen_by=user.pk, on=TODAY
    )

    assert list(found) == ([question] if sees else [])


def test_the_unit_answers_and_the_office_closes(cast, question):
    assert state(question, cast.chi) is QuestionState.ASKED

    answer(question, cast.mai)
    assert state(question, cast.chi) is QuestionState.ANSWERED
    closing = shut(question, cast.chi)

    assert (closing.outcome, closing.by) == (QuestionOutcome.EXPLAINED, cast.chi)
    assert state(question, cast.mai) is QuestionState.CLOSED
    verbs = Entry.objects.filter(verb__startswith="integrity_question.").order_by("pk")
    assert list(verbs.values_list("verb", flat=True))[-2:] == [
        "integrity_question.answered",
        "integrity_question.closed",
    ]


def test_what_is_sent_twice_is_kept_once(cast, question):
    by_mai, by_chi = question_by(cast.mai), question_by(cast.chi)
    for _ in range(2):
        services.answer_question(question_id=question.pk, text="Đúng", act=by_mai)
    for _ in range(2):
        services.close_question(
            question_id=question.pk, outcome=QuestionOutcome.EXPLAINED, note="Được", act=by_chi
        )

    assert question.answers.count() == 1
    assert Entry.objects.filter(verb="integrity_question.closed").count() == 1


@pytest.mark.parametrize("member", ["thach", "nghiem", "khe", "an"])
def test_nobody_answers_for_a_unit_for_which_he_enters_nothing(cast, question, member):
    with pytest.raises(services.NotAllowed):
        answer(question, cast.named_users()[member])

    assert question.answers.count() == 0


@pytest.mark.parametrize("member", ["thach", "nghiem", "ha", "mai"])
def test_only_who_keeps_the_collection_closes(cast, question, member):
    answer(question, cast.mai)

    with pytest.raises(services.NotAllowed):
        shut(question, cast.named_users()[member])

    assert state(question, cast.chi) is QuestionState.ANSWERED


def test_nobody_closes_what_he_answered(cast, question):
    answer(question, cast.chi)

    with pytest.raises(services.SamePerson):
        shut(question, cast.chi)

    assert shut(question, make_officer(cast.city)).outcome == QuestionOutcome.EXPLAINED


def test_nobody_closes_what_is_asked_of_the_figures_he_entered(cast, cloned):
    question = next(one for one in ask(cloned) if one.unit == cast.sen_tay)
    answer(question, make_officer(cast.sen_tay))

    with pytest.raises(services.SamePerson):
        shut(question, cast.chi)

    assert shut(question, make_officer(cast.city)).outcome == QuestionOutcome.EXPLAINED


def test_nothing_is_explained_before_the_unit_has_spoken(cast, question):
    with pytest.raises(services.NotAnswered):
        shut(question, cast.chi)

    assert state(question, cast.chi) is QuestionState.ASKED


def test_corrected_means_that_a_figure_was(cast, cloned):
    office = make_officer(cast.city)
    question = next(one for one in ask(cloned) if one.unit == cast.sen_tay)
    with pytest.raises(services.NothingCorrected):
        shut(question, office, QuestionOutcome.CORRECTED)
    figure = Figure.objects.filter(unit=cast.sen_tay).first()
    correct(figure, told(figure.measure, 977), entered_by=cast.chi, user=cast.thach)

    closing = shut(question, office, QuestionOutcome.CORRECTED)

    assert closing.outcome == QuestionOutcome.CORRECTED
    assert {one.unit for one in ask(cloned)} == {cast.ho_sen, cast.sen_tay}, "other rows"


def test_a_closed_question_is_neither_answered_nor_closed_again(cast, question):
    shut(question, cast.chi, QuestionOutcome.INSPECTION)

    with pytest.raises(services.QuestionClosed) as refused:
        answer(question, cast.mai)
    with pytest.raises(services.QuestionClosed):
        shut(question, cast.chi, QuestionOutcome.INSPECTION)

    assert refused.value.closing.outcome == QuestionOutcome.INSPECTION
    assert question.answers.count() == 0


@pytest.mark.parametrize("text", ["", "  \n"])
def test_an_answer_and_a_closing_need_words(cast, question, text):
    with pytest.raises(services.NoWords):
        answer(question, cast.mai, text)
    with pytest.raises(services.NoWords):
        shut(question, cast.chi, QuestionOutcome.INSPECTION, text)

    assert state(question, cast.chi) is QuestionState.ASKED

"""What is alike, answered and asked about programmes; nothing of it is a verdict."""

import pytest

from lotrinh.apps.dissemination import selectors, services
from lotrinh.rules.integrity.closing import QuestionState
from lotrinh.rules.programmes import Answered, ProgrammeOutcome
from tests.factories import NOW, TODAY
from tests.programmes import OWN, SHARED, ask, by, held, link, of, owe, parent_of, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(cast):
    paper = parent_of(cast)
    found = owe(held(cast, paper), paper, user=cast.chi)
    mine = written(cast.ho_sen, user=cast.ha, body=SHARED + OWN, number="21/KH-UBND")
    theirs = written(cast.dong_gao, user=cast.khe, body=SHARED.replace("30%", "25%"))
    link(of(found, cast.ho_sen), mine, user=cast.ha)
    link(of(found, cast.dong_gao), theirs, user=cast.khe)
    assert services.compare_programmes(call_id=found.pk, at=NOW) == 2
    return found


def found_of(call, unit):
    return selectors.comparison_of(programme=of(call, unit))


def test_passages_alike_are_counted_and_shown_beside_each_other(call, cast):
    mine, theirs = found_of(call, cast.ho_sen), found_of(call, cast.dong_gao)

    assert (mine.own, mine.counted, mine.against) == (2, 4, 1)
    assert (theirs.own, theirs.counted) == (0, 2)
    (alike,) = selectors.alike_passages(
        text=mine.rendition, spans=mine.alike, seen_by=cast.chi.pk, on=TODAY
    )
    assert "đơn giản hóa ít nhất 30%" in alike.here.words
    assert "đơn giản hóa ít nhất 25%" in alike.there.words
    (seen,) = selectors.alike_passages(
        text=mine.rendition, spans=mine.alike, seen_by=cast.ha.pk, on=TODAY
    )
    assert (seen.here, seen.there) == (alike.here, None)
    services.compare_programmes(call_id=call.pk, at=NOW)
    assert found_of(call, cast.ho_sen).alike == mine.alike


def test_a_commitment_is_answered_by_the_clause_that_says_so(call, cast):
    pairs = selectors.pairs_of(programme=of(call, cast.ho_sen), found=found_of(call, cast.ho_sen))

    answered = {one.commitment.text[:40]: one for one in pairs if one.clause}
    (one,) = answered.values()
    assert "kế hoạch đào tạo cán bộ" in one.commitment.text
    assert one.clause.words.startswith("Xây dựng kế hoạch đào tạo cán bộ của quận")
    assert one.how is Answered.WORDS
    rows = selectors.programmes_seen(call=call, seen_by=cast.chi.pk, on=TODAY)
    whole = selectors.coverage_of(call=call, rows=rows)
    assert [line.found for line in whole.lines] == [0, 1]
    assert sum(whole.answered) == 1


def test_the_unit_is_asked_answers_and_the_office_closes(call, cast):
    mine = of(call, cast.ho_sen)
    with pytest.raises(services.NotAllowed):
        ask(mine, user=cast.ha)
    question = ask(mine, user=cast.chi)
    given = {"question_id": question.pk, "note": "Rõ."}
    explained = {"outcome": ProgrammeOutcome.EXPLAINED, **given}
    with pytest.raises(services.NotAnswered):
        services.close_question(**explained, act=by(cast.chi))
    with pytest.raises(services.NothingRevised):
        services.close_question(outcome=ProgrammeOutcome.REVISED, **given, act=by(cast.chi))

    act = by(cast.ha)
    said = services.answer_question(question_id=question.pk, text="Việc chung.", act=act)
    assert services.answer_question(question_id=question.pk, text="Lại.", act=act) == said
    services.close_question(**explained, act=by(cast.chi))

    (told,) = selectors.questions_about(programme=mine, seen_by=cast.ha.pk, on=TODAY)
    assert (told.state, len(told.answers)) == (QuestionState.CLOSED, 1)
    assert (len(told.passages), told.passages[0].there) == (1, None)
    with pytest.raises(services.QuestionClosed):
        services.answer_question(question_id=question.pk, text="Nữa.", act=by(cast.ha))
    assert selectors.question_asked(question.uid, seen_by=cast.khe.pk, on=TODAY) is None


def test_nobody_closes_what_he_answered(call, cast):
    question = ask(of(call, cast.ho_sen), user=cast.chi)
    services.answer_question(question_id=question.pk, text="Tôi trả lời thay.", act=by(cast.chi))

    with pytest.raises(services.SamePerson):
        services.close_question(
            question_id=question.pk,
            outcome=ProgrammeOutcome.EXPLAINED,
            note="Rõ.",
            act=by(cast.chi),
        )

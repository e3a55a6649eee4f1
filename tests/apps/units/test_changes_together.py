"""Changes that would leave a unit without a place or without anybody who answers are refused."""

from datetime import timedelta

import pytest

from lotrinh.apps.units import selectors, services
from lotrinh.apps.units.models import Change, Unit
from lotrinh.rules.placement import LaterChangeKnown
from lotrinh.rules.succession import WrongForm
from tests.factories import NOW, TODAY, make_tree

pytestmark = pytest.mark.django_db

SOON, LATER = TODAY + timedelta(days=10), TODAY + timedelta(days=20)


@pytest.fixture
def by(cast):
    return {"legal_basis": "Nghị quyết số 1", "user": cast.chi, "on": TODAY, "at": NOW}


def establish(code, parent, day, by):
    names = {"code": code, "kind": "commune", "name_vi": f"Phường {code}", "name_en": code}
    change = services.establish_unit(**names, tree=make_tree(), parent=parent, day=day, **by)
    return change, Unit.objects.get(code=code)


def undo(change, cast):
    services.undo_change(change=change, user=cast.chi, on=TODAY, at=NOW)


def test_a_place_on_which_a_later_unit_stands_is_not_taken_back(cast, by):
    change, parent = establish("tren", cast.ho_sen, SOON, by)
    below, child = establish("duoi", parent, LATER, by)

    with pytest.raises(LaterChangeKnown):
        undo(change, cast)

    undo(below, cast)
    undo(change, cast)
    assert selectors.place_of(unit_id=child.pk, on=LATER) is None
    assert selectors.place_of(unit_id=parent.pk, on=LATER) is None


def test_a_move_below_which_a_unit_began_is_not_taken_back(cast, by):
    move = services.move_unit(
        unit=cast.ho_sen, tree=make_tree(), parent=cast.dong_gao, day=SOON, **by
    )
    establish("duoi", cast.ho_sen, LATER, by)

    with pytest.raises(LaterChangeKnown):
        undo(move, cast)


def test_nobody_comes_to_answer_for_himself(cast, by):
    services.abolish_unit(unit=cast.sen_tay, receiver=cast.dong_gao, day=LATER, **by)

    with pytest.raises(services.WrongSuccession) as refused:
        services.abolish_unit(unit=cast.dong_gao, receiver=cast.sen_tay, day=SOON, **by)

    assert refused.value.forms == {WrongForm.ANSWERS_IN_CIRCLE}
    assert Change.objects.count() == 1


def test_a_unit_whose_end_is_known_does_not_end_twice(cast, by):
    services.abolish_unit(unit=cast.sen_tay, receiver=cast.dong_gao, day=LATER, **by)

    with pytest.raises(LaterChangeKnown):
        services.abolish_unit(unit=cast.sen_tay, receiver=cast.ho_sen, day=SOON, **by)

    assert selectors.answerable_for([cast.sen_tay.pk], on=LATER) == {
        cast.sen_tay.pk: cast.dong_gao.pk
    }

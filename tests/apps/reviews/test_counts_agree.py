"""One document is counted alike in its review, on its board, at a glance and where it is public."""

from dataclasses import replace

import pytest

from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.duties import services
from lotrinh.apps.duties.services import Carrying
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.publishing.selectors.composing import Chosen, papers_of
from lotrinh.apps.reviews import selectors
from lotrinh.apps.units.services import Choice, save_group
from lotrinh.rules.reviewing.numbers import tally_counts
from lotrinh.rules.standing import Standing
from lotrinh.rules.tally import tally
from tests.factories import NOW, TODAY, act, an_assignment, key, make_duty, make_tree
from tests.reviewing import make_review, set_target


@pytest.fixture
def counted_paper(paper, july, cast):
    """A document with a duty, one owed for each month, one carried to three, and a draft."""
    text = paper.renditions.get()
    by = {"owed_to": cast.city, "user": cast.chi, "rendition": text}
    words = an_assignment(cast.ho_sen, cast.person(cast.ha))
    plain = make_duty(**by, assignment=words, is_issued=True)
    make_duty(**by, assignment=replace(words, recurrence="monthly:20", due=None), is_issued=True)
    make_duty(**by)
    carried = make_duty(**by)
    members = [cast.ho_sen, cast.dong_gao, cast.sen_tay]
    choice = Choice(name_vi="Ba nơi", name_en="Three", tree=make_tree(), added=members)
    group = save_group(code="ba-noi", choice=choice, actor=SYSTEM, at=NOW)
    services.spread_duty(
        duty_id=carried.pk,
        act=act(cast.chi, carried.version, client_key=key()),
        carrying=Carrying(group=group, as_of=TODAY),
    )
    services.accept_duty(duty_id=plain.pk, act=act(cast.ha, plain.version))
    set_target(paper, owed_to=cast.city, user=cast.chi)
    return make_review(paper, unit=cast.city, period=july, user=cast.chi)


def test_a_document_has_one_count_wherever_it_stands(counted_paper, cast):
    (paper,) = counted_paper.documents.all()
    seen = {"seen_by": cast.chi.pk, "on": TODAY}
    held = selectors.held_by(counted_paper, **seen)

    review = tally_counts(held.tally)
    board, rows = duties.document_board(document=paper, **seen)
    glance = duties.glance_at(document=paper, **seen).tally
    (target,) = held.set_by_documents
    (public,) = papers_of(chosen=Chosen(frozenset({target.uid})), **seen)

    assert review == tally_counts(board) == tally_counts(glance)
    assert board.total == sum(row.own.total for row in rows) == 5, "one, one month, three places"
    assert {one: getattr(public, one) for one in Standing} == {one: board[one] for one in Standing}
    assert tally(held.classes.values()) == held.tally
